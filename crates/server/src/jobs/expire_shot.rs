//! Gives an upload up that did not come to its end in time.

use gradshot_domain::ShotId;
use gradshot_storage::Job;

use super::Done;
use crate::house::House;
use crate::live::Topic;
use crate::problem::Broken;

pub(super) async fn perform(house: &House, job: &Job) -> Result<Done, Broken> {
    let id: ShotId = job.subject.parse().map_err(|_| Broken::Contradiction("a job's subject is no shot"))?;
    let mut work = house.storage.begin().await?;
    let Some(kept) = work.shots().find(id).await? else { return Ok(Done::Finished) };
    work.collections().lock(kept.collection).await?;
    // Read again now that nobody else changes it.
    let Some(mut kept) = work.shots().find(id).await? else { return Ok(Done::Finished) };
    // One that came in time refuses, and that is as good.
    if let Ok(expired) = kept.shot.clone().expire(house.now()) {
        kept.shot = expired;
        let pieces = work.shots().save(&mut kept).await?;
        work.commit().await?;
        house.delete_pieces(&pieces).await;
        house.hub.tell(&[Topic::Collection(kept.collection)]);
    }
    Ok(Done::Finished)
}
