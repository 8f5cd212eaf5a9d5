//! `GET /openapi.json`

use std::sync::LazyLock;

use axum::Json;
use utoipa::openapi::OpenApi;

static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(crate::openapi);

/// Describes this API.
#[utoipa::path(
    get, path = "/openapi.json", tag = "operations",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value))
)]
pub(crate) async fn openapi_json() -> Json<&'static OpenApi> {
    Json(&DOCUMENT)
}
