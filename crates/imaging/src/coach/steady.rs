//! What keeps the coach calm: a filter that takes the tremble out of measured values, and a latch that lets a hint
//! come and go only when it is meant. Time is an argument everywhere.

use std::time::Duration;

/// A gap between frames after which the past no longer counts.
const FORGET: Duration = Duration::from_millis(600);

/// How a signal is smoothed: the One-Euro filter (Casiez, Roussel, Vogel, 2012). A value at rest is smoothed
/// strongly, one that moves follows fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Smoothing {
    /// Cut-off at rest, hertz.
    pub rest_hz: f64,
    /// Hertz added for each unit per second that the value moves.
    pub hz_per_speed: f64,
}

/// One smoothed value.
#[derive(Debug, Clone)]
pub(super) struct Smooth {
    smoothing: Smoothing,
    last: Option<Last>,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    at: Duration,
    raw: f64,
    value: f64,
    speed: f64,
}

/// Cut-off of the speed's own smoothing, hertz.
const SPEED_HZ: f64 = 1.0;

impl Smooth {
    pub(super) fn new(smoothing: Smoothing) -> Self {
        Self { smoothing, last: None }
    }

    /// Takes in a value, gives the smoothed one. Values that are no numbers leave everything as it was.
    pub(super) fn see(&mut self, raw: f64, at: Duration) -> f64 {
        if !raw.is_finite() {
            return self.last.map_or(0.0, |last| last.value);
        }
        let last = match self.last {
            Some(last) if at.checked_sub(last.at).is_some_and(|gap| gap <= FORGET) => last,
            _ => return self.begin(raw, at),
        };
        let elapsed = at.saturating_sub(last.at).as_secs_f64();
        if elapsed <= 0.0 {
            return last.value;
        }
        let speed = blend(last.speed, (raw - last.raw) / elapsed, SPEED_HZ, elapsed);
        let cutoff = self.smoothing.rest_hz + self.smoothing.hz_per_speed * speed.abs();
        let value = blend(last.value, raw, cutoff, elapsed);
        self.last = Some(Last { at, raw, value, speed });
        value
    }

    fn begin(&mut self, raw: f64, at: Duration) -> f64 {
        self.last = Some(Last { at, raw, value: raw, speed: 0.0 });
        raw
    }
}

/// One step of exponential smoothing.
fn blend(before: f64, now: f64, cutoff_hz: f64, elapsed_s: f64) -> f64 {
    let tau = 1.0 / (std::f64::consts::TAU * cutoff_hz);
    before + (now - before) * elapsed_s / (elapsed_s + tau)
}

/// What one look says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// In order, and not only just.
    Fine,
    /// In order, but so near to the limit that a tremble could change it; or not known.
    Near,
    /// Not in order, and in which way.
    Off(T),
}

/// Turns readings into something to say. A fault has to last before it is said, and the cure has to last before
/// it is dropped. Between limit and margin everything stays as it is.
#[derive(Debug, Clone)]
pub(super) struct Latch<T> {
    patience: Patience,
    said: Option<T>,
    /// A fault not yet said, and since when it has not been cured.
    suspected: Option<(T, Duration)>,
    /// Since when what is said has been cured.
    cured: Option<Duration>,
}

/// How long a fault, and its cure, have to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    pub enter: Duration,
    pub leave: Duration,
}

