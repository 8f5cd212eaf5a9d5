//! The day on which a studio counts its tickets.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A studio's business day, in the time of mainland China (Asia/Shanghai). Ticket numbers start anew with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, format = "date", example = "2026-05-18"))]
pub struct BusinessDay(Date);

/// A text that is not a date such as `2026-05-18`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a business day; write it as 2026-05-18")]
pub struct InvalidBusinessDay;

impl BusinessDay {
    /// The business day that `at` falls on.
    pub fn of(at: Timestamp) -> Self {
        Self(at.to_zoned(china()).date())
    }

    /// The moment the day begins: midnight in China.
    pub fn start(self) -> Timestamp {
        self.0.to_zoned(china()).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(Date::MAX))
    }

    /// The day of the week.
    pub fn weekday(self) -> jiff::civil::Weekday {
        self.0.weekday()
    }

    /// The moment the day ends: the next midnight in China.
    pub fn end(self) -> Timestamp {
        self.next().0.to_zoned(china()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
    }
}

impl fmt::Display for BusinessDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for BusinessDay {
    type Err = InvalidBusinessDay;
    fn from_str(text: &str) -> Result<Self, InvalidBusinessDay> {
        text.parse().map(Self).map_err(|_| InvalidBusinessDay)
    }
}

/// China has kept one zone, eight hours ahead and without summer time, since 1991; the fixed offset needs no database.
fn china() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        let before: Timestamp = "2026-05-17T15:59:59Z".parse().unwrap();
        let after: Timestamp = "2026-05-17T16:00:00Z".parse().unwrap();
        assert_eq!(BusinessDay::of(before).to_string(), "2026-05-17");
        assert_eq!(BusinessDay::of(after).to_string(), "2026-05-18");
        assert_eq!(BusinessDay::of(before).end(), after);
        assert_eq!(BusinessDay::of(after).start(), after);
    }
}
