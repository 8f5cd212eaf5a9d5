//! Deletes what was kept long enough, kind by kind, and keeps a proof of each piece.

use gradshot_domain::{JobId, KeptKind, retention_days};
use gradshot_storage::{OverBlob, RetentionProof};
use jiff::Timestamp;
use uuid::Uuid;

use super::Done;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;

/// Piece by piece, so that nobody waits for the writer long. Done twice it finds nothing the second time.
pub(super) async fn perform(house: &House) -> Result<Done, Broken> {
    let at = house.now();
    for kind in KeptKind::ALL {
        let set = house.storage.read().await?.retention().days(kind).await?;
        let limits = kind.retention();
        let days = set.filter(|days| limits.allows(*days)).unwrap_or(limits.days);
        let until = at - retention_days(days);
        while rows(house, kind, until, at).await? + blobs(house, kind, until, at).await? > 0 {}
        if kind == KeptKind::FinishedStudents {
            while students(house, until, at).await? > 0 {}
        }
    }
    Ok(Done::Again(at + limits::RETAIN_EVERY))
}

/// Deletes a piece of rows with its proof.
async fn rows(house: &House, kind: KeptKind, until: Timestamp, at: Timestamp) -> Result<u64, Broken> {
    let mut work = house.storage.begin().await?;
    let count = work.retention().forget(kind, until, limits::JOB_ROWS).await?;
    if count > 0 {
        work.retention().prove(&proof(house, kind, count, until, at)).await?;
        work.commit().await?;
    }
    Ok(count)
}

/// Forgets who a piece of the finished students are, with its proof.
async fn students(house: &House, until: Timestamp, at: Timestamp) -> Result<u64, Broken> {
    let mut work = house.storage.begin().await?;
    let over = work.retention().over_students(until, limits::JOB_ROWS).await?;
    let mut rng = house.rng();
    for student in &over {
        let bare = house.vault.bare(student, &mut rng)?;
        work.retention().forget_student(&bare, at).await?;
    }
    let count = over.len() as u64;
    if count > 0 {
        work.retention().prove(&proof(house, KeptKind::FinishedStudents, count, until, at)).await?;
        work.commit().await?;
    }
    Ok(count)
}

/// Deletes a piece of sealed bytes, first the bytes and then the note with its proof: a server that stops between does
/// the same again.
async fn blobs(house: &House, kind: KeptKind, until: Timestamp, at: Timestamp) -> Result<u64, Broken> {
    let over = house.storage.read().await?.retention().over_blobs(kind, until, limits::JOB_ROWS).await?;
    if over.is_empty() {
        return Ok(0);
    }
    for OverBlob::Portrait(_, key) | OverBlob::Bundle(_, key) in &over {
        house.blobs.delete(key).await?;
    }
    let count = over.len() as u64;
    let mut work = house.storage.begin().await?;
    for over in &over {
        work.retention().note_forgotten(over, at).await?;
    }
    work.retention().prove(&proof(house, kind, count, until, at)).await?;
    work.commit().await?;
    Ok(count)
}

fn proof(house: &House, kind: KeptKind, count: u64, until: Timestamp, at: Timestamp) -> RetentionProof {
    // Any typed id gives a UUID of version 7; this one names a proof.
    let id = Uuid::from_bytes(*JobId::new(at, &mut house.rng()).as_bytes());
    RetentionProof { id, kind, count, until, at }
}
