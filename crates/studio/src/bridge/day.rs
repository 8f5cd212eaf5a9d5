//! `GET /desk/day`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use gradshot_wire::Problem;
use gradshot_wire::desk::DayReport;

use super::Bridge;
use super::command::problem_response;

/// What this station did today.
#[utoipa::path(
    get,
    path = "/desk/day",
    operation_id = "deskDay",
    responses(
        (status = 200, description = "The day so far", body = DayReport),
        (status = 500, description = "The outbox cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn day_report(State(bridge): State<Bridge>) -> Response {
    match bridge.desk.day_report().await {
        Ok(report) => Json(report).into_response(),
        Err(problem) => problem_response(&problem),
    }
}
