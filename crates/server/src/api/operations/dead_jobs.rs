//! `GET /api/admin/jobs/dead`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::operations::{DeadJob, DeadJobs};

use crate::caller::Admin;
use crate::house::House;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why no jobs were listed.
    DeadJobsFault {}
}

/// The jobs that failed too often and were given up, the newest first, at most 200.
#[utoipa::path(
    get, path = "/api/admin/jobs/dead", tag = "operations", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The jobs", body = DeadJobs), DeadJobsFault)
)]
pub(crate) async fn dead_jobs(
    State(house): State<Arc<House>>,
    _: Admin,
) -> Result<Json<DeadJobs>, DeadJobsFault> {
    let jobs = house.storage.read().await?.jobs().dead(limits::DEAD_JOBS).await?;
    let jobs = jobs.into_iter().map(|job| DeadJob {
        id: job.id,
        kind: job.kind,
        subject: job.subject,
        failure: job.failure,
        attempts: job.attempts,
        created_at: job.created_at,
        dead_at: job.dead_at,
    });
    Ok(Json(DeadJobs { jobs: jobs.collect() }))
}
