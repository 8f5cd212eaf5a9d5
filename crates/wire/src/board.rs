//! What the board shows.

use gradshot_domain::{MaskedName, TicketNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything on the board of one studio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Board {
    /// The studio's name.
    pub studio_name: String,
    /// Numbers called or in front of a camera, the newest first, at most 24. A board shows four of those it is for.
    pub called: Vec<BoardCall>,
    /// Next numbers in their order, at most 8.
    pub next: Vec<TicketNumber>,
    /// Numbers called before, the newest first, at most 6.
    pub last_called: Vec<TicketNumber>,
    /// How many wait.
    pub waiting: u32,
    /// Expected wait of somebody joining now, minutes.
    pub expected_wait_minutes: u32,
    /// The studio's paired stations by name.
    pub stations: Vec<BoardStation>,
}

/// A station that may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BoardStation {
    /// Its name, for example `1号机位`.
    pub name: String,
    /// Whether it rests, so that nobody is called to it.
    pub paused: bool,
}

/// One called number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BoardCall {
    /// The number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// Where to go, for example `1号机位`.
    pub station_name: String,
    /// How often it was called.
    pub times: u8,
    /// When last.
    pub at: Timestamp,
    /// Whether the person is already in front of the camera.
    pub arrived: bool,
}
