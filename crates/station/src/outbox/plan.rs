//! When to try again.

use std::time::Duration;

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Again after this long.
    After(Duration),
    /// Not by itself: a person has to look.
    Never,
}

/// Doubles from one second to half a minute: short enough that nobody waits for a network that is back, long enough
/// not to trouble one that is not.
pub fn retry_after(attempts: u32) -> Duration {
    Duration::from_secs(1u64.checked_shl(attempts.min(5)).unwrap_or(30).min(30))
}

impl Retry {
    /// The plan after an answer with this HTTP status, `None` when there was no answer at all.
    pub fn plan(status: Option<u16>, attempts: u32) -> Self {
        match status {
            None | Some(401 | 408 | 425 | 429 | 500..=599) => Self::After(retry_after(attempts)),
            Some(_) => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_a_minute_and_stay_there() {
        let waits: Vec<u64> = (0..8).map(|attempts| retry_after(attempts).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
    }

    #[test]
    fn only_a_clear_no_is_final() {
        assert_eq!(Retry::plan(None, 0), Retry::After(Duration::from_secs(1)));
        assert_eq!(Retry::plan(Some(503), 1), Retry::After(Duration::from_secs(2)));
        assert_eq!(Retry::plan(Some(401), 0), Retry::After(Duration::from_secs(1)), "a new pairing mends it");
        assert_eq!(Retry::plan(Some(409), 0), Retry::Never);
        assert_eq!(Retry::plan(Some(422), 0), Retry::Never);
    }
}
