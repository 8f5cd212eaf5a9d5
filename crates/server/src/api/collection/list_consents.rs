//! `GET /api/collections/{id}/consents`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_wire::consent::{ConsentRecord, ConsentRecords};

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why consents were not listed.
    ListConsentsFault { CollectionNotFound }
}

const RECORDS: u32 = 100;

/// All consents that were given for this collection, and when they were taken back.
#[utoipa::path(
    get, path = "/api/collections/{id}/consents", tag = "collections", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The consents", body = ConsentRecords), ListConsentsFault)
)]
pub(crate) async fn list_consents(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<Json<ConsentRecords>, ListConsentsFault> {
    let mut work = house.storage.read().await?;
    super::owned(&mut work, &student, id).await?.ok_or(ListConsentsFault::CollectionNotFound)?;
    let records = work.consents().records(id, RECORDS).await?;
    let records = records.into_iter().map(|record| ConsentRecord {
        purpose: record.purpose,
        text_version: record.text_version,
        text_sha256: record.text_sha256,
        given_at: record.given_at,
        withdrawn_at: record.withdrawn_at,
    });
    Ok(Json(ConsentRecords { records: records.collect() }))
}
