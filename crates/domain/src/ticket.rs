//! Ticket 排号: a student's place in a studio's queue.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{BusinessDay, InvalidTransition, StationId};

/// A number as people read it aloud: `A012`. Unique per studio and business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "A012"))]
pub struct TicketNumber(u16);

/// A text that is not a ticket number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ticket number; it looks like A012")]
pub struct InvalidTicketNumber;

/// Letters in order; I and O are left out, since they look like 1 and 0.
const SERIES: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const PER_SERIES: u16 = 999;

impl TicketNumber {
    /// Numbers that one studio can give out in a day: 24 letters, 001 to 999 each.
    pub const CAPACITY: u16 = SERIES.len() as u16 * PER_SERIES;

    /// The `index`-th number of the day, counted from 0; `None` once the day's numbers are used up.
    pub fn nth(index: u32) -> Option<Self> {
        u16::try_from(index).ok().filter(|index| *index < Self::CAPACITY).map(Self)
    }

    /// Its index of the day, counted from 0.
    pub const fn index(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = char::from(SERIES[usize::from(self.0 / PER_SERIES)]);
        write!(f, "{letter}{:03}", self.0 % PER_SERIES + 1)
    }
}

impl FromStr for TicketNumber {
    type Err = InvalidTicketNumber;
    fn from_str(text: &str) -> Result<Self, InvalidTicketNumber> {
        let text = text.trim().to_ascii_uppercase();
        let (letter, digits) = text.split_at_checked(1).ok_or(InvalidTicketNumber)?;
        let series = SERIES.iter().position(|s| s == &letter.as_bytes()[0]).ok_or(InvalidTicketNumber)?;
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidTicketNumber);
        }
        let within: u16 = digits.parse().map_err(|_| InvalidTicketNumber)?;
        let within = within.checked_sub(1).ok_or(InvalidTicketNumber)?;
        Ok(Self(series as u16 * PER_SERIES + within))
    }
}

impl Serialize for TicketNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TicketNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// In the order of arrival.
    #[default]
    Normal,
    /// Before the others: a retake, a person who cannot stand long.
    Ahead,
}

/// How somebody whose number was passed over (过号) comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "rule", content = "count")]
pub enum BackInLine {
    /// After this many of those who wait.
    After(u16),
    /// Behind everybody who waits.
    AtTheEnd,
}

impl BackInLine {
    /// The place that the rule gives among those who wait, whose places are `waiting` in their order.
    ///
    /// Places are milliseconds, as when joining at `at`; a place right after another's is one greater.
    pub fn place(self, waiting: &[i64], at: Timestamp) -> i64 {
        match self {
            Self::AtTheEnd => {
                waiting.last().map_or(at.as_millisecond(), |last| at.as_millisecond().max(last + 1))
            }
            Self::After(0) => waiting.first().map_or(at.as_millisecond(), |first| first - 1),
            Self::After(count) => {
                waiting.get(usize::from(count) - 1).map_or(at.as_millisecond(), |before| before + 1)
            }
        }
    }
}

/// A place in the queue and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The number called.
    pub number: TicketNumber,
    /// The day it is good for.
    pub business_day: BusinessDay,
    /// Who goes first.
    pub priority: Priority,
    /// Order among equals, milliseconds; at first the moment of joining.
    pub place: i64,
    /// Where it stands.
    pub state: TicketState,
}

/// The states of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TicketState {
    /// In line.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// Called to a station.
    Called {
        /// The station that called.
        station: StationId,
        /// How often so far.
        times: u8,
        /// When last.
        at: Timestamp,
    },
    /// In front of the camera, identified by the arrival scan.
    Arrived {
        /// The station.
        station: StationId,
        /// When.
        at: Timestamp,
    },
    /// Photographed and sealed.
    Served {
        /// The station.
        station: StationId,
        /// When.
        at: Timestamp,
    },
    /// Did not come (过号).
    Skipped {
        /// When the number was passed over.
        at: Timestamp,
    },
    /// Given to another studio.
    Transferred {
        /// When.
        at: Timestamp,
    },
    /// Given up by the student.
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// The business day ended.
    Expired {
        /// When.
        at: Timestamp,
    },
}

