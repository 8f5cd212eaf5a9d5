//! What was measured: durations as their middle and their slow end, a line of the table, a piece of JSON.

use std::time::Duration;

use serde_json::{Value, json};

/// One line of the table.
pub struct Line {
    /// What was measured.
    pub what: String,
    /// How many times.
    pub count: usize,
    /// How many a second, where that says something.
    pub per_second: Option<f64>,
    /// The middle one, milliseconds.
    pub p50_ms: f64,
    /// Slower than all but one in a hundred, milliseconds.
    pub p99_ms: f64,
    /// The slowest, milliseconds.
    pub max_ms: f64,
    /// Answers that were no success.
    pub errors: usize,
}

impl Line {
    /// Sums up.
    pub fn of(
        what: impl Into<String>,
        mut times: Vec<Duration>,
        over: Option<Duration>,
        errors: usize,
    ) -> Self {
        times.sort_unstable();
        let at = |part: f64| {
            let place = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
            times.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
        };
        Self {
            what: what.into(),
            count: times.len(),
            per_second: over.map(|over| times.len() as f64 / over.as_secs_f64()),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            max_ms: at(1.0),
            errors,
        }
    }

    /// The table's head.
    pub fn print_head() {
        println!(
            "{:<52}{:>9}{:>11}{:>10}{:>10}{:>10}{:>8}",
            "", "count", "a second", "p50 ms", "p99 ms", "max ms", "errors"
        );
    }

    /// The line on the screen.
    pub fn print(&self) {
        let per_second = self.per_second.map_or_else(String::new, |per_second| format!("{per_second:.0}"));
        println!(
            "{:<52}{:>9}{per_second:>11}{:>10.1}{:>10.1}{:>10.1}{:>8}",
            self.what, self.count, self.p50_ms, self.p99_ms, self.max_ms, self.errors
        );
    }

    /// The line in the file.
    pub fn json(&self) -> Value {
        json!({
            "what": self.what, "count": self.count, "per_second": self.per_second, "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms, "max_ms": self.max_ms, "errors": self.errors,
        })
    }
}
