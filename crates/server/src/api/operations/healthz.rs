//! `GET /healthz`

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the server answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Says that the server answers.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "It answers", body = Health)))]
pub(crate) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}