impl TicketState {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Called { .. } => "called",
            Self::Arrived { .. } => "arrived",
            Self::Served { .. } => "served",
            Self::Skipped { .. } => "skipped",
            Self::Transferred { .. } => "transferred",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired { .. } => "expired",
        }
    }

    /// The station that has the student, if one has.
    pub const fn station(&self) -> Option<StationId> {
        match self {
            Self::Called { station, .. } | Self::Arrived { station, .. } | Self::Served { station, .. } => {
                Some(*station)
            }
            _ => None,
        }
    }

    /// Whether the student still has something to wait for.
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Waiting { .. } | Self::Called { .. } | Self::Arrived { .. } | Self::Skipped { .. }
        )
    }
}

impl Ticket {
    /// Calls after which a number may be passed over without asking.
    pub const MAX_CALLS: u8 = 20;

    /// A new ticket at the end of the line. Whoever gives numbers gives places that rise with them: the moment of joining,
    /// or a little more where clocks differ.
    pub fn join(number: TicketNumber, place: i64, priority: Priority, at: Timestamp) -> Self {
        Self {
            number,
            business_day: BusinessDay::of(at),
            priority,
            place,
            state: TicketState::Waiting { since: at },
        }
    }

    /// Calls the number to a station; again if that station had called it before.
    pub fn call(self, station: StationId, at: Timestamp) -> Result<Self, InvalidTransition> {
        let times = match &self.state {
            TicketState::Waiting { .. } | TicketState::Skipped { .. } => 1,
            TicketState::Called { station: by, times, .. } if *by == station => {
                times.saturating_add(1).min(Self::MAX_CALLS)
            }
            state => return Err(refused(state, "be called here")),
        };
        Ok(Self { state: TicketState::Called { station, times, at }, ..self })
    }

    /// The student stands before the camera of the station that called.
    pub fn arrive(self, station: StationId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Called { station: by, .. } if *by == station => {
                Ok(Self { state: TicketState::Arrived { station, at }, ..self })
            }
            state => Err(refused(state, "arrive here")),
        }
    }

    /// The portrait is sealed.
    pub fn serve(self, station: StationId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Arrived { station: by, .. } if *by == station => {
                Ok(Self { state: TicketState::Served { station, at }, ..self })
            }
            state => Err(refused(state, "be served here")),
        }
    }

    /// Nobody came.
    pub fn skip(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Called { .. } | TicketState::Arrived { .. } => {
                Ok(Self { state: TicketState::Skipped { at }, ..self })
            }
            state => Err(refused(state, "be skipped")),
        }
    }

    /// Somebody who was skipped stands in line again at `place`.
    pub fn come_back(self, place: i64, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Skipped { .. } => {
                Ok(Self { place, state: TicketState::Waiting { since: at }, ..self })
            }
            state => Err(refused(state, "come back in line")),
        }
    }

    /// The student objected to the portrait: the same ticket, ahead of the others.
    pub fn reopen(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Served { .. } => {
                Ok(Self { priority: Priority::Ahead, state: TicketState::Waiting { since: at }, ..self })
            }
            state => Err(refused(state, "be opened again")),
        }
    }

    /// The station that called hands the student to another one, which has called from now on.
    pub fn hand_to(self, from: StationId, to: StationId, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Called { station, .. } | TicketState::Arrived { station, .. }
                if *station == from && from != to =>
            {
                Ok(Self { state: TicketState::Called { station: to, times: 1, at }, ..self })
            }
            state => Err(refused(state, "be handed to another station")),
        }
    }

    /// Somebody who waits goes ahead of the others, or not any more.
    pub fn prioritize(self, priority: Priority) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Waiting { .. } => Ok(Self { priority, ..self }),
            state => Err(refused(state, "be given another priority")),
        }
    }

    /// The student goes to another studio, which gives a ticket of its own.
    pub fn transfer(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            state if state.is_open() => Ok(Self { state: TicketState::Transferred { at }, ..self }),
            state => Err(refused(state, "be transferred")),
        }
    }

    /// The student goes to another studio: the ticket here ends, and one begins there with that studio's number. The time
    /// waited so far counts there too.
    pub fn move_to(self, number: TicketNumber, at: Timestamp) -> Result<(Self, Self), InvalidTransition> {
        let there = Self { number, state: TicketState::Waiting { since: at }, ..self.clone() };
        Ok((self.transfer(at)?, there))
    }

    /// The student gives up.
    pub fn cancel(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            TicketState::Waiting { .. } | TicketState::Called { .. } | TicketState::Skipped { .. } => {
                Ok(Self { state: TicketState::Cancelled { at }, ..self })
            }
            state => Err(refused(state, "be cancelled")),
        }
    }

    /// The day is over.
    pub fn expire(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match &self.state {
            state if state.is_open() && at >= self.business_day.end() => {
                Ok(Self { state: TicketState::Expired { at }, ..self })
            }
            state => Err(refused(state, "expire")),
        }
    }
}

