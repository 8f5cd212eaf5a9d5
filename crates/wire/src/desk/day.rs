//! What a station did on one day: numbers of tickets, counts and durations, nothing else about anybody.

use gradshot_domain::{BusinessDay, FindingId, TicketNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A station's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DayReport {
    /// The day.
    pub day: BusinessDay,
    /// Days that this station knows of and today, the latest first, at most [`DayReport::MOST_DAYS`].
    pub days: Vec<BusinessDay>,
    /// This station.
    pub station_name: String,
    /// Its studio.
    pub studio_name: String,
    /// Students called.
    pub called: u32,
    /// Students who came.
    pub arrived: u32,
    /// Portraits sealed.
    pub sealed: u32,
    /// Numbers passed over.
    pub skipped: u32,
    /// How often somebody else stood before the camera.
    pub not_this_person: u32,
    /// Shots taken.
    pub shots: u32,
    /// Shots that violated the standard.
    pub refused_shots: u32,
    /// Sheets printed.
    pub prints: u32,
    /// Mean minutes from joining the line to being called.
    pub wait_minutes_mean: Option<f64>,
    /// The longest such wait.
    pub wait_minutes_max: Option<f64>,
    /// Mean seconds from arrival to seal.
    pub at_station_seconds_mean: Option<f64>,
    /// Why shots were refused, the most frequent first.
    pub reasons: Vec<RetakeReason>,
    /// Portraits by the hour of the day in China.
    pub hours: Vec<DayHour>,
    /// Every student of the day, in the order called.
    pub students: Vec<DayStudent>,
}

impl DayReport {
    /// Days that can be chosen: a season.
    pub const MOST_DAYS: usize = 120;
}

/// Why shots were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetakeReason {
    /// The finding.
    pub finding: FindingId,
    /// In how many shots.
    pub count: u32,
}

/// One hour of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayHour {
    /// 0 to 23.
    pub hour: u8,
    /// Portraits sealed in it.
    pub sealed: u32,
}

/// One student's day at this station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayStudent {
    /// The number.
    pub number: TicketNumber,
    /// When joined the line, if the station saw it.
    pub joined_at: Option<Timestamp>,
    /// When first called.
    pub called_at: Option<Timestamp>,
    /// When arrived.
    pub arrived_at: Option<Timestamp>,
    /// When the portrait was sealed.
    pub sealed_at: Option<Timestamp>,
    /// When passed over.
    pub skipped_at: Option<Timestamp>,
    /// Shots taken.
    pub shots: u32,
    /// Shots that violated the standard.
    pub refused_shots: u32,
    /// Sheets printed.
    pub prints: u32,
}

impl DayStudent {
    /// A student of whom nothing is known but the number.
    pub const fn new(number: TicketNumber) -> Self {
        Self {
            number,
            joined_at: None,
            called_at: None,
            arrived_at: None,
            sealed_at: None,
            skipped_at: None,
            shots: 0,
            refused_shots: 0,
            prints: 0,
        }
    }
}
