//! `GET /desk/day`

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use gradshot_domain::BusinessDay;
use gradshot_station::desk::Desk;
use gradshot_wire::Problem;
use gradshot_wire::desk::DayReport;
use serde::Deserialize;

use super::Bridge;
use super::command::problem_response;

/// What this station did on a day, or does today, for every host of the desk.
pub async fn day_report(desk: &Desk, day: Option<&str>) -> Result<DayReport, Problem> {
    let day = day.map(str::parse::<BusinessDay>).transpose().map_err(|_| {
        Problem::new(400, "desk.day", "日期要写成 2026-05-18 这样", "A day is written like 2026-05-18")
    })?;
    desk.day_report(day).await
}

/// Which day.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    day: Option<String>,
}

/// What this station did on a day.
#[utoipa::path(
    get,
    path = "/desk/day",
    operation_id = "deskDay",
    params(("day" = Option<String>, Query, description = "Like 2026-05-18; today when it is not given")),
    responses(
        (status = 200, description = "The day so far", body = DayReport),
        (status = 400, description = "Not a day", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "The outbox cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn desk_day(State(bridge): State<Bridge>, Query(choice): Query<Choice>) -> Response {
    match day_report(&bridge.desk, choice.day.as_deref()).await {
        Ok(report) => Json(report).into_response(),
        Err(problem) => problem_response(&problem),
    }
}
