//! What the session machine hears.

use gradshot_domain::{ShotId, TicketId, TicketNumber};
use gradshot_wire::Problem;
use gradshot_wire::desk::{CameraLink, DeskCommand, OutboxEntry, ServerLink, ShotProgress, WaitingForYes};
use gradshot_wire::event::PortraitNews;
use gradshot_wire::queue::{Queue, QueueEntry};

use super::effect::Binding;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The operator did something. A scan comes as [`Event::Scanned`] instead, since telling codes apart needs a key
    /// and a clock.
    Command(DeskCommand),
    /// A code was scanned, or something was typed into its field.
    Scanned(Scanned),
    /// The server called a number to this station.
    Called(QueueEntry),
    /// There was nobody to call.
    NobodyWaits,
    /// The server passed a number over.
    Skipped(TicketId),
    /// Something could not be done.
    Failed(Failure),
    /// The camera gave a picture, which the driver keeps under the binding's shot id.
    ShotTaken(Binding),
    /// The darkroom is through with a shot.
    Developed {
        /// Whose it is.
        ticket: TicketId,
        /// Which.
        shot: ShotId,
        /// What came of it.
        progress: ShotProgress,
    },
    /// A portrait is sealed and in the outbox.
    Sealed {
        /// Whose it is.
        ticket: TicketId,
        /// What the desk shows until the student said yes.
        waiting: WaitingForYes,
    },
    /// The queue as the server has it.
    QueueChanged(Queue),
    /// A portrait of this station changed.
    PortraitNews(PortraitNews),
    /// The outbox changed.
    OutboxChanged(Vec<OutboxEntry>),
    /// The line to the server changed.
    ServerLink(ServerLink),
    /// The camera changed.
    CameraLink(CameraLink),
}

/// What a scanned or typed text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A genuine ticket for this studio and day.
    Ticket(TicketId, TicketNumber),
    /// A number typed by hand.
    Number(TicketNumber),
    /// Something else.
    Wrong(Failure),
}

/// Something could not be done: what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Failure {
    /// A failure in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { zh: problem.zh, en: problem.en }
    }
}
