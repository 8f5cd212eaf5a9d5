//! What to do next: commands, answers and the passing of time in, effects out. Starts no thread and reads no clock.

mod link;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeSet, VecDeque},
    time::Instant,
};

use link::Link;

use super::{
    Activity, Event, ShotRequest,
    worker::{Answer, Job, Opened, Outcome},
};
use crate::{Ability, CardFile, Fault, Limits, SettingKey, Status};

/// Settings and deletions asked for and not yet begun; more are refused.
const LATER_MAX: usize = 16;

#[derive(Debug)]
pub(super) enum Input {
    Command(Command),
    Answer { epoch: u64, answer: Answer },
    Tick,
}

#[derive(Debug)]
pub(super) enum Command {
    Shoot(ShotRequest),
    Watch,
    Unwatch,
    ReadSettings,
    Set(SettingKey, String),
    Apply(Vec<(SettingKey, String)>),
    Delete(CardFile),
    Reopen,
    Close,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Start a worker.
    Open { epoch: u64 },
    /// Give the worker a job.
    Give(Job),
    /// Give the worker no more jobs, so that it closes the camera and ends.
    LetGo,
    /// Tell the outside.
    Emit(Event),
    /// Nothing more will come.
    Finish,
}

pub(super) struct Machine {
    limits: Limits,
    link: Link,
    epoch: u64,
    viewers: usize,
    shots: VecDeque<ShotRequest>,
    /// What waits behind the shots.
    later: VecDeque<Job>,
    stuck: BTreeSet<u64>,
    closing: bool,
    effects: Vec<Effect>,
}

struct Ready {
    opened: Opened,
    busy: Option<Busy>,
    live_runs: bool,
    live_fault: Option<Fault>,
    last_status: Status,
    frame_at: Instant,
    poll_at: Instant,
    status_at: Instant,
}

struct Busy {
    job: Job,
    since: Instant,
    until: Instant,
}

