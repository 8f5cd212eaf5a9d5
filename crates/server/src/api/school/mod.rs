//! What a school's clerks do: their campaigns, and students who ask to be added.

mod accept;
mod decline;
mod list_requests;
mod school_campaigns;

use std::sync::Arc;

use gradshot_domain::RosterRequestId;
use gradshot_storage::{KeptRosterRequest, StorageError, UnitOfWork};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Clerk;
use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(school_campaigns::list_school_campaigns))
        .routes(routes!(list_requests::list_school_requests))
        .routes(routes!(accept::accept_roster_request))
        .routes(routes!(decline::decline_roster_request))
}

/// The request with this id, if it is to one of the clerk's schools.
async fn of_school(
    work: &mut UnitOfWork,
    clerk: &Clerk,
    id: RosterRequestId,
) -> Result<Option<KeptRosterRequest>, StorageError> {
    let found = work.roster_requests().find(id).await?;
    Ok(found.filter(|kept| clerk.is_of(kept.school)))
}
