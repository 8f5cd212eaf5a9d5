//! `PATCH /api/shots/{id}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use gradshot_domain::{ShotId, ShotState};
use gradshot_storage::{BlobKey, KeptShot, UnitOfWork};
use sha2::{Digest as _, Sha256};

use crate::api::collection::owned;
use crate::api::tus::{Checksum, OFFSET, Tus};
use crate::caller::Student;
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::live::Topic;
use crate::problem::faults;
use crate::{jobs, limits};

faults! {
    /// Why a piece was not kept.
    SendPieceFault { ShotNotFound, ShotGone, ShotOffset, ShotChecksum, ShotChecksumKind, ShotPiece, ShotTooLarge }
}
use SendPieceFault as Fault;

/// Keeps the next piece of a shot, sealed, whole or not at all (tus 1.0.0). With the last one the shot stands in line to be
/// made into a portrait.
#[utoipa::path(
    patch, path = "/api/shots/{id}", tag = "shots",
    params(("id" = ShotId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "A piece"),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Kept; `Upload-Offset` is where to go on"), SendPieceFault)
)]
pub(crate) async fn send_piece(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<ShotId>,
    tus: Tus,
    Raw(piece): Raw,
) -> Result<(StatusCode, [(HeaderName, String); 1]), Fault> {
    let from_byte = tus.number(&OFFSET).filter(|_| tus.is_piece()).ok_or(Fault::ShotPiece)?;
    match tus.checksum(&piece) {
        Checksum::Holds => {}
        Checksum::Differs => return Err(Fault::ShotChecksum),
        Checksum::Unknown => return Err(Fault::ShotChecksumKind),
    }
    let mut work = house.storage.read().await?;
    let kept = work.shots().find(id).await?.ok_or(Fault::ShotNotFound)?;
    owned(&mut work, &student, kept.collection).await?.ok_or(Fault::ShotNotFound)?;
    may_follow(&house, &kept, from_byte, piece.len())?;
    drop(work);
    if piece.is_empty() {
        return Ok(answered(from_byte));
    }

    let key = house.vault.shot_key(id, &kept.sealed_key)?;
    let sealed = key.seal(from_byte, &piece, &mut house.rng());
    let blob = BlobKey::shot_piece(id, from_byte, &Sha256::digest(&sealed).into());
    house.blobs.keep(&blob, sealed).await?;
    let mut work = house.storage.begin().await?;
    let added = add(&house, &mut work, &student, id, from_byte, piece.len(), &blob).await;
    let kept = match added {
        Ok(kept) => kept,
        Err(fault) => {
            drop(work);
            house.delete_pieces(&[blob]).await;
            return Err(fault);
        }
    };
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(kept.collection)]);
    house.shots.notify_one();
    Ok(answered(kept.shot.received_bytes()))
}

/// The piece enters the table, unless another one was faster.
async fn add(
    house: &House,
    work: &mut UnitOfWork,
    student: &Student,
    id: ShotId,
    from_byte: u64,
    bytes: usize,
    blob: &BlobKey,
) -> Result<KeptShot, Fault> {
    let mut kept = super::owned(work, student, id).await?.ok_or(Fault::ShotNotFound)?;
    may_follow(house, &kept, from_byte, bytes)?;
    if work.shots().pieces(id).await?.len() >= limits::SHOT_PIECES {
        return Err(Fault::ShotTooLarge);
    }
    kept.shot = kept.shot.receive(bytes as u64, house.now()).map_err(|_| Fault::ShotGone)?;
    work.shots().add_piece(id, from_byte, blob).await?;
    work.shots().save(&mut kept).await?;
    if matches!(kept.shot.state, ShotState::Waiting { .. }) {
        jobs::standardize_later(house, work, id).await?;
    }
    Ok(kept)
}

fn may_follow(house: &House, kept: &KeptShot, from_byte: u64, bytes: usize) -> Result<(), Fault> {
    match kept.shot.state {
        ShotState::Dropped { .. } => return Err(Fault::ShotGone),
        ShotState::Uploading { until, .. } if until <= house.now() => return Err(Fault::ShotGone),
        _ => {}
    }
    if from_byte != kept.shot.received_bytes() {
        return Err(Fault::ShotOffset);
    }
    let left = kept.shot.total_bytes - from_byte;
    if bytes as u64 > left { Err(Fault::ShotTooLarge) } else { Ok(()) }
}

fn answered(offset: u64) -> (StatusCode, [(HeaderName, String); 1]) {
    (StatusCode::NO_CONTENT, [(OFFSET, offset.to_string())])
}
