//! What the session machine wants done.

use gradshot_domain::{BackInLine, CampaignId, MaskedName, ShotId, TicketId, TicketNumber};
use jiff::Timestamp;

/// Something to do. The driver performs it and answers with an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the server for the next number.
    CallNext,
    /// Call this number, also when it is not the next one or was called before.
    Call(TicketId),
    /// Tell the server that nobody came.
    Skip(TicketId),
    /// Put a number that was passed over back in line.
    ComeBack(TicketId, BackInLine),
    /// Report the arrival; goes through the outbox, since it must not get lost and need not be waited for.
    ReportArrival(TicketId, TicketNumber),
    /// Release the shutter for this ticket.
    Shoot(TicketId),
    /// Make the portrait.
    Develop {
        /// Whose it is; comes back with the result.
        ticket: TicketId,
        /// The shot's bytes are kept under this id.
        shot: ShotId,
        /// Whose spec it has to meet.
        campaign: CampaignId,
    },
    /// Write down that a shot was bound to a ticket.
    LogBinding(Binding),
    /// Seal the portrait of this shot and put it into the outbox.
    Seal(SealOrder),
    /// Drop these pictures from memory.
    Forget(Vec<ShotId>),
    /// Send what waits, now.
    SendOutbox,
    /// Give what the server refused another chance, and send.
    RetryRefused,
    /// Open the camera again.
    ReopenCamera,
}

/// A shot and the ticket it belongs to. The pair never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The ticket that was at the station when the shutter was released.
    pub ticket: TicketId,
    /// The shot.
    pub shot: ShotId,
    /// When it was taken.
    pub taken_at: Timestamp,
}

/// What is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealOrder {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// Masked name, for the list of those who have not said yes.
    pub masked_name: MaskedName,
    /// The campaign whose key seals.
    pub campaign: CampaignId,
    /// The shot whose portrait it is.
    pub shot: ShotId,
}
