//! `POST /api/collections/{id}/cancel-ticket`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{BusinessDay, CollectionId};
use gradshot_wire::collection::Collection;

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a place in line was kept.
    CancelTicketFault { CollectionNotFound, TicketNotFound, TicketNotNow }
}

/// Gives up today's place in line; another one can be taken later.
#[utoipa::path(
    post, path = "/api/collections/{id}/cancel-ticket", tag = "collections", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), CancelTicketFault)
)]
pub(crate) async fn cancel_ticket(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<Json<Collection>, CancelTicketFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = super::owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(CancelTicketFault::CollectionNotFound)?;
    let queued = work.tickets().newest(id).await?;
    let queued = queued.filter(|queued| queued.ticket.business_day == BusinessDay::of(at));
    let mut queued = queued.ok_or(CancelTicketFault::TicketNotFound)?;
    queued.ticket = queued.ticket.cancel(at).map_err(|_| CancelTicketFault::TicketNotNow)?;
    work.tickets().save(&mut queued).await?;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id), Topic::Studio(queued.studio)]);
    Ok(Json(shown))
}
