//! `POST /api/collections/{id}/consents/withdraw`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_wire::collection::Collection;
use gradshot_wire::consent::WithdrawConsent;

use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a consent was not taken back.
    WithdrawConsentFault { CollectionNotFound }
}

/// Takes a consent back. From then on the steps that need it are not taken; what was done before stays done.
#[utoipa::path(
    post, path = "/api/collections/{id}/consents/withdraw", tag = "collections",
    params(("id" = CollectionId, Path)), request_body = WithdrawConsent,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), WithdrawConsentFault)
)]
pub(crate) async fn withdraw_consent(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    Body(WithdrawConsent { purpose }): Body<WithdrawConsent>,
) -> Result<Json<Collection>, WithdrawConsentFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(WithdrawConsentFault::CollectionNotFound)?;
    work.consents().withdraw(id, purpose, house.now()).await?;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}
