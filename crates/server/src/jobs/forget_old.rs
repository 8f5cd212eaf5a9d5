//! Forgets sessions, pairing codes, tries and kept answers that are over.

use super::Done;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let gone = work.expiry().forget(at).await?;
    work.commit().await?;
    tracing::debug!(rows = gone, "forgotten");
    Ok(Done::Again(at + limits::FORGET_EVERY))
}
