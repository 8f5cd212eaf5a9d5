//! Running the server: whether it is well, and work that waits for a person.

mod dead_jobs;
mod healthz;
mod readyz;
mod retry_job;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(healthz::healthz))
        .routes(routes!(readyz::readyz))
        .routes(routes!(dead_jobs::dead_jobs))
        .routes(routes!(retry_job::retry_job))
}
