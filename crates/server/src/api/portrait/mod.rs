//! A student's portrait: looking at it and deciding.

mod confirm;
mod object;
mod picture;
mod withdraw;

use std::sync::Arc;

use gradshot_domain::PortraitId;
use gradshot_storage::{Collection, StorageError, StoredPortrait, UnitOfWork};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::collection::owned_and_locked;
use crate::caller::Student;
use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(picture::portrait_picture))
        .routes(routes!(confirm::confirm_portrait))
        .routes(routes!(object::object_to_portrait))
        .routes(routes!(withdraw::withdraw_portrait))
        .routes(routes!(withdraw::withdraw_for_student))
}

/// The student's portrait with its collection, which nobody else changes until the unit of work ends.
async fn owned(
    work: &mut UnitOfWork,
    student: &Student,
    id: PortraitId,
) -> Result<Option<(Collection, StoredPortrait)>, StorageError> {
    let Some(stored) = work.portraits().find(id).await? else { return Ok(None) };
    let Some(collection) = owned_and_locked(work, student, stored.collection).await? else { return Ok(None) };
    // Read again now that nobody else changes it.
    Ok(work.portraits().find(id).await?.map(|stored| (collection, stored)))
}
