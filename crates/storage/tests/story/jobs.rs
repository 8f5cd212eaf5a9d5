//! Work to be done later, taken by many at once.

use std::collections::HashSet;

use gradshot_domain::JobId;
use gradshot_storage::{Job, StorageError};
use jiff::ToSpan as _;

use crate::{Story, Told};

const JOBS: usize = 40;

impl Story {
    pub(super) async fn jobs(&mut self) -> Told {
        let mut work = self.storage.begin().await?;
        for number in 0..JOBS {
            let id = JobId::new(self.at, &mut self.rng);
            for _ in 0..2 {
                let job = Job::new(id, "story", number.to_string(), self.at + 1.seconds(), self.at);
                work.jobs().put(&job).await?;
            }
        }
        assert_eq!(work.jobs().take(self.at, self.at + 1.minutes()).await?, None, "not before its time");
        work.commit().await?;
        let at = self.at + 1.seconds();
        assert_eq!(self.storage.read().await?.jobs().standing(at).await?.due as usize, JOBS, "one of each");
        self.none_is_taken_twice().await?;
        self.a_lost_lease_changes_nothing().await
    }

    async fn none_is_taken_twice(&mut self) -> Told {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (storage, at) = (self.storage.clone(), self.at + 1.seconds());
            tasks.spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let mut work = storage.begin().await?;
                    let Some(job) = work.jobs().take(at, at + 1.minutes()).await? else { break };
                    work.commit().await?;
                    taken.push(job.id);
                }
                Ok::<_, StorageError>(taken)
            });
        }
        let mut all = Vec::new();
        while let Some(taken) = tasks.join_next().await {
            all.extend(taken??);
        }
        assert_eq!(all.len(), JOBS, "none is lost");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), JOBS, "none is taken twice");
        Ok(())
    }

    async fn a_lost_lease_changes_nothing(&mut self) -> Told {
        let late = self.at + 2.minutes();
        let mut work = self.storage.begin().await?;
        let first = work.jobs().take(late, late + 1.minutes()).await?.ok_or("no job")?;
        assert_eq!(first.attempts, 2, "the first who had it never came back");
        let later = late + 2.minutes();
        let mut second = work.jobs().take(later, later + 1.minutes()).await?.ok_or("no job")?;
        while second.id != first.id {
            second = work.jobs().take(later, later + 1.minutes()).await?.ok_or("it was never due again")?;
        }
        assert!(!work.jobs().finish(&first).await? && !work.jobs().repeat(&first, later).await?);
        work.jobs().fail(&first, "too late to say", None, later).await?;
        assert_eq!(work.jobs().dead(10).await?, []);
        work.jobs().fail(&second, "given up", None, later).await?;
        let dead = work.jobs().dead(10).await?;
        assert_eq!((dead.len(), dead[0].failure.as_deref()), (1, Some("given up")));
        assert!(work.jobs().revive(first.id, later).await? && !work.jobs().revive(first.id, later).await?);
        Ok(work.commit().await?)
    }
}
