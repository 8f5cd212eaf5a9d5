//! `POST /desk/command`

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use gradshot_wire::Problem;
use gradshot_wire::desk::{DeskCommand, DeskState};

use super::Bridge;

/// Does what the operator wants and answers with the state after it.
#[utoipa::path(
    post,
    path = "/desk/command",
    operation_id = "deskCommand",
    request_body = DeskCommand,
    responses(
        (status = 200, description = "The state after the command", body = DeskState),
        (status = 401, description = "Without the token", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The station has stopped", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn command(State(bridge): State<Bridge>, Json(command): Json<DeskCommand>) -> Response {
    match bridge.desk.command(command).await {
        Ok(state) => Json(&*state).into_response(),
        Err(problem) => problem_response(&problem),
    }
}

pub(super) fn problem_response(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = Body::from(serde_json::to_vec(problem).unwrap_or_default());
    (status, [(header::CONTENT_TYPE, Problem::MEDIA_TYPE)], body).into_response()
}
