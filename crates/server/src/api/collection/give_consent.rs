//! `POST /api/collections/{id}/consents`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_storage::Consent;
use gradshot_wire::collection::{Collection, GiveConsent};

use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::{consent, view};

faults! {
    /// Why a consent was not kept.
    GiveConsentFault { ConsentText, CollectionNotFound }
}

/// Gives one consent 授权 to the text that is current (`GET /api/consent-texts`). The same one again changes nothing.
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
    let current = consent::current();
    let text = current.of(purpose).filter(|_| current.version == text_version);
    let text_sha256 = text.ok_or(GiveConsentFault::ConsentText)?.sha256();
    let mut work = house.storage.begin().await?;
    let found = super::owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(GiveConsentFault::CollectionNotFound)?;
    let given = Consent { purpose, text_version, text_sha256, given_at: house.now(), withdrawn_at: None };
    work.consents().give(id, &given).await?;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}
