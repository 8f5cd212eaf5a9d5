//! The phone route 手机拍照: choosing it, the photo rules, and the shot that comes piece by piece (tus 1.0.0 with
//! creation, expiration, checksum and termination).

mod announce_shot;
mod choose_phone;
mod drop_shot;
mod photo_rules;
mod read_rules;
mod send_piece;
mod shot_offset;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware;
use gradshot_domain::{CollectionId, ShotId};
use gradshot_storage::{BlobKey, KeptShot, StorageError, UnitOfWork};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::collection::owned_and_locked;
use super::tus;
use crate::caller::Student;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    let pieces = OpenApiRouter::new()
        .routes(routes!(send_piece::send_piece))
        .layer(DefaultBodyLimit::max(limits::SHOT_PIECE_BYTES));
    let uploads = OpenApiRouter::new()
        .routes(routes!(announce_shot::announce_shot))
        .routes(routes!(shot_offset::shot_offset))
        .routes(routes!(drop_shot::drop_shot))
        .merge(pieces)
        .layer(middleware::map_response(tus::spoken));
    OpenApiRouter::new()
        .routes(routes!(photo_rules::photo_rules))
        .routes(routes!(choose_phone::choose_phone))
        .routes(routes!(read_rules::read_photo_rules))
        .merge(uploads)
}

/// The student's shot, which nobody else changes until the unit of work ends.
async fn owned(
    work: &mut UnitOfWork,
    student: &Student,
    id: ShotId,
) -> Result<Option<KeptShot>, StorageError> {
    let Some(kept) = work.shots().find(id).await? else { return Ok(None) };
    if owned_and_locked(work, student, kept.collection).await?.is_none() {
        return Ok(None);
    }
    // Read again now that nobody else changes it.
    work.shots().find(id).await
}

/// Drops the shots of a collection that are still on their way. Their pieces open for nobody once this is committed, and
/// are swept.
pub(in crate::api) async fn drop_shots(
    work: &mut UnitOfWork,
    collection: CollectionId,
    at: Timestamp,
) -> Result<Vec<BlobKey>, Broken> {
    let mut pieces = Vec::new();
    for mut kept in work.shots().open(collection).await? {
        let dropped = kept.shot.clone().drop_it(at);
        kept.shot = dropped.map_err(|_| Broken::Contradiction("an open shot cannot be dropped"))?;
        pieces.extend(work.shots().save(&mut kept).await?);
    }
    Ok(pieces)
}
