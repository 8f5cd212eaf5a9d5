//! One camera on threads of its own.
//!
//! Two threads: one only decides (`machine`), and one calls the driver (`worker`). When a driver call panics, or does
//! not return in its time, the worker is given up and a new one opens the camera; a file that a lost worker still
//! brings is thrown away, since it may show the previous student. Shots come before frames, and a frame that nobody
//! fetched is replaced by the next.

mod event;
mod machine;
mod queue;
#[cfg(test)]
mod tests;
mod worker;

use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

pub use event::{Activity, Event, ShotRequest};
use machine::{Command, Effect, Input, Machine};
pub use queue::{Events, NoEvent};
use worker::{Job, Worker};

use crate::{CardFile, Choice, Driver, Limits, SettingKey};

/// Owns one camera: commands go in here, answers come out of [`Events`].
///
/// Dropping it closes the camera and waits for that, at most [`Limits::release_timeout`].
#[derive(Debug)]
pub struct CameraThread {
    inbox: Sender<Input>,
    outlet: queue::Outlet,
    thread: Option<JoinHandle<()>>,
}

/// Somebody who watches live view; live view stops when the last viewer is dropped.
#[derive(Debug)]
#[must_use = "live view stops when its viewer is dropped"]
pub struct Viewer {
    inbox: Sender<Input>,
}

impl CameraThread {
    /// Starts looking for the chosen camera, and keeps looking whenever it is gone. The error is the operating
    /// system's, when it has no thread left.
    pub fn start(driver: Arc<dyn Driver>, choice: Choice, limits: Limits) -> io::Result<(Self, Events)> {
        let (inbox, input) = mpsc::channel();
        let (outlet, events) = queue::queue(limits.events_pending);
        let shell =
            Shell { driver, choice, limits, inbox: inbox.clone(), outlet: outlet.clone(), jobs: None };
        let thread = thread::Builder::new().name("camera".into()).spawn(move || shell.run(&input))?;
        Ok((Self { inbox, outlet, thread: Some(thread) }, events))
    }

    /// Asks for a shot. [`Event::Shot`] or [`Event::Failed`] follows with the same request; a camera that is not
    /// connected answers at once, so that no shutter fires later for somebody else.
    pub fn shoot(&self, request: ShotRequest) {
        self.command(Command::Shoot(request));
    }

    /// Shows live view as long as the answer is kept.
    pub fn watch(&self) -> Viewer {
        self.command(Command::Watch);
        Viewer { inbox: self.inbox.clone() }
    }

    /// Asks for the settings; [`Event::Settings`] follows.
    pub fn read_settings(&self) {
        self.command(Command::ReadSettings);
    }

    /// Sets one setting; [`Event::Settings`] follows with what the camera made of it.
    pub fn set(&self, key: SettingKey, value: impl Into<String>) {
        self.command(Command::Set(key, value.into()));
    }

    /// Sets several, such as a preset; what the camera does not have or take is passed over. [`Event::Settings`]
    /// follows.
    pub fn apply(&self, settings: Vec<(SettingKey, String)>) {
        self.command(Command::Apply(settings));
    }

    /// Deletes a file from the card, once nothing more urgent waits. Only a failure is told.
    pub fn delete_from_card(&self, file: CardFile) {
        self.command(Command::Delete(file));
    }

    /// Closes the camera and opens it again, or tries again now when it is gone.
    pub fn reopen(&self) {
        self.command(Command::Reopen);
    }

    fn command(&self, command: Command) {
        // The thread ends only when this is dropped or nobody reads its events: then nobody waits for an answer.
        let _ = self.inbox.send(Input::Command(command));
    }
}

impl Drop for CameraThread {
    fn drop(&mut self) {
        self.outlet.close();
        self.command(Command::Close);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the camera's thread had panicked");
        }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let _ = self.inbox.send(Input::Command(Command::Unwatch));
    }
}

/// Carries out what the machine decides.
struct Shell {
    driver: Arc<dyn Driver>,
    choice: Choice,
    limits: Limits,
    inbox: Sender<Input>,
    outlet: queue::Outlet,
    jobs: Option<Sender<Job>>,
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.outlet.close();
    }
}

impl Shell {
    fn run(mut self, input: &mpsc::Receiver<Input>) {
        let mut machine = Machine::new(self.limits.clone(), Instant::now());
        let mut effects = machine.step(Input::Tick, Instant::now());
        loop {
            for effect in effects {
                if !self.carry_out(effect) {
                    return;
                }
            }
            let wait = machine.wake_at().saturating_duration_since(Instant::now());
            let next = match input.recv_timeout(wait) {
                Ok(next) => next,
                Err(RecvTimeoutError::Timeout) => Input::Tick,
                Err(RecvTimeoutError::Disconnected) => Input::Command(Command::Close),
            };
            effects = machine.step(next, Instant::now());
        }
    }

    /// False when it was the last one.
    fn carry_out(&mut self, effect: Effect) -> bool {
        match effect {
            Effect::Open { epoch } => {
                let (jobs, orders) = mpsc::channel();
                self.jobs = Some(jobs);
                let worker = Worker {
                    driver: Arc::clone(&self.driver),
                    choice: self.choice.clone(),
                    limits: self.limits.clone(),
                    epoch,
                    inbox: self.inbox.clone(),
                };
                worker.spawn(orders);
            }
            Effect::Give(job) => {
                if let Some(jobs) = &self.jobs {
                    // A worker that has just ended says so itself.
                    let _ = jobs.send(job);
                }
            }
            Effect::LetGo => self.jobs = None,
            Effect::Emit(event) => {
                if let Event::Connected { device, .. } = &event {
                    self.choice = Choice::this(device);
                }
                if self.outlet.push(event).is_err() {
                    // Nobody reads any more: close the camera.
                    let _ = self.inbox.send(Input::Command(Command::Close));
                }
            }
            Effect::Finish => return false,
        }
        true
    }
}
