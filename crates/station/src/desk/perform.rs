//! The desk's task: one inbox, one machine, effects performed elsewhere.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use gradshot_domain::{
    BusinessDay, CampaignId, Clock, PortraitId, PortraitSource, ShotId, TicketId, TicketNumber,
};
use gradshot_seal::{
    CampaignPublicKey, Contents, Envelope, EnvelopeHeader, InvalidKey, StationKey, Suite, TicketKey,
};
use gradshot_wire::desk::{DeskCommand, DeskState, WaitingForYes};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::station::StationProfile;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::{Notify, mpsc, watch};

use super::camera_desk::{CameraDesk, News, Purpose};
use super::coach::{Busy, Target};
use super::develop::unknown_campaign;
use super::faces::Faces;
use super::memory::DeskMemory;
use super::pictures::Pictures;
use super::sender::SharedOutbox;
use super::{Input, scan, sender};
use crate::client::{CallError, StationClient};
use crate::darkroom::Darkroom;
use crate::desk::printer_watch::Watched;
use crate::outbox::{Item, Outbox, SealedPortrait};
use crate::session::{Binding, Effect, Event, Failure, SealOrder, Session};

pub(super) struct Performer {
    pub(super) session: Session,
    pub(super) states: watch::Sender<Arc<DeskState>>,
    pub(super) pictures: Pictures,
    pub(super) faces: Faces,
    pub(super) busy: Busy,
    pub(super) camera: CameraDesk,
    /// Whom the coach watches.
    pub(super) coach: watch::Sender<Option<Target>>,
    /// How wide this camera's shots are, once one was seen: the coach stays the same from one student to the next.
    pub(super) shot_width_px: Option<u32>,
    pub(super) memory: DeskMemory,
    /// Weak, so that the desk's task ends with the last handle to the desk.
    pub(super) inbox: mpsc::WeakSender<Input>,
    pub(super) client: StationClient,
    pub(super) outbox: SharedOutbox,
    pub(super) wake: Arc<Notify>,
    pub(super) darkroom: Arc<dyn Darkroom>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) rng: StdRng,
    pub(super) key: Arc<StationKey>,
    pub(super) profile: StationProfile,
    pub(super) ticket_key: TicketKey,
    pub(super) campaigns: Campaigns,
    /// How often a test call was asked for.
    pub(super) test_calls: watch::Sender<u32>,
    /// Which printer is looked at.
    pub(super) printer: watch::Sender<Watched>,
    pub(super) printers_http: reqwest::Client,
}

/// The campaigns that this station may photograph for: the key that seals, and the spec.
pub(super) type Campaigns = HashMap<CampaignId, (CampaignPublicKey, String)>;

/// Reads the campaigns out of what the server told.
pub(super) fn campaigns(profile: &StationProfile) -> Result<Campaigns, InvalidKey> {
    let campaigns = profile.campaigns.iter();
    campaigns
        .map(|campaign| {
            let key = CampaignPublicKey::from_text(&campaign.public_key)?;
            Ok((campaign.campaign, (key, campaign.spec.clone())))
        })
        .collect()
}

