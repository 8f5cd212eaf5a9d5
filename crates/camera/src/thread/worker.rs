//! The thread that calls the driver, and nothing but that.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
    thread,
    time::Duration,
};

use super::{Input, ShotRequest};
use crate::{
    Abilities, Ability, Camera, CardFile, Choice, Device, Driver, Fault, Limits, LiveFrame, LiveSession,
    Setting, SettingKey, Settings, Shot, Status,
};

/// One attempt with a camera, from opening to closing.
pub(super) struct Worker {
    pub(super) driver: Arc<dyn Driver>,
    pub(super) choice: Choice,
    pub(super) limits: Limits,
    /// Tells this attempt's answers from those of earlier ones.
    pub(super) epoch: u64,
    pub(super) inbox: Sender<Input>,
}

/// One call to the driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Job {
    Shoot(ShotRequest),
    StartLive,
    Frame,
    StopLive,
    Poll,
    Status,
    ReadSettings,
    Set(SettingKey, String),
    /// Sets several; what the camera does not take or have is passed over.
    Apply(Vec<(SettingKey, String)>),
    Delete(CardFile),
}

/// What a worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Opened(Result<Opened, Fault>),
    Done(Result<Outcome, Fault>),
    /// The last word: the camera is closed. The fault is set when the driver panicked.
    Ended(Option<Fault>),
}

/// A camera just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) device: Device,
    pub(super) abilities: Abilities,
    pub(super) frame_period: Duration,
    pub(super) poll_period: Duration,
}

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Shot(Shot),
    LiveStarted,
    Frame(LiveFrame),
    LiveStopped,
    Polled { shot: Option<Shot>, more: bool },
    Status(Status),
    Settings(Vec<Setting>),
    Deleted,
}

/// Why a serving loop ended.
enum Stop {
    /// Nobody gives orders any more.
    LetGo,
    /// Live view is to stop; the camera stays.
    Live,
}

impl Worker {
    /// Runs on a new thread until the orders' sender is dropped.
    pub(super) fn spawn(self, orders: Receiver<Job>) {
        let (inbox, epoch) = (self.inbox.clone(), self.epoch);
        let spawned = thread::Builder::new().name("camera driver".into()).spawn(move || self.run(&orders));
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread for the camera's driver");
            let _ = inbox.send(Input::Answer { epoch, answer: Answer::Ended(Some(Fault::DriverFailed)) });
        }
    }

    fn run(self, orders: &Receiver<Job>) {
        let opened = guarded(|| self.open()).unwrap_or(Err(Fault::DriverFailed));
        let broken = match opened {
            Err(fault) => {
                self.say(Answer::Opened(Err(fault)));
                None
            }
            Ok((opened, mut camera)) => {
                self.say(Answer::Opened(Ok(opened)));
                let served = guarded(|| self.serve(&mut *camera, orders));
                // Closing may panic as well; were it part of the unwinding above, the program would end.
                let closed = guarded(|| drop(camera));
                served.and(closed).err()
            }
        };
        self.say(Answer::Ended(broken));
    }

    fn open(&self) -> Result<(Opened, Box<dyn Camera>), Fault> {
        let devices = self.driver.list()?;
        let mut device = self.choice.pick(&devices)?.clone();
        let mut camera = self.driver.open(&device.id, &self.limits)?;
        device.serial = camera.serial();
        let opened = Opened {
            device,
            abilities: Abilities::of(&mut *camera),
            frame_period: camera.live().map_or(Duration::ZERO, |live| live.period()),
            poll_period: camera.outside().map_or(Duration::ZERO, |outside| outside.period()),
        };
        Ok((opened, camera))
    }

    fn serve(&self, camera: &mut dyn Camera, orders: &Receiver<Job>) {
        while let Ok(job) = orders.recv() {
            if job != Job::StartLive {
                self.say(Answer::Done(perform(camera, job, &self.limits)));
                continue;
            }
            match LiveSession::start(camera) {
                Err(fault) => self.say(Answer::Done(Err(fault))),
                Ok(session) => {
                    self.say(Answer::Done(Ok(Outcome::LiveStarted)));
                    match self.serve_live(session, orders) {
                        Stop::LetGo => return,
                        Stop::Live => self.say(Answer::Done(Ok(Outcome::LiveStopped))),
                    }
                }
            }
        }
    }

    fn serve_live(&self, mut session: LiveSession<'_>, orders: &Receiver<Job>) -> Stop {
        while let Ok(job) = orders.recv() {
            let result = match job {
                Job::StopLive => return Stop::Live,
                Job::Frame => session.next_frame().map(Outcome::Frame),
                job => perform(session.camera(), job, &self.limits),
            };
            self.say(Answer::Done(result));
        }
        Stop::LetGo
    }

    fn say(&self, answer: Answer) {
        // When nobody listens, the whole camera was dropped.
        let _ = self.inbox.send(Input::Answer { epoch: self.epoch, answer });
    }
}

fn perform(camera: &mut dyn Camera, job: Job, limits: &Limits) -> Result<Outcome, Fault> {
    let no_settings = Fault::NotAvailable(Ability::Settings);
    match job {
        Job::Shoot(_) => {
            let shot = camera.still().ok_or(Fault::NotAvailable(Ability::Still))?.shoot()?;
            within(shot, limits).map(Outcome::Shot)
        }
        Job::Poll => {
            let Some(outside) = camera.outside() else {
                return Ok(Outcome::Polled { shot: None, more: false });
            };
            let shot = outside.poll()?.map(|shot| within(shot, limits)).transpose()?;
            Ok(Outcome::Polled { shot, more: outside.has_more() })
        }
        Job::Status => camera.status().map(Outcome::Status),
        Job::ReadSettings => camera.settings().ok_or(no_settings)?.read().map(Outcome::Settings),
        Job::Set(key, value) => {
            let settings = camera.settings().ok_or(no_settings)?;
            settings.write(key, &value)?;
            settings.read().map(Outcome::Settings)
        }
        Job::Apply(wanted) => {
            let settings = camera.settings().ok_or(no_settings)?;
            apply(settings, &wanted)?;
            settings.read().map(Outcome::Settings)
        }
        Job::Delete(file) => {
            camera.card().map_or(Ok(()), |card| card.delete(&file)).map(|()| Outcome::Deleted)
        }
        Job::StopLive => Ok(Outcome::LiveStopped),
        Job::StartLive | Job::Frame => Err(Fault::NotAvailable(Ability::Live)),
    }
}

/// Writes what differs. A lens that opens less wide than the last one is no reason to leave the rest as it is.
fn apply(settings: &mut dyn Settings, wanted: &[(SettingKey, String)]) -> Result<(), Fault> {
    let present = settings.read()?;
    for (key, value) in wanted {
        let Some(setting) = present.iter().find(|setting| setting.key == *key) else { continue };
        if setting.writable && setting.value != *value {
            match settings.write(*key, value) {
                Err(fault) if fault.loses_camera() => return Err(fault),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Whatever a driver thinks of limits, this holds.
fn within(shot: Shot, limits: &Limits) -> Result<Shot, Fault> {
    if shot.bytes.len() as u64 > limits.shot_max_bytes {
        return Err(Fault::FileTooLarge);
    }
    if shot.bytes.is_empty() {
        return Err(Fault::BrokenFile);
    }
    Ok(shot)
}

fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic: Box<dyn Any + Send>| {
        // What a panic carries may panic in its turn when it is dropped.
        std::mem::forget(panic);
        tracing::warn!("a camera driver panicked");
        Fault::DriverFailed
    })
}
