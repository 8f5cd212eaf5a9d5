//! The desk's task: one inbox, one machine, effects performed elsewhere.

use std::collections::HashMap;
use std::sync::Arc;

use gradshot_camera::{Activity, CameraThread, ShotRequest, Viewer};
use gradshot_domain::{CampaignId, Clock, PortraitId, PortraitSource, ShotId, TicketId};
use gradshot_seal::{CampaignPublicKey, Contents, Envelope, EnvelopeHeader, StationKey, Suite, TicketKey};
use gradshot_wire::Problem;
use gradshot_wire::desk::{DeskCommand, DeskState, ShotProgress, WaitingForYes};
use gradshot_wire::portrait::PortraitStateName;
use gradshot_wire::station::StationProfile;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::{Notify, mpsc, watch};

use super::camera_memory::CameraMemory;
use super::pictures::Pictures;
use super::sender::SharedOutbox;
use super::{Input, camera, scan};
use crate::client::{CallError, StationClient};
use crate::darkroom::Darkroom;
use crate::outbox::{Item, Outbox, SealedPortrait};
use crate::session::{Binding, Effect, Event, Failure, SealOrder, Session};

/// Shutter releases that may be under way; the machine allows one, a slow camera may answer late.
const MAX_REQUESTS: usize = 16;

