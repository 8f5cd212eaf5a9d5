//! `HEAD /api/shots/{id}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use gradshot_domain::{ShotId, ShotState};

use crate::api::collection::owned;
use crate::api::tus::{LENGTH, OFFSET, Tus};
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why it was not said where to go on.
    ShotOffsetFault { ShotNotFound, ShotGone }
}

/// Says where to go on (tus 1.0.0): `Upload-Offset` of `Upload-Length`.
#[utoipa::path(
    head, path = "/api/shots/{id}", tag = "shots",
    params(("id" = ShotId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "`Upload-Offset` of `Upload-Length`"), ShotOffsetFault)
)]
pub(crate) async fn shot_offset(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<ShotId>,
    _tus: Tus,
) -> Result<(StatusCode, [(HeaderName, String); 3]), ShotOffsetFault> {
    let mut work = house.storage.read().await?;
    let kept = work.shots().find(id).await?.ok_or(ShotOffsetFault::ShotNotFound)?;
    owned(&mut work, &student, kept.collection).await?.ok_or(ShotOffsetFault::ShotNotFound)?;
    match kept.shot.state {
        ShotState::Dropped { .. } => return Err(ShotOffsetFault::ShotGone),
        ShotState::Uploading { until, .. } if until <= house.now() => return Err(ShotOffsetFault::ShotGone),
        _ => {}
    }
    let headers = [
        (OFFSET, kept.shot.received_bytes().to_string()),
        (LENGTH, kept.shot.total_bytes.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::OK, headers))
}
