//! What was sealed here and has not reached the server.

use gradshot_domain::{Outcome, PortraitId, TicketNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A sealed portrait on its way to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutboxEntry {
    /// Which.
    pub portrait: PortraitId,
    /// The number it belongs to.
    pub number: TicketNumber,
    /// What the verdict came to.
    pub outcome: Outcome,
    /// Size of the sealed bytes.
    pub bytes: u64,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// Where it stands.
    pub state: OutboxState,
    /// How often sending failed.
    pub attempts: u32,
    /// Why it waits, in Chinese.
    pub waits_because_zh: Option<String>,
    /// Why it waits, in English.
    pub waits_because_en: Option<String>,
}

/// Where a sealed portrait stands in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits for its turn.
    Queued,
    /// On its way.
    Sending,
    /// The server refused it for good; a person has to look.
    Refused,
}