impl<T: Copy + PartialEq> Latch<T> {
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, said: None, suspected: None, cured: None }
    }

    /// Takes in a reading, gives what is to be said.
    pub(super) fn see(&mut self, reading: Reading<T>, at: Duration) -> Option<T> {
        match reading {
            Reading::Fine => {
                self.suspected = None;
                let since = *self.cured.get_or_insert(at);
                if self.said.is_some() && at.saturating_sub(since) >= self.patience.leave {
                    self.said = None;
                }
            }
            Reading::Near => self.cured = None,
            Reading::Off(fault) => {
                self.cured = None;
                if self.said == Some(fault) {
                    self.suspected = None;
                } else if self.suspected.is_none_or(|(other, _)| other != fault) {
                    self.suspected = Some((fault, at));
                }
            }
        }
        if let Some((fault, since)) = self.suspected
            && at.saturating_sub(since) >= self.patience.enter
        {
            (self.said, self.suspected) = (Some(fault), None);
        }
        self.said
    }

    /// Whether nothing is said and nothing suspected.
    pub(super) fn is_quiet(&self) -> bool {
        self.said.is_none() && self.suspected.is_none()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: Duration = Duration::from_millis(33);
    const PATIENCE: Patience =
        Patience { enter: Duration::from_millis(150), leave: Duration::from_millis(250) };
    const CALM: Smoothing = Smoothing { rest_hz: 1.5, hz_per_speed: 0.05 };

    #[test]
    fn a_value_that_moves_on_is_reached_within_a_third_of_a_second() {
        let mut smooth = Smooth::new(CALM);
        for frame in 0..30 {
            smooth.see(0.0, FRAME * frame);
        }
        let arrived = (30..40).map(|frame| smooth.see(20.0, FRAME * frame)).last().unwrap();
        assert!(arrived > 18.0, "{arrived}");
    }

    #[test]
    fn after_a_long_gap_the_past_does_not_count() {
        let mut smooth = Smooth::new(CALM);
        smooth.see(0.0, Duration::ZERO);
        assert!((smooth.see(9.0, Duration::from_secs(2)) - 9.0).abs() < 1e-12);
    }

    #[test]
    fn a_fault_is_said_once_it_lasts_and_dropped_once_it_is_cured() {
        let mut latch = Latch::new(PATIENCE);
        let ms = Duration::from_millis;
        assert_eq!(latch.see(Reading::Off('a'), ms(0)), None);
        assert!(!latch.is_quiet(), "suspected");
        assert_eq!(latch.see(Reading::Off('a'), ms(150)), Some('a'));
        assert_eq!(latch.see(Reading::Fine, ms(200)), Some('a'));
        assert_eq!(latch.see(Reading::Near, ms(300)), Some('a'));
        assert_eq!(latch.see(Reading::Fine, ms(400)), Some('a'));
        assert_eq!(latch.see(Reading::Fine, ms(650)), None);
        assert!(latch.is_quiet());
    }

    #[test]
    fn a_blink_is_shorter_than_the_patience() {
        let mut latch = Latch::new(PATIENCE);
        assert_eq!(latch.see(Reading::Off('a'), Duration::ZERO), None);
        assert_eq!(latch.see(Reading::Fine, Duration::from_millis(100)), None);
        assert_eq!(latch.see(Reading::Off('a'), Duration::from_millis(200)), None);
    }

    proptest! {
        #[test]
        fn smoothing_stays_between_the_extremes(values in prop::collection::vec(-50.0..50.0f64, 1..60)) {
            let mut smooth = Smooth::new(CALM);
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), &v| (l.min(v), h.max(v)));
            for (frame, value) in values.iter().enumerate() {
                let smoothed = smooth.see(*value, FRAME * frame as u32);
                prop_assert!((low - 1e-9..=high + 1e-9).contains(&smoothed), "{smoothed} of {low}..{high}");
            }
        }

        #[test]
        fn a_tremble_gets_smaller(noise in prop::collection::vec(-1.0..1.0f64, 60)) {
            let mut smooth = Smooth::new(CALM);
            let trembling: Vec<f64> =
                noise.iter().enumerate().map(|(i, n)| smooth.see(5.0 + n, FRAME * i as u32)).collect();
            let steps = |values: &[f64]| values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>();
            prop_assert!(steps(&trembling) < 0.6 * steps(&noise));
        }

        /// Whatever trembles between the limit and the margin changes nothing.
        #[test]
        fn near_the_limit_a_hint_comes_at_most_once(
            near in prop::collection::vec(any::<bool>(), 1..90), begins_said in any::<bool>(),
        ) {
            let mut latch = Latch::new(PATIENCE);
            if begins_said {
                latch.see(Reading::Off('a'), Duration::ZERO);
            }
            let start = Duration::from_secs(1);
            let mut said = latch.see(Reading::Near, start);
            let mut changes = 0;
            for (frame, near) in near.iter().enumerate() {
                let reading = if *near { Reading::Near } else { Reading::Off('a') };
                let now = latch.see(reading, start + FRAME * frame as u32);
                changes += usize::from(now != said);
                said = now;
            }
            prop_assert!(changes <= 1, "{changes} changes");
        }

        /// No two changes lie nearer together than the shorter patience.
        #[test]
        fn hints_never_flicker(readings in prop::collection::vec(0..4u8, 1..200)) {
            let mut latch = Latch::new(PATIENCE);
            let (mut said, mut changed_at) = (None, None::<Duration>);
            for (frame, reading) in readings.iter().enumerate() {
                let at = FRAME * frame as u32;
                let reading = match reading {
                    0 => Reading::Fine,
                    1 => Reading::Near,
                    2 => Reading::Off('a'),
                    _ => Reading::Off('b'),
                };
                let now = latch.see(reading, at);
                if now != said {
                    prop_assert!(changed_at.is_none_or(|before| at.saturating_sub(before) >= PATIENCE.enter.min(PATIENCE.leave)));
                    (said, changed_at) = (now, Some(at));
                }
            }
        }
    }
}
