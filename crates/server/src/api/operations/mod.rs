//! Running the server: whether it is well, and work that waits for a person.

mod audit_log;
mod dead_jobs;
mod healthz;
mod metrics;
mod readyz;
mod retention;
mod retry_job;
mod verify_audit;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(healthz::healthz))
        .routes(routes!(readyz::readyz))
        .routes(routes!(metrics::metrics))
        .routes(routes!(dead_jobs::dead_jobs))
        .routes(routes!(retry_job::retry_job))
        .routes(routes!(retention::get_retention))
        .routes(routes!(retention::set_retention))
        .routes(routes!(retention::list_retention_proofs))
        .routes(routes!(audit_log::audit_log))
        .routes(routes!(verify_audit::verify_audit))
}
