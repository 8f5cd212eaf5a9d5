//! A clock that stands still.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use gradshot_domain::Clock;
use jiff::Timestamp;

/// Stands still until a test moves it.
#[derive(Debug)]
pub struct StandingClock(AtomicI64);

impl StandingClock {
    /// Stands at a moment such as `2026-05-18T06:00:00Z`.
    pub fn at(moment: &str) -> Self {
        let moment: Timestamp = moment.parse().expect("a test writes its moments right");
        Self(AtomicI64::new(moment.as_millisecond()))
    }

    /// Moves on by so much.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("a test does not wait for ever");
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).expect("the clock holds a moment")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_moves_only_when_told() {
        let clock = StandingClock::at("2026-05-18T06:00:00Z");
        assert_eq!(clock.now(), clock.now());
        clock.advance(Duration::from_secs(90));
        assert_eq!(clock.now().to_string(), "2026-05-18T06:01:30Z");
    }
}