impl Performer {
    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Input>) {
        while let Some(input) = inbox.recv().await {
            match input {
                Input::Command(command, reply) => {
                    let event = self.command(command);
                    self.handle(event);
                    // A page that went away needs no answer.
                    let _ = reply.send(Arc::clone(&self.states.borrow()));
                }
                Input::Event(event) => self.handle(*event),
                Input::Camera(generation, event) => {
                    for news in self.camera.hear(generation, *event) {
                        self.camera_news(news);
                    }
                }
                Input::Cameras(devices) => {
                    self.camera.found(devices);
                    let event = self.camera.panel();
                    self.handle(event);
                }
                Input::ShotWidth(width_px) => {
                    self.shot_width_px = Some(width_px);
                    self.point_coach();
                }
                Input::Profile(profile) => self.learn(*profile),
                Input::SendOutbox => self.wake.notify_one(),
                Input::Sheet(shot, reply) => self.show_sheet(shot, reply),
            }
        }
    }

    fn command(&self, command: DeskCommand) -> Event {
        match command {
            DeskCommand::Scan { text } => {
                let settings = &self.session.state().settings;
                let at = self.clock.now();
                Event::Scanned(scan::read(&text, settings, &self.ticket_key, &self.profile, at))
            }
            command => Event::Command(command),
        }
    }

    fn handle(&mut self, event: Event) {
        if let Event::Sealed { ticket, .. } = &event {
            self.camera.sealed(*ticket);
        }
        for effect in self.session.handle(event) {
            self.perform(effect);
        }
        self.point_coach();
        self.point_printer();
        self.states.send_replace(Arc::new(self.session.state().clone()));
    }

    /// The coach watches whoever stands before the camera, and nobody else.
    fn point_coach(&self) {
        let spec = self.session.coached_campaign().and_then(|campaign| self.spec_of(campaign));
        let wanted = spec.map(|spec| Target { spec, shot_width_px: self.shot_width_px });
        self.coach.send_if_modified(|target| {
            let changes = *target != wanted;
            *target = wanted;
            changes
        });
    }

    pub(super) fn spec_of(&self, campaign: CampaignId) -> Option<String> {
        self.campaigns.get(&campaign).map(|(_, spec)| spec.clone())
    }

    /// The server told about this station anew.
    fn learn(&mut self, profile: StationProfile) {
        match campaigns(&profile) {
            Ok(campaigns) => self.campaigns = campaigns,
            Err(error) => tracing::error!(%error, "a campaign's key cannot be understood"),
        }
        self.profile = profile;
        self.learn_of_studio();
    }

    pub(super) fn learn_of_studio(&mut self) {
        let colleagues = self.profile.colleagues.clone();
        self.handle(Event::Colleagues(colleagues));
        self.handle(Event::Paused(self.profile.paused));
    }

    fn camera_news(&mut self, news: News) {
        let (purpose, shot) = match news {
            News::Event(event) => return self.handle(event),
            News::Shot(purpose, shot) => (purpose, shot),
        };
        let current = self.session.state().current.as_ref().map(|current| current.ticket);
        let taken_at = self.clock.now();
        let id = ShotId::new(taken_at, &mut self.rng);
        let event = match (purpose, current) {
            (Purpose::Test, _) => Event::TestTaken(id),
            // Released on the body: the picture is of whoever is at the station now.
            (Purpose::Ticket(ticket), _) | (Purpose::Outside, Some(ticket)) => {
                Event::ShotTaken(Binding { ticket, shot: id, taken_at })
            }
            (Purpose::Outside, None) => return,
        };
        self.pictures.keep(id, shot.bytes);
        self.handle(event);
    }

    fn perform(&mut self, effect: Effect) {
        let client = self.client.clone();
        match effect {
            Effect::CallNext => self.ask(async move {
                client.call_next().await.map(|entry| entry.map_or(Event::NobodyWaits, Event::Called))
            }),
            Effect::Call(ticket) => self.ask(async move {
                match client.call(ticket).await {
                    Ok(entry) => Ok(Event::Called(entry)),
                    Err(CallError::NoAnswer) => Ok(Event::CallUnanswered(ticket)),
                    Err(CallError::Problem(problem)) if problem.code == "ticket.not_now" => {
                        Ok(Event::Failed(used_up()))
                    }
                    Err(error) => Err(error),
                }
            }),
            Effect::Skip(ticket, number) => self.skip(ticket, number),
            Effect::ComeBack(ticket, rule) => self.ask(async move {
                client.come_back(ticket, rule).await?;
                client.queue().await.map(Event::QueueChanged)
            }),
            Effect::FindStudios(ticket) => self.ask(async move {
                client.other_studios(ticket).await.map(|studios| Event::StudiosFound(ticket, studios))
            }),
            Effect::TransferToStudio(ticket, studio) => self.ask(async move {
                let there = client.transfer_to_studio(ticket, studio).await;
                there.map(|there| Event::SentAway(ticket, there))
            }),
            Effect::Transfer(ticket, station) => self.ask(async move {
                let handed = client.transfer(ticket, station).await;
                handed.map(|_| Event::HandedOver(ticket))
            }),
            Effect::Pause(rests) => {
                self.ask(async move { client.pause(rests).await.map(|()| Event::Paused(rests)) });
            }
            Effect::ReportArrival(ticket, number) => {
                let item = Item::Arrival { ticket, number, at: self.clock.now() };
                self.put_away(item, None);
            }
            Effect::Shoot(ticket) => self.camera.shoot(Purpose::Ticket(ticket)),
            Effect::CountDown(countdown) => self.work(async move {
                tokio::time::sleep(Duration::from_millis(u64::from(countdown.millis))).await;
                Some(Event::CountdownOver(countdown.serial))
            }),
            Effect::Develop { ticket, shot, campaign, compare } => {
                self.develop(ticket, shot, campaign, compare);
            }
            Effect::Recompose { ticket, shot, nudge } => self.recompose(ticket, shot, nudge),
            Effect::LogBinding(binding) => {
                tracing::info!(ticket = %binding.ticket, shot = %binding.shot, "shot bound to ticket");
                self.write_down(move |outbox| outbox.log_binding(&binding));
            }
            Effect::Note(ticket, number, note) => {
                let at = self.clock.now();
                let day = BusinessDay::of(at);
                self.write_down(move |outbox| outbox.note(day, at, ticket, number, &note));
            }
            Effect::Seal(order) => self.seal(order),
            Effect::Forget(shots) => self.pictures.forget(&shots),
            Effect::ForgetFace(ticket) => self.faces.forget(ticket),
            Effect::SendOutbox => self.wake.notify_one(),
            Effect::TestCall => self.test_calls.send_modify(|asked| *asked += 1),
            Effect::RetryRefused => {
                let (outbox, wake) = (self.outbox.clone(), Arc::clone(&self.wake));
                self.work(async move {
                    let retried = outbox.with(Outbox::retry_refused).await;
                    wake.notify_one();
                    retried.err().map(Event::Failed)
                });
            }
            effect => self.perform_at_printer(effect),
        }
    }

    pub(super) fn perform_at_camera(&mut self, effect: Effect) {
        let done = match effect {
            Effect::ReopenCamera => {
                self.camera.reopen();
                return;
            }
            Effect::FindCameras => return self.camera.find(),
            Effect::ChooseCamera(id) => self.camera.choose(id.as_deref()).map(|choice| {
                self.memory.keep_camera(&choice);
            }),
            Effect::SetCamera(key, value) => return self.camera.set(key, value),
            Effect::ApplyPreset(name) => return self.camera.apply_preset(&name),
            Effect::KeepPreset(name) => self.camera.memory().keep_preset(&name),
            Effect::DeletePreset(name) => self.camera.memory().delete_preset(&name),
            Effect::ShootTest => return self.camera.shoot(Purpose::Test),
            Effect::DevelopTest(shot) => return self.develop_test(shot),
            Effect::KeepSettings(settings) => {
                self.camera.memory().set_empties_card(settings.empties_card);
                return self.memory.keep_settings(settings);
            }
            _ => return,
        };
        // The machine is at work: what it has to hear comes through the inbox.
        let (link, panel) = (self.camera.link(), self.camera.panel());
        match done {
            Ok(()) => {
                self.work(async move { Some(link) });
                self.work(async move { Some(panel) });
            }
            Err(failure) => self.work(async move { Some(Event::Failed(failure)) }),
        }
    }

    /// Writes into the outbox's file, in the order asked for as far as the disk allows.
    fn write_down(
        &self,
        write: impl FnOnce(&mut Outbox) -> Result<(), crate::outbox::OutboxError> + Send + 'static,
    ) {
        let outbox = self.outbox.clone();
        self.work(async move { outbox.with(write).await.err().map(Event::Failed) });
    }

    fn seal(&mut self, order: SealOrder) {
        let sealed_at = self.clock.now();
        let portrait = PortraitId::new(sealed_at, &mut self.rng);
        let held = self.pictures.held(order.shot).and_then(|held| held.portrait);
        let campaign = self.campaigns.get(&order.campaign).cloned();
        let (Some((picture, verdict)), Some((campaign_key, spec))) = (held, campaign) else {
            let failure = unknown_campaign();
            return self.work(async move { Some(Event::Failed(failure)) });
        };
        let header = EnvelopeHeader {
            suite: Suite::X25519Aes256GcmEd25519,
            portrait,
            source: PortraitSource::Station { ticket: order.ticket, station: self.profile.station },
            campaign: order.campaign,
            spec,
            outcome: verdict.outcome,
            sealed_at,
            sha256: String::new(),
        };
        let (key, outbox, mut rng) =
            (Arc::clone(&self.key), self.outbox.clone(), StdRng::from_rng(&mut self.rng));
        let waiting = WaitingForYes {
            portrait,
            number: order.number,
            masked_name: order.masked_name.clone(),
            state: PortraitStateName::Sealed,
            since: sealed_at,
        };
        self.work(async move {
            let outcome = verdict.outcome;
            let sealed = tokio::task::spawn_blocking(move || {
                let contents = Contents { portrait: picture.to_vec(), verdict };
                Envelope::seal(&contents, header, &campaign_key, &key, &mut rng)
            });
            let Ok(Ok(envelope)) = sealed.await else { return Some(Event::Failed(seal_failed())) };
            let item = Item::Portrait(SealedPortrait {
                portrait,
                ticket: order.ticket,
                number: order.number,
                masked_name: order.masked_name,
                outcome,
                sealed_at,
                envelope,
            });
            let stored = outbox.with(move |outbox| outbox.put(&item)).await;
            Some(stored.map_or_else(Event::Failed, |()| Event::Sealed { ticket: order.ticket, waiting }))
        });
    }

    /// Tells the server that nobody came, later where it does not answer: the next student is not held up by it.
    fn skip(&self, ticket: TicketId, number: TicketNumber) {
        let (client, outbox, wake) = (self.client.clone(), self.outbox.clone(), Arc::clone(&self.wake));
        let at = self.clock.now();
        self.work(async move {
            match sender::skip(&client, ticket).await {
                Ok(()) => Some(Event::Skipped(ticket)),
                Err(CallError::NoAnswer) => {
                    let item = Item::Skip { ticket, number, at };
                    let stored = outbox.with(move |outbox| outbox.put(&item)).await;
                    wake.notify_one();
                    Some(stored.map_or_else(Event::Failed, |()| Event::Skipped(ticket)))
                }
                Err(error) => Some(Event::Failed(error.to_problem().into())),
            }
        });
    }

    /// Puts an item into the outbox and wakes the sender.
    fn put_away(&self, item: Item, then: Option<Event>) {
        let (outbox, wake) = (self.outbox.clone(), Arc::clone(&self.wake));
        self.work(async move {
            let stored = outbox.with(move |outbox| outbox.put(&item)).await;
            wake.notify_one();
            stored.map_or_else(|failure| Some(Event::Failed(failure)), |()| then)
        });
    }

    /// Asks the server; a problem becomes a notice.
    fn ask(&self, call: impl Future<Output = Result<Event, CallError>> + Send + 'static) {
        self.work(async move {
            Some(call.await.unwrap_or_else(|error| Event::Failed(error.to_problem().into())))
        });
    }

    /// Does something elsewhere; its event comes back through the inbox.
    pub(super) fn work(&self, work: impl Future<Output = Option<Event>> + Send + 'static) {
        let Some(inbox) = self.inbox.upgrade() else { return };
        tokio::spawn(async move {
            if let Some(event) = work.await {
                // The desk has stopped: nobody is left to hear it.
                let _ = inbox.send(Input::Event(Box::new(event))).await;
            }
        });
    }
}

fn used_up() -> Failure {
    Failure::new(
        "这个排号码已经用过、已取消或已转走，不能再用：请核对学生手机上的排号页",
        "This ticket was used, cancelled or handed on and is of no use any more: check the student's phone",
    )
}

fn seal_failed() -> Failure {
    Failure::new("标准照封存失败，请再按一次通过", "Sealing the portrait failed: accept it once more")
}
