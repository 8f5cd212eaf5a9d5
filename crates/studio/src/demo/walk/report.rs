//! What took how long, and what was refused.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use gradshot_domain::{Finding, FindingId};

/// One step of the way, over all students that took it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Who does it: `student`, `station`, `server`, `reviewer`, `admin`.
    pub who: &'static str,
    /// What, in Chinese.
    pub zh: &'static str,
    /// What, in English.
    pub en: &'static str,
    /// Milliseconds of each time.
    pub millis: Vec<f64>,
}

impl Step {
    /// The median of the milliseconds.
    pub fn median_ms(&self) -> f64 {
        let mut sorted = self.millis.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    /// The longest, in milliseconds.
    pub fn longest_ms(&self) -> f64 {
        self.millis.iter().copied().fold(0.0, f64::max)
    }
}

/// A picture that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The photo's file name.
    pub photo: String,
    /// The gravest finding.
    pub finding: FindingId,
    /// What the operator read, in Chinese.
    pub zh: String,
    /// What the operator read, in English.
    pub en: String,
}

/// What the walk came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// The steps in the order in which they were first taken.
    pub steps: Vec<Step>,
    /// Pictures that were refused on the way.
    pub refusals: Vec<Refusal>,
    /// Students who came.
    pub students: usize,
    /// Portraits that were confirmed.
    pub portraits: usize,
    /// From the first sign-up to the bundle.
    pub elapsed: Duration,
    /// At the desk alone: from the first call to the last seal.
    pub at_the_desk: Duration,
    /// The bundle for the registry.
    pub bundle: Option<PathBuf>,
}

/// Collects steps from many tasks.
#[derive(Debug, Clone, Default)]
pub(super) struct Log(Arc<Mutex<Entries>>);

#[derive(Debug, Default)]
struct Entries {
    steps: Vec<Step>,
    refusals: Vec<Refusal>,
}

impl Log {
    /// Does something and writes down how long it took, if it worked.
    pub(super) async fn timed<T, E, F>(
        &self,
        who: &'static str,
        zh: &'static str,
        en: &'static str,
        work: impl FnOnce() -> F,
    ) -> anyhow::Result<T>
    where
        F: Future<Output = Result<T, E>>,
        anyhow::Error: From<E>,
    {
        let began = Instant::now();
        let done = work().await.map_err(anyhow::Error::from)?;
        self.took(who, zh, en, began.elapsed());
        Ok(done)
    }

    pub(super) fn took(&self, who: &'static str, zh: &'static str, en: &'static str, duration: Duration) {
        let millis = duration.as_secs_f64() * 1000.0;
        let mut entries = self.lock();
        match entries.steps.iter_mut().find(|step| (step.who, step.en) == (who, en)) {
            Some(step) => step.millis.push(millis),
            None => entries.steps.push(Step { who, zh, en, millis: vec![millis] }),
        }
    }

    pub(super) fn refused(&self, photo: &str, finding: &Finding) {
        let refusal = Refusal {
            photo: photo.to_owned(),
            finding: finding.id,
            zh: finding.zh.clone(),
            en: finding.en.clone(),
        };
        let mut entries = self.lock();
        if !entries.refusals.contains(&refusal) {
            entries.refusals.push(refusal);
        }
    }

    pub(super) fn report(
        &self,
        students: usize,
        portraits: usize,
        elapsed: Duration,
        at_the_desk: Duration,
        bundle: Option<PathBuf>,
    ) -> Report {
        let entries = self.lock();
        Report {
            steps: entries.steps.clone(),
            refusals: entries.refusals.clone(),
            students,
            portraits,
            elapsed,
            at_the_desk,
            bundle,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
