//! `GET /readyz`

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_wire::operations::Readiness;

use crate::house::House;
use crate::limits;

/// Says whether the server can do its work: database and sealed bytes answer, and no job waits too long. Jobs that were
/// given up are counted, but keep nobody from working.
#[utoipa::path(
    get, path = "/readyz", tag = "operations",
    responses(
        (status = 200, description = "It can", body = Readiness),
        (status = 503, description = "It cannot", body = Readiness)
    )
)]
pub(crate) async fn readyz(State(house): State<Arc<House>>) -> (StatusCode, Json<Readiness>) {
    let readiness = look(&house).await;
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}

async fn look(house: &House) -> Readiness {
    let at = house.now();
    let standing = async { house.storage.read().await?.jobs().standing(at).await };
    let standing = tokio::time::timeout(limits::READINESS, standing).await.ok().and_then(Result::ok);
    let blobs = tokio::time::timeout(limits::READINESS, house.blobs.answer()).await;
    let late = standing
        .and_then(|standing| standing.due_since)
        .map_or(Duration::ZERO, |since| Duration::try_from(at.duration_since(since)).unwrap_or_default());
    let (database, blobs) = (standing.is_some(), matches!(blobs, Ok(Ok(()))));
    Readiness {
        ready: database && blobs && late <= limits::JOBS_LATE,
        database,
        blobs,
        jobs_late_seconds: u32::try_from(late.as_secs()).unwrap_or(u32::MAX),
        jobs_dead: standing.map_or(0, |standing| standing.dead),
    }
}
