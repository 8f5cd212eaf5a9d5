//! `GET /desk/shots/{shot}/shot.jpg`, `/desk/shots/{shot}/portrait.jpg` and `/desk/shots/{shot}/sheet.jpg`

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
    shot.and_then(|shot| desk.picture(shot, kind)).ok_or_else(gone)
}

/// The print sheet of the portrait that was accepted last, for every host of the desk.
pub async fn sheet(desk: &Desk, shot: &str) -> Result<Frame, Problem> {
    match shot.parse() {
        Ok(shot) => desk.sheet(shot).await,
        Err(_) => Err(gone()),
    }
}

fn gone() -> Problem {
    Problem::new(404, "shot.gone", "这张照片已清除", "This picture has been cleared away")
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

/// The portrait laid out on photo paper, while it can be printed.
#[utoipa::path(
    get,
    path = "/desk/shots/{shot}/sheet.jpg",
    operation_id = "deskSheet",
    params(("shot" = ShotId, Path, description = "Which")),
    responses(
        (status = 200, description = "The sheet, 300 dots an inch", content_type = "image/jpeg"),
        (status = 404, description = "Cleared away", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It does not fit the paper", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sheet_picture(State(bridge): State<Bridge>, Path(shot): Path<String>) -> Response {
    answer_with(sheet(&bridge.desk, &shot).await)
}

fn answer(bridge: &Bridge, shot: &str, kind: PictureKind) -> Response {
    answer_with(picture(&bridge.desk, shot, kind))
}

fn answer_with(picture: Result<Frame, Problem>) -> Response {
    match picture {
        Ok(bytes) => {
            let media_type = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
            let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")];
            (headers, bytes.to_vec()).into_response()
        }
        Err(problem) => problem_response(&problem),
    }
}
