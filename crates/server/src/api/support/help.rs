//! `GET /api/support`

use std::sync::LazyLock;

use axum::Json;
use gradshot_wire::support::SupportInfo;

use crate::problem::faults;

faults! {
    /// Why no help was shown.
    SupportInfoFault {}
}

static HELP: LazyLock<SupportInfo> = LazyLock::new(|| {
    serde_json::from_str(include_str!("help.json")).expect("the help beside this file is well-formed")
});

/// Support's phone number, when somebody answers it, and common questions.
#[utoipa::path(
    get, path = "/api/support", tag = "support",
    responses((status = 200, description = "How to get help", body = SupportInfo), SupportInfoFault)
)]
pub(crate) async fn get_support_info() -> Result<Json<SupportInfo>, SupportInfoFault> {
    Ok(Json(HELP.clone()))
}
