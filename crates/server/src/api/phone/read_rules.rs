//! `POST /api/collections/{id}/photo-rules`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_wire::collection::Collection;
use gradshot_wire::phone::ReadPhotoRules;

use crate::api::collection::owned_and_locked;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::{photo_rules, view};

faults! {
    /// Why it was not noted that the photo rules were read.
    ReadPhotoRulesFault { CollectionNotFound, RulesVersion }
}

/// Notes that the photo rules were read, in their current version.
#[utoipa::path(
    post, path = "/api/collections/{id}/photo-rules", tag = "collections", params(("id" = CollectionId, Path)),
    request_body = ReadPhotoRules, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), ReadPhotoRulesFault)
)]
pub(crate) async fn read_photo_rules(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    Body(read): Body<ReadPhotoRules>,
) -> Result<Json<Collection>, ReadPhotoRulesFault> {
    if read.version != photo_rules::current().version {
        return Err(ReadPhotoRulesFault::RulesVersion);
    }
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = owned_and_locked(&mut work, &student, id).await?;
    let mut collection = found.ok_or(ReadPhotoRulesFault::CollectionNotFound)?;
    // The first reading of a version is the one that counts.
    if collection.rules_read.as_ref().is_none_or(|(version, _)| *version != read.version) {
        work.collections().read_rules(id, &read.version, at).await?;
        collection.rules_read = Some((read.version, at));
    }
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}
