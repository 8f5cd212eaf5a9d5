//! The coach at work: the newest preview frame in, hints and lines out, while a student stands before the camera.
//!
//! It has nets of its own and takes one frame at a time, always the newest, so neither the camera nor the darkroom waits
//! for it. While nobody is there it does nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gradshot_wire::desk::Coaching;
use tokio::sync::{mpsc, watch};

use super::{Frame, Input};
use crate::darkroom::{Darkroom, LiveCoach};
use crate::session::Event;

/// The least time between two looks: people cannot follow faster.
const PERIOD: Duration = Duration::from_millis(30);

/// The least time between two looks while a portrait is made: every other frame of a camera that gives 30 a second.
const PERIOD_BESIDE: Duration = Duration::from_millis(55);

/// How many portraits are being made; clones count the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<AtomicUsize>);

/// One portrait that is being made, until this is dropped.
pub(super) struct BusyWork(Busy);

impl Busy {
    pub(super) fn begin(&self) -> BusyWork {
        self.0.fetch_add(1, Ordering::Relaxed);
        BusyWork(self.clone())
    }

    fn period(&self) -> Duration {
        if self.0.load(Ordering::Relaxed) == 0 { PERIOD } else { PERIOD_BESIDE }
    }
}

impl Drop for BusyWork {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whom to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The spec that the portrait has to meet.
    pub(super) spec: String,
    /// Width of this camera's shots, once one was seen.
    pub(super) shot_width_px: Option<u32>,
}

/// What the coach reads from and tells to.
pub(super) struct Coach {
    pub(super) darkroom: Arc<dyn Darkroom>,
    pub(super) busy: Busy,
    pub(super) frames: watch::Receiver<Option<Frame>>,
    pub(super) targets: watch::Receiver<Option<Target>>,
    pub(super) coachings: watch::Sender<Option<Arc<Coaching>>>,
    pub(super) inbox: mpsc::WeakSender<Input>,
}

impl Coach {
    /// Watches until the desk is gone.
    pub(super) async fn run(mut self) {
        let begun = Instant::now();
        let mut nets: Option<(Target, Box<dyn LiveCoach>)> = None;
        loop {
            let target = self.targets.borrow_and_update().clone();
            let Some(target) = target else {
                self.rest().await;
                if self.targets.changed().await.is_err() {
                    return;
                }
                self.frames.mark_unchanged();
                continue;
            };
            let opened = match nets.take().filter(|(held, _)| *held == target) {
                Some((_, coach)) => Some(coach),
                None => self.open(&target).await,
            };
            let Some(coach) = opened else {
                // Said once; tried again with the next student.
                if self.targets.changed().await.is_err() {
                    return;
                }
                continue;
            };
            let coach = tokio::select! {
                changed = self.targets.changed() => {
                    nets = Some((target, coach));
                    if changed.is_err() { return; }
                    continue;
                }
                changed = self.frames.changed() => {
                    if changed.is_err() { return; }
                    let frame = self.frames.borrow_and_update().clone();
                    let looked_at = Instant::now();
                    let Some(coach) = self.look(coach, frame, begun.elapsed()).await else { continue };
                    tokio::time::sleep(self.busy.period().saturating_sub(looked_at.elapsed())).await;
                    coach
                }
            };
            nets = Some((target, coach));
        }
    }

    async fn look(
        &self,
        mut coach: Box<dyn LiveCoach>,
        frame: Option<Frame>,
        at: Duration,
    ) -> Option<Box<dyn LiveCoach>> {
        let Some(frame) = frame else {
            self.rest().await;
            return Some(coach);
        };
        let looked = tokio::task::spawn_blocking(move || {
            let coaching = coach.see(&frame, at);
            (coach, coaching)
        });
        let (coach, coaching) = looked.await.ok()?;
        // A student may have left while the frame was looked at.
        if let Some(coaching) = coaching.filter(|_| self.targets.borrow().is_some()) {
            let before = self.coachings.borrow().as_ref().is_some_and(|coaching| coaching.ready);
            let now = coaching.ready;
            self.coachings.send_replace(Some(Arc::new(coaching)));
            if before != now {
                self.tell(Event::Coached(now)).await;
            }
        }
        Some(coach)
    }

    /// Takes the lines away.
    async fn rest(&self) {
        let before = self.coachings.send_replace(None);
        if before.is_some_and(|coaching| coaching.ready) {
            self.tell(Event::Coached(false)).await;
        }
    }

    async fn open(&self, target: &Target) -> Option<Box<dyn LiveCoach>> {
        let (darkroom, target) = (Arc::clone(&self.darkroom), target.clone());
        let opened = tokio::task::spawn_blocking(move || darkroom.coach(&target.spec, target.shot_width_px));
        match opened.await {
            Ok(Ok(coach)) => Some(coach),
            Ok(Err(failure)) => {
                self.tell(Event::Failed(failure)).await;
                None
            }
            Err(_) => None,
        }
    }

    async fn tell(&self, event: Event) {
        if let Some(inbox) = self.inbox.upgrade() {
            // The desk has stopped: nobody is left to hear it.
            let _ = inbox.send(Input::Event(Box::new(event))).await;
        }
    }
}
