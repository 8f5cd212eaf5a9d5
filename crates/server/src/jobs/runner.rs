//! Taking jobs one after the other. Many servers may do so on one database.

use std::time::Duration;

use gradshot_storage::{Job, StorageError};
use jiff::Timestamp;

use super::{Done, Kind, put_recurring};
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

/// Why the list of jobs could not be worked on.
#[derive(Debug, thiserror::Error)]
#[error("the list of jobs cannot be worked on: {0}")]
pub struct RunJobsError(#[from] StorageError);

/// Shots take long, and hold nothing else up.
#[derive(Clone, Copy)]
enum Lane {
    Others,
    Shots,
}

impl House {
    /// Does every job that is due now, and gives how many were taken. One that fails is noted and does not hold the
    /// others up.
    pub(crate) async fn run_due_jobs(&self) -> Result<u32, RunJobsError> {
        put_recurring(self).await?;
        let mut taken = 0;
        while self.run_one_job(Lane::Others).await? {
            taken += 1;
        }
        while self.standardizer.is_some() && self.run_one_job(Lane::Shots).await? {
            taken += 1;
        }
        Ok(taken)
    }

    /// Does jobs as they become due, until `stop` is over. The one in hand is done to its end.
    pub(crate) async fn run_jobs(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut is_set_up = false;
        loop {
            let worked = if is_set_up { self.run_one_job(Lane::Others).await } else { self.set_up().await };
            let pause = match worked {
                Ok(true) => {
                    is_set_up = true;
                    Duration::ZERO
                }
                Ok(false) => limits::JOB_POLL,
                Err(error) => {
                    tracing::warn!(%error, "jobs wait");
                    limits::JOB_POLL_AFTER_TROUBLE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Makes portraits of shots as they come, on a bounded number of workers, until `stop` is over; whatever is in hand is
    /// done to its end. A server without an imaging engine leaves them to others.
    pub(crate) async fn run_standardizing(&self, stop: impl Future<Output = ()> + Clone) {
        if self.standardizer.is_none() {
            return;
        }
        let workers = (0..limits::SHOT_WORKERS).map(|_| self.run_shots(stop.clone()));
        futures::future::join_all(workers).await;
    }

    async fn run_shots(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let pause = match self.run_one_job(Lane::Shots).await {
                Ok(true) => Duration::ZERO,
                Ok(false) => limits::JOB_POLL,
                Err(error) => {
                    tracing::warn!(%error, "shots wait");
                    limits::JOB_POLL_AFTER_TROUBLE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
                () = self.shots.notified() => {}
            }
        }
    }

    async fn set_up(&self) -> Result<bool, RunJobsError> {
        put_recurring(self).await?;
        Ok(true)
    }

    /// Takes one job and does it; false when none is due.
    async fn run_one_job(&self, lane: Lane) -> Result<bool, RunJobsError> {
        let Some(job) = self.take_job(lane).await? else { return Ok(false) };
        let performed = match Kind::of(&job) {
            Some(kind) => tokio::time::timeout(limits::JOB, kind.perform(self, &job))
                .await
                .unwrap_or(Err(Broken::Step("the job took too long"))),
            None => Err(Broken::Step("this version does not know the kind")),
        };
        let at = self.now();
        let mut work = self.storage.begin().await?;
        match performed {
            Ok(Done::Finished) => {
                work.jobs().finish(&job).await?;
            }
            // Never at once again, so that one job cannot keep the others waiting.
            Ok(Done::Again(due_at)) => {
                work.jobs().repeat(&job, due_at.max(at + limits::JOB_POLL)).await?;
            }
            Err(error) => {
                let again_at = again_at(job.attempts, at);
                tracing::warn!(kind = job.kind, job = %job.id, %error, gives_up = again_at.is_none(), "a job failed");
                work.jobs().fail(&job, &error.to_string(), again_at, at).await?;
            }
        }
        work.commit().await?;
        Ok(true)
    }

    async fn take_job(&self, lane: Lane) -> Result<Option<Job>, StorageError> {
        let at = self.now();
        // A look does not disturb the writers.
        if self.storage.read().await?.jobs().standing(at).await?.due == 0 {
            return Ok(None);
        }
        let mut work = self.storage.begin().await?;
        let (kind, lease_ends) = (Kind::Standardize.name(), at + limits::JOB_LEASE);
        let job = match lane {
            Lane::Others => work.jobs().take_but(kind, at, lease_ends).await?,
            Lane::Shots => work.jobs().take_of(kind, at, lease_ends).await?,
        };
        work.commit().await?;
        Ok(job)
    }
}

/// When a job that failed is tried again: each time after twice as long; never after the last try.
fn again_at(attempts: u32, at: Timestamp) -> Option<Timestamp> {
    let pause = limits::JOB_FIRST_PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    (attempts < limits::JOB_TRIES).then(|| at + pause.min(limits::JOB_LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_twice_as_long_and_the_last_failure_ends_it() {
        let at = Timestamp::UNIX_EPOCH;
        let pauses: Vec<_> = (1..=limits::JOB_TRIES)
            .map(|attempts| again_at(attempts, at).map(Timestamp::as_second))
            .collect();
        assert_eq!(pauses, [Some(10), Some(20), Some(40), Some(80), Some(160), Some(320), Some(640), None]);
    }
}
