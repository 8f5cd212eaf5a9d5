//! `DELETE /api/shots/{id}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::ShotId;

use crate::api::tus::Tus;
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::faults;

faults! {
    /// Why a shot was not dropped.
    DropShotFault { ShotNotFound, ShotGone }
}

/// Takes a shot back that did not become a portrait yet (tus 1.0.0, termination); its pixels go.
#[utoipa::path(
    delete, path = "/api/shots/{id}", tag = "shots",
    params(("id" = ShotId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Its pixels are gone"), DropShotFault)
)]
pub(crate) async fn drop_shot(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<ShotId>,
    _tus: Tus,
) -> Result<StatusCode, DropShotFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned(&mut work, &student, id).await?;
    let mut kept = found.ok_or(DropShotFault::ShotNotFound)?;
    kept.shot = kept.shot.drop_it(house.now()).map_err(|_| DropShotFault::ShotGone)?;
    let pieces = work.shots().save(&mut kept).await?;
    work.commit().await?;
    house.delete_pieces(&pieces).await;
    house.hub.tell(&[Topic::Collection(kept.collection)]);
    Ok(StatusCode::NO_CONTENT)
}
