//! One measured value of the live frame, held against the verdict's own row.

use std::time::Duration;

use gradshot_domain::{FindingId, Severity};

use super::hint::Hint;
use super::steady::{Latch, Patience, Reading, Smooth, Smoothing};
use crate::rules::judge;
use crate::spec::Spec;

/// A value, smoothed and latched.
#[derive(Debug, Clone)]
pub(super) struct Gauge {
    id: FindingId,
    /// How far inside its limit the value has to be before its hint is dropped, in the row's unit.
    margin: f64,
    smooth: Smooth,
    latch: Latch<Hint>,
}

impl Gauge {
    pub(super) fn new(id: FindingId, margin: f64, smoothing: Smoothing, patience: Patience) -> Self {
        Self { id, margin, smooth: Smooth::new(smoothing), latch: Latch::new(patience) }
    }

    /// Takes in a value, and what to say when it lies below or above its limits. A value that could not be
    /// measured changes nothing.
    pub(super) fn see(
        &mut self,
        value: Option<f64>,
        [below, above]: [Hint; 2],
        spec: &Spec,
        at: Duration,
    ) -> Option<Hint> {
        let reading = match value {
            Some(raw) => self.read(raw, [below, above], spec, at),
            None => Reading::Near,
        };
        self.latch.see(reading, at)
    }

    /// Whether nothing is said about it and nothing suspected.
    pub(super) fn is_quiet(&self) -> bool {
        self.latch.is_quiet()
    }

    fn read(&mut self, raw: f64, [below, above]: [Hint; 2], spec: &Spec, at: Duration) -> Reading<Hint> {
        let value = self.smooth.see(raw, at);
        let finding = judge(self.id, Some(value), spec);
        if finding.severity > Severity::Pass {
            let is_low = finding.limit.and_then(|limit| limit.min).is_some_and(|min| value < min);
            return Reading::Off(if is_low { below } else { above });
        }
        let holds = |value: f64| judge(self.id, Some(value), spec).severity == Severity::Pass;
        if holds(value - self.margin) && holds(value + self.margin) { Reading::Fine } else { Reading::Near }
    }
}