impl Machine {
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            link: Link::Away { retry_at: now, fault: None },
            epoch: 0,
            viewers: 0,
            shots: VecDeque::new(),
            later: VecDeque::new(),
            stuck: BTreeSet::new(),
            closing: false,
            effects: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, input: Input, now: Instant) -> Vec<Effect> {
        match input {
            Input::Command(command) => self.on_command(command, now),
            Input::Answer { epoch, answer } if epoch == self.epoch => self.on_answer(answer, now),
            Input::Answer { epoch, answer } => {
                // A worker given up earlier: whatever it brings belongs to the past.
                if matches!(answer, Answer::Ended(_)) {
                    self.stuck.remove(&epoch);
                }
            }
            Input::Tick => {}
        }
        self.on_time(now);
        self.give_next(now);
        std::mem::take(&mut self.effects)
    }

    /// When to step again though nothing came in.
    pub(super) fn wake_at(&self) -> Instant {
        match &self.link {
            Link::Away { retry_at, .. } => *retry_at,
            Link::Opening { until, .. } | Link::Leaving { until, .. } => *until,
            Link::Ready(Ready { busy: Some(busy), .. }) => busy.until,
            Link::Ready(ready) => {
                let poll_at = ready.opened.abilities.outside.then_some(ready.poll_at);
                let frame_at = self.wants_live(ready).then_some(ready.frame_at);
                [poll_at, frame_at].into_iter().flatten().fold(ready.status_at, Instant::min)
            }
        }
    }

    fn on_command(&mut self, command: Command, now: Instant) {
        match command {
            Command::Shoot(request) => match self.refusal(self.shots.len() >= self.limits.shots_pending) {
                Some(fault) => self.fail(Activity::Shot(request), fault),
                None => self.shots.push_back(request),
            },
            Command::ReadSettings => self.queue(Job::ReadSettings),
            Command::Set(key, value) => self.queue(Job::Set(key, value)),
            Command::Apply(settings) => self.queue(Job::Apply(settings)),
            Command::Delete(file) => self.queue(Job::Delete(file)),
            Command::Watch => {
                self.viewers += 1;
                self.tell_missing_live();
            }
            Command::Unwatch => self.viewers = self.viewers.saturating_sub(1),
            Command::Reopen => self.reopen(now),
            Command::Close => self.close(now),
        }
    }

    fn on_answer(&mut self, answer: Answer, now: Instant) {
        match answer {
            Answer::Opened(Ok(opened)) => {
                if matches!(self.link, Link::Opening { .. }) {
                    let (device, abilities) = (opened.device.clone(), opened.abilities);
                    self.link = Link::Ready(Ready::new(opened, now));
                    self.emit(Event::Connected { device, abilities });
                    self.tell_missing_live();
                }
            }
            Answer::Opened(Err(fault)) => self.lose(fault, now),
            Answer::Done(result) => self.on_done(result, now),
            Answer::Ended(panicked) => {
                if matches!(self.link, Link::Opening { .. } | Link::Ready(_)) {
                    self.lose(panicked.unwrap_or(Fault::DriverFailed), now);
                }
                if let Link::Leaving { retry_at, fault, .. } = self.link {
                    self.link = Link::Away { retry_at, fault: Some(fault) };
                }
            }
        }
    }

    fn on_done(&mut self, result: Result<Outcome, Fault>, now: Instant) {
        let Link::Ready(ready) = &mut self.link else { return };
        let Some(Busy { job, since, .. }) = ready.busy.take() else { return };
        match job {
            Job::Frame => ready.frame_at = since + ready.opened.frame_period,
            Job::Poll => ready.poll_at = now + ready.opened.poll_period,
            Job::Status => ready.status_at = now + self.limits.status_period,
            Job::StopLive => ready.live_runs = false,
            _ => {}
        }
        match result {
            Ok(outcome) => self.on_outcome(&job, outcome, now),
            Err(fault) => self.on_fault(&job, fault, now),
        }
    }

    fn on_outcome(&mut self, job: &Job, outcome: Outcome, now: Instant) {
        let Link::Ready(ready) = &mut self.link else { return };
        match outcome {
            Outcome::Shot(shot) => {
                let request = if let Job::Shoot(request) = job { Some(*request) } else { None };
                self.emit(Event::Shot { request, shot });
            }
            Outcome::LiveStarted => (ready.live_runs, ready.frame_at) = (true, now),
            Outcome::LiveStopped | Outcome::Deleted => {}
            Outcome::Frame(frame) => {
                ready.live_fault = None;
                // The last viewer may have gone while the frame was on its way.
                if self.viewers > 0 {
                    self.emit(Event::LiveFrame(frame));
                }
            }
            Outcome::Polled { shot, more } => {
                if more {
                    ready.poll_at = now;
                }
                if let Some(shot) = shot {
                    self.emit(Event::Shot { request: None, shot });
                }
            }
            Outcome::Status(status) => {
                if std::mem::replace(&mut ready.last_status, status) != status {
                    self.emit(Event::Status(status));
                }
            }
            Outcome::Settings(settings) => self.emit(Event::Settings(settings)),
        }
    }

    fn on_fault(&mut self, job: &Job, fault: Fault, now: Instant) {
        match job {
            Job::Shoot(request) => self.fail(Activity::Shot(*request), fault),
            Job::Poll if !fault.loses_camera() => self.fail(Activity::OutsideShot, fault),
            Job::ReadSettings | Job::Set(..) | Job::Apply(_) => self.fail(Activity::Setting, fault),
            Job::Delete(_) => self.fail(Activity::Card, fault),
            Job::StartLive | Job::Frame if !fault.loses_camera() => {
                if let Link::Ready(ready) = &mut self.link {
                    ready.frame_at = now + self.limits.live_pause;
                    let news = ready.live_fault.replace(fault) != Some(fault);
                    if ready.live_runs {
                        self.give(Job::StopLive, now);
                    }
                    if news {
                        self.fail(Activity::Live, fault);
                    }
                }
            }
            _ => {}
        }
        if fault.loses_camera() {
            self.lose(fault, now);
        }
    }

    fn give_next(&mut self, now: Instant) {
        let Link::Ready(ready) = &self.link else { return };
        if ready.busy.is_some() {
            return;
        }
        let job = if let Some(request) = self.shots.pop_front() {
            Job::Shoot(request)
        } else if let Some(job) = self.later.pop_front() {
            job
        } else if ready.live_runs && self.viewers == 0 {
            Job::StopLive
        } else if ready.status_at <= now {
            Job::Status
        } else if ready.opened.abilities.outside && ready.poll_at <= now {
            Job::Poll
        } else if self.wants_live(ready) && ready.frame_at <= now {
            if ready.live_runs { Job::Frame } else { Job::StartLive }
        } else {
            return;
        };
        self.give(job, now);
    }

    fn give(&mut self, job: Job, now: Instant) {
        let limit = match job {
            Job::Shoot(_) => self.limits.shot_timeout,
            _ => self.limits.call_timeout,
        };
        if let Link::Ready(ready) = &mut self.link {
            ready.busy = Some(Busy { job: job.clone(), since: now, until: now + limit });
            self.effects.push(Effect::Give(job));
        }
    }

    fn queue(&mut self, job: Job) {
        match self.refusal(self.later.len() >= LATER_MAX) {
            Some(fault) => self.fail(activity_of(&job), fault),
            None => self.later.push_back(job),
        }
    }

    fn tell_missing_live(&mut self) {
        const NO_LIVE: Fault = Fault::NotAvailable(Ability::Live);
        if let Link::Ready(ready) = &mut self.link
            && self.viewers > 0
            && !ready.opened.abilities.live
            && ready.live_fault.replace(NO_LIVE).is_none()
        {
            self.fail(Activity::Live, NO_LIVE);
        }
    }

    fn wants_live(&self, ready: &Ready) -> bool {
        self.viewers > 0 && ready.opened.abilities.live
    }

    fn fail(&mut self, activity: Activity, fault: Fault) {
        self.emit(Event::Failed { activity, fault });
    }

    fn emit(&mut self, event: Event) {
        self.effects.push(Effect::Emit(event));
    }
}

/// As what a job that waits behind the shots is told to have failed.
fn activity_of(job: &Job) -> Activity {
    if matches!(job, Job::Delete(_)) { Activity::Card } else { Activity::Setting }
}

impl Ready {
    fn new(opened: Opened, now: Instant) -> Self {
        Self {
            opened,
            busy: None,
            live_runs: false,
            live_fault: None,
            last_status: Status::default(),
            frame_at: now,
            poll_at: now,
            status_at: now,
        }
    }
}
