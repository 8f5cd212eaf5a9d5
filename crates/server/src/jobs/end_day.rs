//! Ends the tickets that a day left open.

use gradshot_domain::BusinessDay;

use super::Done;
use crate::house::House;
use crate::limits;
use crate::live::Topic;
use crate::problem::Broken;

/// Piece by piece, so that nobody waits for the writer long.
pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    let at = house.now();
    let today = BusinessDay::of(at);
    loop {
        let mut work = house.storage.begin().await?;
        let open = work.tickets().left_open_before(today, limits::JOB_ROWS).await?;
        if open.is_empty() {
            return Ok(Done::Again(today.end()));
        }
        let mut topics = Vec::with_capacity(2 * open.len());
        for mut queued in open {
            let expired = queued.ticket.expire(at);
            queued.ticket =
                expired.map_err(|_| Broken::Contradiction("an open ticket of a past day does not end"))?;
            work.tickets().save(&mut queued).await?;
            topics.extend([Topic::Studio(queued.studio), Topic::Collection(queued.collection)]);
        }
        work.commit().await?;
        house.hub.tell(&topics);
    }
}
