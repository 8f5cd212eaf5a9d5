//! `POST /api/studios/{code}/check-in`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{
    BusinessDay, PaymentTime, PortraitState, Priority, StudioId, Ticket, TicketId, TicketState,
};
use gradshot_storage::{QueuedTicket, StorageError, UnitOfWork};
use gradshot_wire::collection::Collection;
use gradshot_wire::ticket::CheckIn;
use jiff::Timestamp;

use super::StudioCode;
use crate::api::collection::owned_and_locked;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::view::{self, Standing};

faults! {
    /// Why nobody joined the queue.
    CheckInFault {
        StudioNotFound, CollectionNotFound, ConsentMissing, NotBookedHere, OrderUnpaid, AlreadySubmitted, DecideFirst,
        PortraitOnItsWay, QueueFull,
    }
}

/// Joins the queue of the studio whose code was scanned. Again on the same day gives the same open ticket.
#[utoipa::path(
    post, path = "/api/studios/{code}/check-in", tag = "studios", request_body = CheckIn,
    params(("code" = String, Path, example = "SFZX")), security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection with its ticket", body = Collection), CheckInFault)
)]
pub(crate) async fn check_in(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(code): InPath<StudioCode>,
    Body(CheckIn { collection: id }): Body<CheckIn>,
) -> Result<Json<Collection>, CheckInFault> {
    let mut work = house.storage.begin().await?;
    let studio = work.studios().find_by_code(code.as_str()).await?.ok_or(CheckInFault::StudioNotFound)?;
    let found = owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(CheckInFault::CollectionNotFound)?;
    let at = house.now();
    let standing = Standing::load(&mut work, collection, at).await?;
    may_join(&standing, studio.id)?;
    if !standing.ticket.as_ref().is_some_and(|queued| queued.ticket.state.is_open()) {
        expire_old_ticket(&mut work, &standing, at).await?;
        join(&house, &mut work, &standing, studio.id, at).await?;
    }
    let shown = view::collection(&house, &mut work, standing.collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id), Topic::Studio(studio.id)]);
    Ok(Json(shown))
}

fn may_join(standing: &Standing, studio: StudioId) -> Result<(), CheckInFault> {
    let newest = standing.newest_portrait();
    if !standing.has_consented() {
        return Err(CheckInFault::ConsentMissing);
    }
    if standing.collection.booked.is_none_or(|(booked, _)| booked != studio) {
        return Err(CheckInFault::NotBookedHere);
    }
    if standing.campaign.policy.payment == PaymentTime::BeforeCapture && !standing.is_paid() {
        return Err(CheckInFault::OrderUnpaid);
    }
    if standing.is_submitted() {
        return Err(CheckInFault::AlreadySubmitted);
    }
    if newest.is_some_and(|stored| matches!(stored.portrait.state, PortraitState::Stored { .. })) {
        return Err(CheckInFault::DecideFirst);
    }
    match &standing.ticket {
        Some(queued)
            if matches!(queued.ticket.state, TicketState::Served { .. })
                && newest.is_none_or(|stored| stored.source.ticket() != Some(queued.id)) =>
        {
            Err(CheckInFault::PortraitOnItsWay)
        }
        _ => Ok(()),
    }
}

/// A ticket of an earlier day that was left open is over.
async fn expire_old_ticket(
    work: &mut UnitOfWork,
    standing: &Standing,
    at: Timestamp,
) -> Result<(), StorageError> {
    if let Some(mut queued) = work.tickets().newest(standing.collection.id).await?
        && let Ok(expired) = queued.ticket.clone().expire(at)
    {
        queued.ticket = expired;
        work.tickets().save(&mut queued).await?;
    }
    Ok(())
}

async fn join(
    house: &House,
    work: &mut UnitOfWork,
    standing: &Standing,
    studio: StudioId,
    at: Timestamp,
) -> Result<(), CheckInFault> {
    let next = work.tickets().next_number(studio, BusinessDay::of(at), at).await?;
    let (number, place) = next.ok_or(CheckInFault::QueueFull)?;
    // Somebody who has to come again for no fault of the own goes first.
    let again = standing.newest_portrait().is_some_and(|stored| {
        matches!(stored.portrait.state, PortraitState::Rejected { .. } | PortraitState::Refused { .. })
    });
    let priority = if again { Priority::Ahead } else { Priority::Normal };
    let ticket = Ticket::join(number, place, priority, at);
    let id = TicketId::new(at, &mut house.rng());
    Ok(work.tickets().add(&QueuedTicket::new(id, studio, standing.collection.id, ticket)).await?)
}
