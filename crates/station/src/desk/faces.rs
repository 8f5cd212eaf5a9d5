//! Faces of tickets, in memory alone: what a student's later shots are compared with.
//!
//! A ticket's face is kept over its retakes, also when the student objects later, and dropped once the student said yes,
//! when somebody else turned out to stand there, and with the program. The first shot's is promised before it is made: the
//! first portrait does not wait for it, the second shot does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use gradshot_domain::TicketId;
use gradshot_imaging::Descriptor;

/// Faces that are kept; the oldest makes room.
const MAX: usize = 64;

/// A face, once it was described; nothing when it could not be.
type Face = Arc<OnceLock<Option<Descriptor>>>;

#[derive(Clone, Default)]
pub(super) struct Faces(Arc<Mutex<VecDeque<(TicketId, Face)>>>);

/// That a ticket's face will be described. Dropped without a face it lets the next shot be the first one.
pub(super) struct Promise(Face);

impl Faces {
    /// The first face of the ticket. Blocks while it is being described.
    pub(super) fn of(&self, ticket: TicketId) -> Option<Descriptor> {
        let face = self.lock().iter().find(|(other, _)| *other == ticket).map(|(_, face)| Arc::clone(face));
        face?.wait().clone()
    }

    /// Promises the ticket's face, in the place of one that could not be described.
    pub(super) fn promise(&self, ticket: TicketId) -> Promise {
        let face = Face::default();
        let mut faces = self.lock();
        faces.retain(|(other, _)| *other != ticket);
        faces.push_front((ticket, Arc::clone(&face)));
        faces.truncate(MAX);
        Promise(face)
    }

    pub(super) fn forget(&self, ticket: TicketId) {
        self.lock().retain(|(other, _)| *other != ticket);
    }

    /// A panic elsewhere leaves the list whole: every change is one step.
    fn lock(&self) -> MutexGuard<'_, VecDeque<(TicketId, Face)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Promise {
    /// Keeps it. A ticket that was forgotten meanwhile stays forgotten.
    pub(super) fn keep(self, face: Descriptor) {
        let _ = self.0.set(Some(face));
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        // Fails where it was kept.
        let _ = self.0.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(number: u8) -> TicketId {
        TicketId::from_bytes([number; 16])
    }

    #[test]
    fn a_promise_that_was_not_kept_holds_nobody_up() {
        let faces = Faces::default();
        assert!(faces.of(ticket(1)).is_none(), "nothing was promised");
        let promise = faces.promise(ticket(1));
        let second = std::thread::spawn({
            let faces = faces.clone();
            move || faces.of(ticket(1)).is_none()
        });
        drop(promise);
        assert!(second.join().unwrap(), "and the next shot may be the first one");
    }

    #[test]
    fn what_was_forgotten_does_not_come_back() {
        let faces = Faces::default();
        let promise = faces.promise(ticket(1));
        faces.forget(ticket(1));
        assert!(faces.of(ticket(1)).is_none(), "nobody waits for it");
        drop(promise);
        assert!(faces.lock().is_empty());
    }
}
