//! `POST /api/collections/{id}/consents`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_wire::collection::{Collection, GiveConsent};

use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a consent was not kept.
    GiveConsentFault { ConsentText, CollectionNotFound }
}

/// Gives one consent 授权. The same one again changes nothing.
#[utoipa::path(
    post, path = "/api/collections/{id}/consents", tag = "collections", params(("id" = CollectionId, Path)),
    request_body = GiveConsent, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), GiveConsentFault)
)]
pub(crate) async fn give_consent(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    Body(GiveConsent { purpose, text_version }): Body<GiveConsent>,
) -> Result<Json<Collection>, GiveConsentFault> {
    if !is_text_version(&text_version) {
        return Err(GiveConsentFault::ConsentText);
    }
    let mut work = house.storage.begin().await?;
    let found = super::owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(GiveConsentFault::CollectionNotFound)?;
    work.collections().consent(id, purpose, &text_version, house.now()).await?;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}

/// 1 to 20 letters, digits, dots or hyphens.
fn is_text_version(text: &str) -> bool {
    (1..=20).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}
