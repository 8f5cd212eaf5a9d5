//! `GET /desk/shots/{shot}/shot.jpg` and `/desk/shots/{shot}/portrait.jpg`

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use gradshot_domain::ShotId;
use gradshot_station::desk::{Desk, Frame, PictureKind};
use gradshot_wire::Problem;

use super::Bridge;
use super::command::problem_response;

/// A picture of the student at the station, for every host of the desk.
pub fn picture(desk: &Desk, shot: &str, kind: PictureKind) -> Result<Frame, Problem> {
    let shot: Option<ShotId> = shot.parse().ok();
    shot.and_then(|shot| desk.picture(shot, kind))
        .ok_or_else(|| Problem::new(404, "shot.gone", "这张照片已清除", "This picture has been cleared away"))
}

/// What the camera gave.
#[utoipa::path(
    get,
    path = "/desk/shots/{shot}/shot.jpg",
    operation_id = "deskShotPicture",
    params(("shot" = ShotId, Path, description = "Which")),
    responses(
        (status = 200, description = "The shot as the camera gave it", content_type = "image/jpeg"),
        (status = 404, description = "Cleared away", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn shot_picture(State(bridge): State<Bridge>, Path(shot): Path<String>) -> Response {
    answer(&bridge, &shot, PictureKind::Shot)
}

/// What was made of it.
#[utoipa::path(
    get,
    path = "/desk/shots/{shot}/portrait.jpg",
    operation_id = "deskPortraitPicture",
    params(("shot" = ShotId, Path, description = "Which")),
    responses(
        (status = 200, description = "The portrait", content_type = "image/jpeg"),
        (status = 404, description = "Cleared away", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn portrait_picture(State(bridge): State<Bridge>, Path(shot): Path<String>) -> Response {
    answer(&bridge, &shot, PictureKind::Portrait)
}

fn answer(bridge: &Bridge, shot: &str, kind: PictureKind) -> Response {
    match picture(&bridge.desk, shot, kind) {
        Ok(bytes) => {
            let media_type = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
            let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")];
            (headers, bytes.to_vec()).into_response()
        }
        Err(problem) => problem_response(&problem),
    }
}
