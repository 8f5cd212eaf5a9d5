//! Closes an order that nobody paid in time.

use gradshot_domain::OrderId;
use gradshot_storage::Job;

use super::Done;
use crate::house::House;
use crate::live::Topic;
use crate::problem::Broken;

pub(super) async fn perform(house: &House, job: &Job) -> Result<Done, Broken> {
    let id: OrderId =
        job.subject.parse().map_err(|_| Broken::Contradiction("a job's subject is no order"))?;
    let mut work = house.storage.begin().await?;
    let Some(placed) = work.orders().find(id).await? else { return Ok(Done::Finished) };
    work.collections().lock(placed.collection).await?;
    // Read again now that nobody else changes it.
    let Some(mut placed) = work.orders().find(id).await? else { return Ok(Done::Finished) };
    // One that was paid or closed by another way refuses, and that is as good.
    if let Ok(closed) = placed.order.clone().close(house.now()) {
        placed.order = closed;
        work.orders().save(&placed).await?;
        work.commit().await?;
        house.hub.tell(&[Topic::Collection(placed.collection)]);
    }
    Ok(Done::Finished)
}
