//! Faces of tickets, in memory alone: what a student's later shots are compared with.
//!
//! A ticket's face is kept over its retakes, also when the student objects later, and dropped once the student said yes,
//! when somebody else turned out to stand there, and with the program.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gradshot_domain::TicketId;
use gradshot_imaging::Descriptor;

/// Faces that are kept; the oldest makes room.
const MAX: usize = 64;

#[derive(Clone, Default)]
pub(super) struct Faces(Arc<Mutex<VecDeque<(TicketId, Descriptor)>>>);

impl Faces {
    /// The first face of the ticket.
    pub(super) fn of(&self, ticket: TicketId) -> Option<Descriptor> {
        self.lock().iter().find(|(other, _)| *other == ticket).map(|(_, face)| face.clone())
    }

    /// Keeps a ticket's face, unless there is one already.
    pub(super) fn keep(&self, ticket: TicketId, face: Descriptor) {
        let mut faces = self.lock();
        if faces.iter().all(|(other, _)| *other != ticket) {
            faces.push_front((ticket, face));
            faces.truncate(MAX);
        }
    }

    pub(super) fn forget(&self, ticket: TicketId) {
        self.lock().retain(|(other, _)| *other != ticket);
    }

    /// A panic elsewhere leaves the list whole: every change is one step.
    fn lock(&self) -> MutexGuard<'_, VecDeque<(TicketId, Descriptor)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
