//! How long somebody in line will wait, from how long others took today.

use std::time::Duration;

use gradshot_domain::{StationId, TicketState};
use gradshot_storage::QueuedTicket;
use jiff::Timestamp;

/// Served tickets that are looked at, the newest first.
pub(crate) const SAMPLES: u32 = 20;
/// What a student takes while nobody was photographed yet.
const FIRST_GUESS: Duration = Duration::from_mins(1);
/// No student is taken to need less.
const FLOOR: Duration = Duration::from_secs(30);
/// A station that called nobody for longer is taken to rest.
const RESTING_AFTER: Duration = Duration::from_mins(15);

/// How fast a studio works today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// From call to sealed portrait, of one student.
    service: Duration,
    /// Stations at work.
    stations: u32,
}

impl Pace {
    /// The pace at `at`, from the tickets called before and the stations that have a student now and do not rest.
    pub(crate) fn of(
        before: &[QueuedTicket],
        busy: impl Iterator<Item = StationId>,
        paused: &[StationId],
        at: Timestamp,
    ) -> Self {
        let services = before.iter().filter_map(|ticket| {
            let took = ticket.served_at?.duration_since(ticket.called_at?);
            Duration::try_from(took).ok()
        });
        let recent = before.iter().filter_map(|ticket| match ticket.ticket.state {
            TicketState::Served { station, at: served } if served + RESTING_AFTER >= at => Some(station),
            _ => None,
        });
        let at_work = busy.chain(recent).filter(|station| !paused.contains(station));
        let mut stations: Vec<StationId> = at_work.collect();
        stations.sort_unstable();
        stations.dedup();
        Self {
            service: usual(services.collect()),
            stations: u32::try_from(stations.len()).unwrap_or(1).max(1),
        }
    }

    /// Minutes until somebody with so many people ahead is called, rounded up.
    pub(crate) fn wait_minutes(self, ahead: u32) -> u32 {
        let seconds = self.service.as_secs() * u64::from(ahead) / u64::from(self.stations);
        u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
    }
}

/// The median: one student who went to change clothes does not count for everybody.
fn usual(mut services: Vec<Duration>) -> Duration {
    if services.is_empty() {
        return FIRST_GUESS;
    }
    services.sort_unstable();
    services[services.len() / 2].max(FLOOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_student_counts_and_none_is_faster_than_the_floor() {
        let seconds = |all: &[u64]| usual(all.iter().copied().map(Duration::from_secs).collect()).as_secs();
        assert_eq!(seconds(&[]), 60);
        assert_eq!(seconds(&[40, 45, 900]), 45);
        assert_eq!(seconds(&[5, 6, 7]), 30);
    }

    #[test]
    fn two_stations_halve_the_wait() {
        let one = Pace { service: Duration::from_mins(1), stations: 1 };
        assert_eq!([0, 1, 10].map(|ahead| one.wait_minutes(ahead)), [0, 1, 10]);
        let two = Pace { stations: 2, ..one };
        assert_eq!([0, 1, 10].map(|ahead| two.wait_minutes(ahead)), [0, 1, 5]);
    }
}
