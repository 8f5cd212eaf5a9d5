//! Where a portrait comes from.

use crate::{ShotId, StationId, TicketId};

/// Where a portrait comes from: from a station's camera, or from a student's phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortraitSource {
    /// Taken at a station 机位.
    Station {
        /// The ticket that the shot was bound to.
        ticket: TicketId,
        /// The station that took and sealed it.
        station: StationId,
    },
    /// Taken with a phone 手机拍照; the server made the portrait and sealed it.
    Phone {
        /// The shot that it was made of.
        shot: ShotId,
    },
}

impl PortraitSource {
    /// The source from its parts: a ticket with its station, or a shot, and never both.
    pub const fn of(
        ticket: Option<TicketId>,
        station: Option<StationId>,
        shot: Option<ShotId>,
    ) -> Option<Self> {
        match (ticket, station, shot) {
            (Some(ticket), Some(station), None) => Some(Self::Station { ticket, station }),
            (None, None, Some(shot)) => Some(Self::Phone { shot }),
            _ => None,
        }
    }

    /// The ticket, of a portrait from a station.
    pub const fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Station { ticket, .. } => Some(*ticket),
            Self::Phone { .. } => None,
        }
    }

    /// The station, of a portrait from one.
    pub const fn station(&self) -> Option<StationId> {
        match self {
            Self::Station { station, .. } => Some(*station),
            Self::Phone { .. } => None,
        }
    }

    /// The shot, of a portrait from a phone.
    pub const fn shot(&self) -> Option<ShotId> {
        match self {
            Self::Station { .. } => None,
            Self::Phone { shot } => Some(*shot),
        }
    }
}
