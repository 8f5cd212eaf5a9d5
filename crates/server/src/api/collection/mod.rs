//! A student's collections.

pub(super) mod book_studio;
mod cancel_ticket;
mod collection_events;
mod get_collection;
mod give_consent;
mod list_collections;
mod list_consents;
mod register_image_code;
mod withdraw_consent;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use gradshot_domain::CollectionId;
use gradshot_storage::{Collection, StorageError, UnitOfWork};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Student;
use crate::house::House;
use crate::limits;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    let register = OpenApiRouter::new()
        .routes(routes!(register_image_code::register_image_code))
        .layer(DefaultBodyLimit::max(limits::IMAGE_CODE_JSON_BYTES));
    OpenApiRouter::new()
        .routes(routes!(list_collections::list_collections))
        .routes(routes!(get_collection::get_collection))
        .routes(routes!(collection_events::collection_events))
        .routes(routes!(give_consent::give_consent))
        .routes(routes!(list_consents::list_consents))
        .routes(routes!(withdraw_consent::withdraw_consent))
        .routes(routes!(book_studio::book_studio))
        .routes(routes!(cancel_ticket::cancel_ticket))
        .merge(register)
}

/// The collection with this id, if it is the student's.
pub(super) async fn owned(
    work: &mut UnitOfWork,
    student: &Student,
    id: CollectionId,
) -> Result<Option<Collection>, StorageError> {
    let found = work.collections().find(id).await?;
    Ok(found.filter(|collection| collection.account == student.id))
}

/// The same, and nobody else changes it until the unit of work ends.
pub(super) async fn owned_and_locked(
    work: &mut UnitOfWork,
    student: &Student,
    id: CollectionId,
) -> Result<Option<Collection>, StorageError> {
    if work.collections().lock(id).await? { owned(work, student, id).await } else { Ok(None) }
}