const fn refused(state: &TicketState, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "ticket", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_779_000_000 + second).unwrap()
    }

    fn stations() -> (StationId, StationId) {
        let mut rng = rand::rngs::StdRng::seed_from_u64(7);
        (StationId::new(at(0), &mut rng), StationId::new(at(0), &mut rng))
    }

    fn ticket() -> Ticket {
        Ticket::join(TicketNumber::nth(11).unwrap(), at(0).as_millisecond(), Priority::Normal, at(0))
    }

    #[test]
    fn the_way_of_a_number() {
        let (one, two) = stations();
        assert_eq!(ticket().number.to_string(), "A012");
        let called = ticket().call(one, at(10)).unwrap().call(one, at(20)).unwrap();
        assert_eq!(called.state, TicketState::Called { station: one, times: 2, at: at(20) });
        assert!(called.clone().call(two, at(21)).is_err(), "another station cannot take a called number");
        assert!(called.clone().arrive(two, at(22)).is_err(), "nobody arrives at a station that did not call");
        let served = called.arrive(one, at(30)).unwrap().serve(one, at(60)).unwrap();
        assert!(served.clone().cancel(at(61)).is_err());
        let again = served.reopen(at(90)).unwrap();
        assert_eq!((again.number, again.priority), (TicketNumber::nth(11).unwrap(), Priority::Ahead));
    }

    #[test]
    fn a_passed_number_comes_back_where_the_rule_puts_it() {
        let (one, _) = stations();
        let waiting = [100, 200, 300];
        assert_eq!(BackInLine::After(0).place(&waiting, at(0)), 99);
        assert_eq!(BackInLine::After(2).place(&waiting, at(0)), 201);
        assert_eq!(BackInLine::After(9).place(&waiting, at(0)), at(0).as_millisecond());
        let skipped = ticket().call(one, at(1)).unwrap().skip(at(2)).unwrap();
        let back = skipped.come_back(201, at(3)).unwrap();
        assert_eq!((back.place, back.state.name()), (201, "waiting"));
        assert!(ticket().come_back(1, at(3)).is_err());
    }

    #[test]
    fn an_open_ticket_expires_only_when_its_day_is_over() {
        assert!(ticket().expire(at(1)).is_err());
        let end = ticket().business_day.end();
        assert_eq!(ticket().expire(end).unwrap().state.name(), "expired");
    }

    proptest! {
        #[test]
        fn every_number_reads_back(index in 0..TicketNumber::CAPACITY) {
            let number = TicketNumber::nth(u32::from(index)).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            prop_assert_eq!(number.to_string().to_lowercase().parse(), Ok(number));
        }

        #[test]
        fn other_texts_are_no_numbers(text in "\\PC{0,6}") {
            if let Ok(number) = text.parse::<TicketNumber>() {
                prop_assert_eq!(number.to_string(), text.trim().to_ascii_uppercase());
            }
        }
    }

    #[test]
    fn a_day_has_an_end() {
        assert_eq!(TicketNumber::nth(u32::from(TicketNumber::CAPACITY)), None);
        assert_eq!("A000".parse::<TicketNumber>(), Err(InvalidTicketNumber));
        assert_eq!("I001".parse::<TicketNumber>(), Err(InvalidTicketNumber));
        assert_eq!("中文".parse::<TicketNumber>(), Err(InvalidTicketNumber));
    }
}
