//! What happened on each day.

use gradshot_domain::BusinessDay;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happened on each day of a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayStats {
    /// Every day of the range, the oldest first, at most 120.
    pub days: Vec<DayCounts>,
}

/// What happened on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayCounts {
    /// The day.
    pub day: BusinessDay,
    /// Students who registered their image code.
    pub signed_up: u64,
    /// Students who took a number at a studio.
    pub checked_in: u64,
    /// Portraits that arrived.
    pub photographed: u64,
    /// Portraits that their students said yes to.
    pub confirmed: u64,
    /// Portraits that reviewers approved.
    pub approved: u64,
    /// Portraits that reviewers rejected.
    pub rejected: u64,
    /// Portraits that went into a bundle.
    pub handed_over: u64,
    /// Minutes that the student in the middle waited between number and first call; absent where nobody was called.
    pub wait_minutes: Option<u64>,
    /// Money that came, in fen.
    pub paid: u64,
    /// Money that went back, in fen.
    pub refunded: u64,
}
