//! `GET /api/photo-rules`

use axum::Json;
use gradshot_wire::phone::PhotoRules;

use crate::problem::faults;

faults! {
    /// Why the photo rules were not shown.
    PhotoRulesFault {}
}

/// The photo rules 拍摄须知 that are to be read before a photo is taken with a phone.
#[utoipa::path(
    get, path = "/api/photo-rules", tag = "collections",
    responses((status = 200, description = "The rules", body = PhotoRules), PhotoRulesFault)
)]
pub(crate) async fn photo_rules() -> Result<Json<PhotoRules>, PhotoRulesFault> {
    Ok(Json(crate::photo_rules::current().clone()))
}
