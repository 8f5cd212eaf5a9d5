//! `GET`, `POST /api/admin/retention` and `GET /api/admin/retention/proofs`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::KeptKind;
use gradshot_wire::retention::{
    RetentionOfKind, RetentionProof, RetentionProofsPage, RetentionTable, SetRetention,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InQuery};
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why nothing was shown.
    GetRetentionFault {}
}
faults! {
    /// Why the days stayed.
    SetRetentionFault { RetentionDays }
}

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct Before {
    /// `next` of the page before.
    before: Option<Uuid>,
}

/// How long each kind of personal data is kept, and why: for everybody, since the law wants it told (个人信息保护法 art. 17).
#[utoipa::path(
    get, path = "/api/retention", tag = "operations",
    responses((status = 200, description = "The table", body = RetentionTable), GetRetentionFault)
)]
pub(crate) async fn get_retention(
    State(house): State<Arc<House>>,
) -> Result<Json<RetentionTable>, GetRetentionFault> {
    let mut work = house.storage.read().await?;
    let mut kinds = Vec::with_capacity(KeptKind::ALL.len());
    for kind in KeptKind::ALL {
        let retention = kind.retention();
        let set = work.retention().days(kind).await?.filter(|days| retention.allows(*days));
        kinds.push(RetentionOfKind {
            kind,
            days: set.unwrap_or(retention.days),
            min_days: retention.min_days,
            max_days: retention.max_days,
            zh_why: retention.zh_why.to_owned(),
            en_why: retention.en_why.to_owned(),
        });
    }
    Ok(Json(RetentionTable { kinds }))
}

/// Sets how long a kind is kept, within its limits.
#[utoipa::path(
    post, path = "/api/admin/retention", tag = "operations", request_body = SetRetention,
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Set"), SetRetentionFault)
)]
pub(crate) async fn set_retention(
    State(house): State<Arc<House>>,
    _: Admin,
    Body(SetRetention { kind, days }): Body<SetRetention>,
) -> Result<StatusCode, SetRetentionFault> {
    if !kind.retention().allows(days) {
        return Err(SetRetentionFault::RetentionDays);
    }
    let mut work = house.storage.begin().await?;
    work.retention().set_days(kind, days).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was deleted in time: counts, no person.
#[utoipa::path(
    get, path = "/api/admin/retention/proofs", tag = "operations", params(("before" = Option<String>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = RetentionProofsPage), GetRetentionFault)
)]
pub(crate) async fn list_retention_proofs(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(Before { before }): InQuery<Before>,
) -> Result<Json<RetentionProofsPage>, GetRetentionFault> {
    let mut work = house.storage.read().await?;
    let found = work.retention().proofs(before, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|proof| proof.id.to_string()).filter(|_| is_full);
    let proofs = found.into_iter().map(|proof| RetentionProof {
        id: proof.id.to_string(),
        kind: proof.kind,
        count: proof.count,
        until: proof.until,
        at: proof.at,
    });
    Ok(Json(RetentionProofsPage { proofs: proofs.collect(), next }))
}
