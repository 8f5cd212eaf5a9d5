//! What the darkroom does for the desk, each on a thread where waiting does no harm.

use std::sync::Arc;

use gradshot_domain::{CampaignId, ShotId, TicketId, Verdict};
use gradshot_imaging::Negative;
use gradshot_wire::desk::{CropNudge, ShotProgress};
use tokio::sync::mpsc;

use super::Input;
use super::faces::Promise;
use super::perform::Performer;
use super::pictures::Pictures;
use crate::darkroom::{Darkroom, Portrait};
use crate::light_test;
use crate::session::{Event, Failure};

impl Performer {
    pub(super) fn develop(&self, ticket: TicketId, shot: ShotId, campaign: CampaignId, compare: bool) {
        let Some(held) = self.pictures.held(shot) else { return };
        let spec = self.spec_of(campaign);
        let (darkroom, pictures) = (Arc::clone(&self.darkroom), self.pictures.clone());
        let (faces, busy, inbox) = (self.faces.clone(), self.busy.clone(), self.inbox.clone());
        self.work(async move {
            let room = Arc::clone(&darkroom);
            let developed = tokio::task::spawn_blocking(move || {
                let _busy = busy.begin();
                let spec = spec.ok_or_else(unknown_campaign)?;
                let earlier = if compare { faces.of(ticket) } else { None };
                let promise = (compare && earlier.is_none()).then(|| faces.promise(ticket));
                let developed = room.develop(&held.shot, &spec, earlier.as_ref())?;
                Ok((developed.portrait, developed.negative.map(Arc::new), promise))
            });
            let progress = match developed.await.unwrap_or_else(|_| Err(darkroom_failed())) {
                Ok((portrait, negative, promise)) => {
                    let width_px = negative.as_ref().map(|negative| negative.shot_width_px());
                    if let Some((inbox, width_px)) = inbox.upgrade().zip(width_px) {
                        let _ = inbox.send(Input::ShotWidth(width_px)).await;
                    }
                    if let Some(negative) = negative {
                        pictures.add_negative(shot, Arc::clone(&negative));
                        if let Some(promise) = promise {
                            tokio::spawn(keep_promise(promise, darkroom, negative, inbox));
                        }
                    }
                    shown(&pictures, shot, portrait)
                }
                Err(failure) => ShotProgress::Unreadable { zh: failure.zh, en: failure.en },
            };
            Some(Event::Developed { ticket, shot, progress })
        });
    }

    pub(super) fn recompose(&self, ticket: TicketId, shot: ShotId, asked: CropNudge) {
        let negative = self.pictures.held(shot).and_then(|held| held.negative);
        let (darkroom, pictures) = (Arc::clone(&self.darkroom), self.pictures.clone());
        self.work(async move {
            let composed = tokio::task::spawn_blocking(move || darkroom.recompose(&*negative?, asked).ok());
            let outcome = composed.await.ok().flatten();
            let outcome = outcome.map(|(portrait, nudge)| (nudge, shown(&pictures, shot, portrait)));
            Some(Event::Recomposed { ticket, shot, asked, outcome })
        });
    }

    /// A test shot is made into a portrait of the first campaign's kind, and looked at for its light.
    pub(super) fn develop_test(&self, shot: ShotId) {
        let Some(held) = self.pictures.held(shot) else { return };
        let spec = self.profile.campaigns.first().map(|campaign| campaign.spec.clone());
        let (darkroom, pictures) = (Arc::clone(&self.darkroom), self.pictures.clone());
        self.work(async move {
            let developed = tokio::task::spawn_blocking(move || {
                darkroom.develop(&held.shot, spec.as_deref().unwrap_or("chsi"), None)
            });
            let (progress, light) = match developed.await.unwrap_or_else(|_| Err(darkroom_failed())) {
                Ok(developed) => {
                    let light = light_test::of(&developed.portrait.verdict);
                    (shown(&pictures, shot, developed.portrait), light)
                }
                Err(Failure { zh, en }) => {
                    (ShotProgress::Unreadable { zh, en }, light_test::of(&Verdict::of(Vec::new())))
                }
            };
            Some(Event::TestDeveloped { shot, progress, light })
        });
    }
}

/// Describes the face that later shots are compared with. That it cannot be done is said: the operator's eyes are the only
/// ones then.
async fn keep_promise(
    promise: Promise,
    darkroom: Arc<dyn Darkroom>,
    negative: Arc<Negative>,
    inbox: mpsc::WeakSender<Input>,
) {
    let described = tokio::task::spawn_blocking(move || match darkroom.describe(&negative) {
        Ok(face) => {
            promise.keep(face);
            None
        }
        // The dropped promise lets the next shot try.
        Err(failure) => Some(failure),
    });
    if let (Ok(Some(failure)), Some(inbox)) = (described.await, inbox.upgrade()) {
        let _ = inbox.send(Input::Event(Box::new(Event::NotCompared(failure)))).await;
    }
}

/// Puts a portrait where pages find it.
fn shown(pictures: &Pictures, shot: ShotId, portrait: Portrait) -> ShotProgress {
    let Portrait { jpeg, verdict, millis, crop } = portrait;
    let has_portrait = jpeg.is_some();
    if let Some(jpeg) = jpeg {
        pictures.add_portrait(shot, jpeg, verdict.clone());
    }
    ShotProgress::Ready { verdict, has_portrait, millis, crop }
}

pub(super) fn unknown_campaign() -> Failure {
    Failure::new(
        "本机位还没有这个采集批次的密钥，请重新打开程序以更新",
        "This station does not have the campaign's key yet: open the program again to fetch it",
    )
}

fn darkroom_failed() -> Failure {
    Failure::new("标准照制作失败，请重拍", "Making the portrait failed: shoot again")
}
