//! Deletes sealed bytes that no row knows: of an upload whose row was never kept.

use futures::{StreamExt as _, TryStreamExt as _};
use gradshot_storage::{BlobError, BlobKey};

use super::Done;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

/// Only what is older than a day goes: younger bytes may be of an upload whose row is about to be kept.
pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    let at = house.now();
    let old = at - limits::ORPHAN_BLOB;
    let mut pieces = house
        .blobs
        .list()
        .try_filter(|blob| std::future::ready(blob.kept_at < old))
        .map_ok(|blob| blob.key)
        .chunks(limits::JOB_ROWS as usize)
        .boxed();
    let mut gone = 0_u64;
    while let Some(piece) = pieces.next().await {
        let keys: Vec<BlobKey> = piece.into_iter().collect::<Result<_, BlobError>>()?;
        let unknown = house.storage.read().await?.portraits().unknown_blobs(&keys).await?;
        for key in unknown {
            house.blobs.delete(&key).await?;
            gone += 1;
        }
    }
    if gone > 0 {
        tracing::info!(blobs = gone, "sealed bytes that no row knows were deleted");
    }
    Ok(Done::Again(at + limits::SWEEP_EVERY))
}
