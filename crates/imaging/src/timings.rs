//! How long each stage took.

use std::time::Instant;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Milliseconds per stage, in the order they ran. Serializes as a map that ends in `total`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timings {
    stages: Vec<(&'static str, f64)>,
    total_ms: f64,
}

/// Measures stages one after another.
pub(crate) struct Stopwatch {
    began: Instant,
    lap: Instant,
    stages: Vec<(&'static str, f64)>,
}

impl Timings {
    /// Every stage with its milliseconds, in order.
    pub fn stages(&self) -> &[(&'static str, f64)] {
        &self.stages
    }

    /// Milliseconds of one stage.
    pub fn stage_ms(&self, name: &str) -> Option<f64> {
        self.stages.iter().find(|(stage, _)| *stage == name).map(|(_, ms)| *ms)
    }

    /// Milliseconds from the first byte read to the last byte written.
    pub fn total_ms(&self) -> f64 {
        self.total_ms
    }
}

impl Serialize for Timings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = |ms: f64| (ms * 100.0).round() / 100.0;
        let mut map = serializer.serialize_map(Some(self.stages.len() + 1))?;
        for (stage, ms) in &self.stages {
            map.serialize_entry(stage, &rounded(*ms))?;
        }
        map.serialize_entry("total", &rounded(self.total_ms))?;
        map.end()
    }
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self { began: now, lap: now, stages: Vec::new() }
    }

    /// Ends a stage; the next begins.
    pub(crate) fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, (now - self.lap).as_secs_f64() * 1e3));
        self.lap = now;
    }

    pub(crate) fn stop(self) -> Timings {
        Timings { stages: self.stages, total_ms: self.began.elapsed().as_secs_f64() * 1e3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_keeps_the_order_and_ends_in_the_total() {
        let timings = Timings { stages: vec![("decode", 1.234), ("detect", 2.0)], total_ms: 3.5 };
        assert_eq!(serde_json::to_string(&timings).unwrap(), r#"{"decode":1.23,"detect":2.0,"total":3.5}"#);
    }
}
