//! The way out: events in order, and one place for the newest frame.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use super::Event;
use crate::{LiveFrame, sync::lock};

/// What a camera's thread tells. Read it from a thread ([`Self::wait`]) or from any async runtime ([`Self::next`]).
///
/// Events come in order and none is lost. Frames come after everything else, and only the newest is kept. Dropping
/// this closes the camera.
#[derive(Debug)]
pub struct Events {
    shared: Arc<Shared>,
}

/// Why there is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoEvent {
    /// None came in time.
    #[error("no camera event came in time")]
    TimedOut,
    /// The camera's thread has ended.
    #[error("the camera is closed")]
    Closed,
}

/// The writing end.
#[derive(Debug, Clone)]
pub(super) struct Outlet {
    shared: Arc<Shared>,
}

/// The queue was closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Closed;

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Debug, Default)]
struct State {
    events: VecDeque<Event>,
    frame: Option<LiveFrame>,
    closed: bool,
    reader: Option<Waker>,
}

pub(super) fn queue(capacity: usize) -> (Outlet, Events) {
    let shared =
        Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), capacity: capacity.max(1) });
    (Outlet { shared: Arc::clone(&shared) }, Events { shared })
}

impl Events {
    /// Waits for the next event.
    pub async fn next(&mut self) -> Option<Event> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// The next event, for those who write streams; `None` when the camera is closed.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        let mut state = lock(&self.shared.state);
        if let Some(event) = state.take() {
            self.shared.changed.notify_all();
            return Poll::Ready(Some(event));
        }
        if state.closed {
            return Poll::Ready(None);
        }
        state.reader = Some(context.waker().clone());
        Poll::Pending
    }

    /// Waits on this thread, at most so long.
    pub fn wait(&mut self, timeout: Duration) -> Result<Event, NoEvent> {
        let until = Instant::now().checked_add(timeout);
        let mut state = lock(&self.shared.state);
        loop {
            if let Some(event) = state.take() {
                self.shared.changed.notify_all();
                return Ok(event);
            }
            if state.closed {
                return Err(NoEvent::Closed);
            }
            let left = until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Err(NoEvent::TimedOut);
            }
            state = match self.shared.changed.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.shared.close();
    }
}

impl Outlet {
    /// Adds an event. A frame replaces the one before; anything else waits while the queue is full.
    pub(super) fn push(&self, event: Event) -> Result<(), Closed> {
        let mut state = lock(&self.shared.state);
        while !state.closed
            && state.events.len() >= self.shared.capacity
            && !matches!(event, Event::LiveFrame(_))
        {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return Err(Closed);
        }
        match event {
            Event::LiveFrame(frame) => state.frame = Some(frame),
            event => {
                // What the camera showed before it went is not what it shows now.
                if matches!(event, Event::Disconnected { .. }) {
                    state.frame = None;
                }
                state.events.push_back(event);
            }
        }
        self.shared.wake(state);
        Ok(())
    }

    pub(super) fn close(&self) {
        self.shared.close();
    }
}

impl Shared {
    fn close(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        self.wake(state);
    }

    fn wake(&self, mut state: MutexGuard<'_, State>) {
        let reader = state.reader.take();
        drop(state);
        self.changed.notify_all();
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}

impl State {
    fn take(&mut self) -> Option<Event> {
        self.events.pop_front().or_else(|| self.frame.take().map(Event::LiveFrame))
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, task::Wake, thread};

    use super::*;
    use crate::{Fault, FramePixels, Status};

    const LONG: Duration = Duration::from_mins(1);

    struct Bell(mpsc::Sender<()>);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            let _ = self.0.send(());
        }
    }

    fn frame(width_px: u32) -> Event {
        Event::LiveFrame(LiveFrame { width_px, height_px: 1, pixels: FramePixels::Rgb(Arc::from([])) })
    }

    fn status(shots_left: u32) -> Event {
        Event::Status(Status { battery_percent: None, shots_left: Some(shots_left) })
    }

    #[test]
    fn only_the_newest_frame_is_kept_and_everything_else_comes_first() {
        let (outlet, mut events) = queue(4);
        for event in [frame(1), status(1), frame(2), status(2)] {
            outlet.push(event).unwrap();
        }
        for expected in [status(1), status(2), frame(2)] {
            assert_eq!(events.wait(LONG), Ok(expected));
        }
        assert_eq!(events.wait(Duration::ZERO), Err(NoEvent::TimedOut));
    }

    #[test]
    fn a_lost_camera_leaves_no_picture_behind() {
        let (outlet, mut events) = queue(4);
        outlet.push(frame(1)).unwrap();
        outlet.push(Event::Disconnected { fault: Fault::Unplugged }).unwrap();
        assert_eq!(events.wait(LONG), Ok(Event::Disconnected { fault: Fault::Unplugged }));
        assert_eq!(events.wait(Duration::ZERO), Err(NoEvent::TimedOut));
    }

    #[test]
    fn a_full_queue_makes_the_camera_wait_and_loses_nothing() {
        let (outlet, mut events) = queue(1);
        let writer = thread::spawn(move || (0..50).all(|number| outlet.push(status(number)).is_ok()));
        for number in 0..50 {
            assert_eq!(events.wait(LONG), Ok(status(number)));
        }
        assert!(writer.join().unwrap());
    }

    #[test]
    fn closing_frees_a_waiting_writer() {
        let (outlet, events) = queue(1);
        outlet.push(status(0)).unwrap();
        let writer = thread::spawn(move || outlet.push(status(1)));
        drop(events);
        assert_eq!(writer.join().unwrap(), Err(Closed));
    }

    #[test]
    fn any_runtime_is_woken() {
        let (outlet, mut events) = queue(1);
        let (bell, rung) = mpsc::channel();
        let waker = Waker::from(Arc::new(Bell(bell)));
        let mut context = Context::from_waker(&waker);
        assert!(events.poll_next(&mut context).is_pending());
        outlet.push(status(7)).unwrap();
        rung.recv_timeout(LONG).unwrap();
        assert_eq!(events.poll_next(&mut context), Poll::Ready(Some(status(7))));
        outlet.close();
        assert_eq!(events.poll_next(&mut context), Poll::Ready(None));
    }
}
