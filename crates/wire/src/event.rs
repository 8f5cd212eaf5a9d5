//! Server-sent events. Each event's name is the tag, its data the JSON of the variant.

use gradshot_domain::{PortraitId, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::board::Board;
use crate::collection::Collection;
use crate::portrait::PortraitStateName;
use crate::queue::Queue;

/// What a station hears.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum StationEvent {
    /// The queue changed; sent whole, so that a lost event does no harm.
    Queue(Queue),
    /// A portrait of this station changed.
    Portrait(PortraitNews),
}

/// What became of a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PortraitNews {
    /// Which.
    pub portrait: PortraitId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// Where it stands.
    pub state: PortraitStateName,
}

/// What a student's phone hears.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum StudentEvent {
    /// The collection changed: its ticket, its portrait, its order.
    Collection(Box<Collection>),
}

/// What a board hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum BoardEvent {
    /// The board changed; sent whole.
    Board(Board),
}
