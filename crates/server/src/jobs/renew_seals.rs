//! Seals anew what an older key of the ring has sealed, so that the older key can go.

use super::Done;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    let keys = house.vault.field_keys();
    if keys.has_older() {
        let count = crate::vault::renew_seals(&house.storage, &house.blobs, keys, &mut house.rng()).await?;
        if count.renewed > 0 || count.closed > 0 {
            let (renewed, closed) = (count.renewed, count.closed);
            tracing::info!(renewed, closed, "sealed anew with the key in use");
        }
    }
    Ok(Done::Again(house.now() + limits::RENEW_SEALS_EVERY))
}
