//! A studio's queue as its stations see it.

use gradshot_domain::{
    BackInLine, BusinessDay, CampaignId, Category, MaskedName, Priority, StationId, StudioId, TicketId,
    TicketNumber,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ticket::TicketStateName;

/// The queue of one studio on one business day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// The day.
    pub business_day: BusinessDay,
    /// Those being called or photographed, then those waiting in their order, then those passed over; at most 500.
    pub entries: Vec<QueueEntry>,
    /// How many wait.
    pub waiting: u32,
    /// How many were photographed today.
    pub served: u32,
    /// Expected wait of somebody joining now, minutes.
    pub expected_wait_minutes: u32,
}

/// One place in line: a number and a masked name, nothing else about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueEntry {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// The campaign whose key seals the portrait.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// Who goes first.
    pub priority: Priority,
    /// Where it stands.
    pub state: TicketStateName,
    /// Since when.
    pub since: Timestamp,
    /// How often it was called.
    pub times_called: u8,
    /// The station that has it.
    pub station: Option<StationId>,
    /// That station's name.
    pub station_name: Option<String>,
}

/// Puts somebody who was passed over back in line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComeBack {
    /// Where.
    pub rule: BackInLine,
}

/// Hands somebody to another station of the studio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferTicket {
    /// Which.
    pub station: StationId,
}

/// Studios that somebody may be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OtherStudios {
    /// The nearest first where it is known where they are, at most 50.
    pub studios: Vec<OtherStudio>,
}

/// A studio where a station calls now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OtherStudio {
    /// Which.
    pub id: StudioId,
    /// Name.
    #[schema(example = "第二照相馆")]
    pub name: String,
    /// Address.
    pub address: String,
    /// Metres from the station's own studio.
    pub distance_m: Option<u32>,
}

/// Sends somebody to another studio for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferToStudio {
    /// Which.
    pub studio: StudioId,
}

/// The ticket at the other studio, to tell the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferredTicket {
    /// Opaque id.
    pub ticket: TicketId,
    /// The number there.
    pub number: TicketNumber,
    /// The studio.
    pub studio: StudioId,
    /// Its name.
    pub studio_name: String,
}

/// Who goes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetPriority {
    /// The new priority.
    pub priority: Priority,
}

/// What a call to the next one gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Called {
    /// The one called; absent when nobody waits.
    pub entry: Option<QueueEntry>,
}
