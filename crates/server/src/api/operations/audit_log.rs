//! `GET /api/admin/audit`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::operations::{AuditEntry, AuditLog, AuditPage};

use crate::caller::Admin;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why the audit log was not shown.
    AuditLogFault { QueryMalformed }
}

/// Who changed what, the newest first, at most 100; `before` goes on from the last number of the piece before.
#[utoipa::path(
    get, path = "/api/admin/audit", tag = "operations", params(AuditPage),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The entries", body = AuditLog), AuditLogFault)
)]
pub(crate) async fn audit_log(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(page): InQuery<AuditPage>,
) -> Result<Json<AuditLog>, AuditLogFault> {
    if page.before == Some(0) {
        return Err(AuditLogFault::QueryMalformed);
    }
    let entries = house.storage.read().await?.audit().newest(page.before, limits::AUDIT_ENTRIES).await?;
    let entries = entries.into_iter().map(|entry| AuditEntry {
        number: entry.number,
        at: entry.at,
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        hash: entry.hash,
    });
    Ok(Json(AuditLog { entries: entries.collect() }))
}
