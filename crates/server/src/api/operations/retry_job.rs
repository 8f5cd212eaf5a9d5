//! `POST /api/admin/jobs/{id}/retry`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::JobId;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a job was left as it is.
    RetryJobFault { JobNotFound }
}

/// Gives a job that was given up another chance, at once.
#[utoipa::path(
    post, path = "/api/admin/jobs/{id}/retry", tag = "operations", params(("id" = JobId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "It is due again"), RetryJobFault)
)]
pub(crate) async fn retry_job(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<JobId>,
) -> Result<StatusCode, RetryJobFault> {
    let mut work = house.storage.begin().await?;
    if !work.jobs().revive(id, house.now()).await? {
        return Err(RetryJobFault::JobNotFound);
    }
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
