//! Finding the camera, losing it, giving up on it and finding it again.

use std::time::{Duration, Instant};

use super::{Effect, Machine, Ready, activity_of};
use crate::{
    Fault,
    thread::{Activity, Event, worker::Job},
};

/// Given-up workers that may be stuck in a call at once; no more are started until one of them ends.
pub(super) const STUCK_MAX: usize = 3;

/// How things stand with the camera.
#[expect(clippy::large_enum_variant, reason = "there is one for each camera, and it stays where it is")]
pub(super) enum Link {
    /// Nothing is open. The fault was told.
    Away {
        retry_at: Instant,
        fault: Option<Fault>,
    },
    Opening {
        until: Instant,
        told: Option<Fault>,
    },
    Ready(Ready),
    /// The worker was let go and has not ended.
    Leaving {
        until: Instant,
        retry_at: Instant,
        fault: Fault,
    },
}

impl Machine {
    pub(super) fn on_time(&mut self, now: Instant) {
        match &self.link {
            Link::Away { .. } if self.closing => self.effects.push(Effect::Finish),
            Link::Away { retry_at, fault } if *retry_at <= now => {
                if self.stuck.len() < STUCK_MAX {
                    self.epoch += 1;
                    self.link = Link::Opening { until: now + self.limits.open_timeout, told: *fault };
                    self.effects.push(Effect::Open { epoch: self.epoch });
                } else {
                    self.link = Link::Away { retry_at: now + self.limits.reopen_pause, fault: *fault };
                }
            }
            Link::Opening { until, .. } if *until <= now => self.give_up(now),
            Link::Ready(Ready { busy: Some(busy), .. }) if busy.until <= now => self.give_up(now),
            Link::Leaving { until, retry_at, fault } if *until <= now => {
                self.stuck.insert(self.epoch);
                self.link = Link::Away { retry_at: *retry_at, fault: Some(*fault) };
                // What it still says is of the past.
                self.epoch += 1;
                self.on_time(now);
            }
            _ => {}
        }
    }

    /// Why nothing can be asked of the camera now.
    pub(super) fn refusal(&self, full: bool) -> Option<Fault> {
        match &self.link {
            Link::Ready(_) => full.then_some(Fault::Busy),
            Link::Opening { told, .. } => Some(told.unwrap_or(Fault::Starting)),
            Link::Away { fault, .. } => Some(fault.unwrap_or(Fault::Starting)),
            Link::Leaving { fault, .. } => Some(*fault),
        }
    }

    /// The camera is gone; the worker can still close it.
    pub(super) fn lose(&mut self, fault: Fault, now: Instant) {
        self.tell_lost(fault);
        self.leave(fault, now, self.limits.reopen_pause);
    }

    /// The worker does not come back.
    fn give_up(&mut self, now: Instant) {
        self.tell_lost(Fault::NotAnswering);
        self.effects.push(Effect::LetGo);
        self.stuck.insert(self.epoch);
        self.epoch += 1;
        self.link = Link::Away { retry_at: now + self.limits.reopen_pause, fault: Some(Fault::NotAnswering) };
    }

    pub(super) fn reopen(&mut self, now: Instant) {
        match &mut self.link {
            // Whoever asks again wants to hear the answer again.
            Link::Away { retry_at, fault } => (*retry_at, *fault) = (now, None),
            Link::Leaving { retry_at, .. } => *retry_at = now,
            Link::Opening { .. } => {}
            Link::Ready(_) => {
                self.tell_lost(Fault::Starting);
                self.leave(Fault::Starting, now, Duration::ZERO);
            }
        }
    }

    pub(super) fn close(&mut self, now: Instant) {
        self.closing = true;
        self.shots.clear();
        self.later.clear();
        if matches!(self.link, Link::Opening { .. } | Link::Ready(_)) {
            self.leave(Fault::Starting, now, Duration::ZERO);
        }
    }

    fn leave(&mut self, fault: Fault, now: Instant, pause: Duration) {
        self.effects.push(Effect::LetGo);
        self.link = Link::Leaving { until: now + self.limits.release_timeout, retry_at: now + pause, fault };
    }

    /// Tells the loss once for each reason, and that what was waiting will not come.
    fn tell_lost(&mut self, fault: Fault) {
        let begun = if let Link::Ready(ready) = &mut self.link { ready.busy.take() } else { None };
        match begun.map(|busy| busy.job) {
            Some(Job::Shoot(request)) => self.fail(Activity::Shot(request), fault),
            Some(job @ (Job::ReadSettings | Job::Set(..) | Job::Apply(_) | Job::Delete(_))) => {
                self.fail(activity_of(&job), fault);
            }
            _ => {}
        }
        for request in std::mem::take(&mut self.shots) {
            self.fail(Activity::Shot(request), fault);
        }
        for job in std::mem::take(&mut self.later) {
            self.fail(activity_of(&job), fault);
        }
        let told = if let Link::Opening { told, .. } = self.link { told } else { None };
        if told != Some(fault) && !self.closing {
            self.emit(Event::Disconnected { fault });
        }
    }
}
