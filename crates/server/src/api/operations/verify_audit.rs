//! `GET /api/admin/audit/verification`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::operations::AuditVerification;

use crate::caller::Admin;
use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why the audit log was not verified.
    VerifyAuditFault {}
}

/// Goes through the whole audit log and says whether an entry is missing, was changed, or stands in another's place.
#[utoipa::path(
    get, path = "/api/admin/audit/verification", tag = "operations",
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "What was found", body = AuditVerification), VerifyAuditFault)
)]
pub(crate) async fn verify_audit(
    State(house): State<Arc<House>>,
    _: Admin,
) -> Result<Json<AuditVerification>, VerifyAuditFault> {
    let proof = house.storage.read().await?.audit().verify().await?;
    Ok(Json(AuditVerification {
        whole: proof.flaw.is_none(),
        entries: proof.entries,
        head: proof.head,
        flaw: proof.flaw.map(|flaw| flaw.to_string()),
    }))
}