pub(super) struct Performer {
    pub(super) session: Session,
    pub(super) states: watch::Sender<Arc<DeskState>>,
    pub(super) pictures: Pictures,
    pub(super) camera: CameraThread,
    #[expect(dead_code, reason = "live view runs as long as this is kept")]
    pub(super) viewer: Viewer,
    pub(super) camera_model: String,
    pub(super) camera_memory: CameraMemory,
    /// For whom the shutter was released.
    pub(super) requests: Vec<(ShotRequest, TicketId)>,
    pub(super) next_request: u64,
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
    pub(super) campaigns: HashMap<CampaignId, (CampaignPublicKey, String)>,
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
                Input::Camera(event) => self.camera_event(*event),
                Input::SendOutbox => self.wake.notify_one(),
            }
        }
    }

    fn command(&self, command: DeskCommand) -> Event {
        match command {
            DeskCommand::Scan { text } => {
                Event::Scanned(scan::read(&text, &self.ticket_key, &self.profile, self.clock.now()))
            }
            command => Event::Command(command),
        }
    }

    fn handle(&mut self, event: Event) {
        if let Event::Sealed { ticket, .. } = &event {
            self.camera_memory.sealed(*ticket, &self.camera);
        }
        for effect in self.session.handle(event) {
            self.perform(effect);
        }
        self.states.send_replace(Arc::new(self.session.state().clone()));
    }

    fn camera_event(&mut self, event: gradshot_camera::Event) {
        use gradshot_camera::Event as Camera;
        match event {
            Camera::Connected { device, abilities } => {
                self.camera_memory.connected(&device, abilities, &self.camera);
                self.camera_model = device.name;
                self.handle(Event::CameraLink(camera::ready(self.camera_model.clone())));
            }
            Camera::Disconnected { fault } => {
                self.handle(Event::CameraLink(camera::in_trouble(self.camera_model.clone(), fault)));
            }
            Camera::Shot { request, mut shot } => {
                if let Some(ticket) = self.ticket_of(request) {
                    self.camera_memory.shot(ticket, &mut shot);
                    let taken_at = self.clock.now();
                    let id = ShotId::new(taken_at, &mut self.rng);
                    self.pictures.keep(id, shot.bytes);
                    self.handle(Event::ShotTaken(Binding { ticket, shot: id, taken_at }));
                }
            }
            Camera::Failed { activity, fault } => {
                if let Activity::Shot(request) = activity {
                    self.ticket_of(Some(request));
                }
                if activity != Activity::Live {
                    let advice = fault.advice();
                    let zh = format!("{}，{}", advice.zh, advice.remedy_zh);
                    let en = format!("{}: {}", advice.en, advice.remedy_en);
                    self.handle(Event::Failed(Failure::new(zh, en)));
                }
            }
            Camera::Settings(settings) => self.camera_memory.settings(&settings),
            Camera::Status(_) | Camera::LiveFrame(_) => {}
        }
    }

    /// Whose shot it is: the ticket for which the shutter was released, or, released on the body, the one at the
    /// station now.
    fn ticket_of(&mut self, request: Option<ShotRequest>) -> Option<TicketId> {
        let Some(request) = request else {
            return self.session.state().current.as_ref().map(|current| current.ticket);
        };
        let position = self.requests.iter().position(|(other, _)| *other == request)?;
        Some(self.requests.remove(position).1)
    }

    fn perform(&mut self, effect: Effect) {
        let client = self.client.clone();
        match effect {
            Effect::CallNext => self.ask(async move {
                client.call_next().await.map(|entry| entry.map_or(Event::NobodyWaits, Event::Called))
            }),
            Effect::Call(ticket) => self.ask(async move { client.call(ticket).await.map(Event::Called) }),
            Effect::Skip(ticket) => self.ask(async move {
                match client.skip(ticket).await {
                    // The student has given the ticket up meanwhile: gone all the same.
                    Ok(_) | Err(CallError::Problem(Problem { status: 404 | 409, .. })) => {
                        Ok(Event::Skipped(ticket))
                    }
                    Err(error) => Err(error),
                }
            }),
            Effect::ComeBack(ticket, rule) => self.ask(async move {
                client.come_back(ticket, rule).await?;
                client.queue().await.map(Event::QueueChanged)
            }),
            Effect::ReportArrival(ticket, number) => {
                let item = Item::Arrival { ticket, number, at: self.clock.now() };
                self.put_away(item, None);
            }
            Effect::Shoot(ticket) => self.shoot(ticket),
            Effect::Develop { ticket, shot, campaign } => self.develop(ticket, shot, campaign),
            Effect::LogBinding(binding) => {
                tracing::info!(ticket = %binding.ticket, shot = %binding.shot, "shot bound to ticket");
                let outbox = self.outbox.clone();
                self.work(async move {
                    outbox.with(move |outbox| outbox.log_binding(&binding)).await.err().map(Event::Failed)
                });
            }
            Effect::Seal(order) => self.seal(order),
            Effect::Forget(shots) => self.pictures.forget(&shots),
            Effect::SendOutbox => self.wake.notify_one(),
            Effect::RetryRefused => {
                let (outbox, wake) = (self.outbox.clone(), Arc::clone(&self.wake));
                self.work(async move {
                    let retried = outbox.with(Outbox::retry_refused).await;
                    wake.notify_one();
                    retried.err().map(Event::Failed)
                });
            }
            Effect::ReopenCamera => self.camera.reopen(),
        }
    }

    fn shoot(&mut self, ticket: TicketId) {
        self.next_request += 1;
        let request = ShotRequest(self.next_request);
        if self.requests.len() == MAX_REQUESTS {
            self.requests.remove(0);
        }
        self.requests.push((request, ticket));
        self.camera.shoot(request);
    }

    fn develop(&self, ticket: TicketId, shot: ShotId, campaign: CampaignId) {
        let Some(held) = self.pictures.held(shot) else { return };
        let spec = self.campaigns.get(&campaign).map(|(_, spec)| spec.clone());
        let (darkroom, pictures) = (Arc::clone(&self.darkroom), self.pictures.clone());
        self.work(async move {
            let developed = tokio::task::spawn_blocking(move || {
                let spec = spec.ok_or_else(unknown_campaign)?;
                darkroom.develop(&held.shot, &spec)
            });
            let progress = match developed.await.unwrap_or_else(|_| Err(darkroom_failed())) {
                Ok(developed) => {
                    let has_portrait = developed.portrait.is_some();
                    if let Some(portrait) = developed.portrait {
                        pictures.add_portrait(shot, portrait, developed.verdict.clone());
                    }
                    ShotProgress::Ready { verdict: developed.verdict, has_portrait, millis: developed.millis }
                }
                Err(failure) => ShotProgress::Unreadable { zh: failure.zh, en: failure.en },
            };
            Some(Event::Developed { ticket, shot, progress })
        });
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
    fn work(&self, work: impl Future<Output = Option<Event>> + Send + 'static) {
        let Some(inbox) = self.inbox.upgrade() else { return };
        tokio::spawn(async move {
            if let Some(event) = work.await {
                // The desk has stopped: nobody is left to hear it.
                let _ = inbox.send(Input::Event(Box::new(event))).await;
            }
        });
    }
}

fn unknown_campaign() -> Failure {
    Failure::new(
        "本机位还没有这个采集批次的密钥，请重新打开程序以更新",
        "This station does not have the campaign's key yet: open the program again to fetch it",
    )
}

fn darkroom_failed() -> Failure {
    Failure::new("标准照制作失败，请重拍", "Making the portrait failed: shoot again")
}

fn seal_failed() -> Failure {
    Failure::new("标准照封存失败，请再按一次通过", "Sealing the portrait failed: accept it once more")
}
