//! What a station does with tickets: each verb is an endpoint, and the domain says whether it may be done now.

mod arrive;
mod call;
mod call_next;
mod come_back;
mod serve;
mod skip;
mod studio_transfer;
mod transfer;

use std::sync::Arc;

use axum::Json;
use gradshot_domain::{BusinessDay, InvalidTransition, Ticket, TicketId};
use gradshot_storage::{QueuedTicket, StorageError, UnitOfWork};
use gradshot_wire::queue::QueueEntry;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Station;
use crate::house::House;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why a ticket was left as it is.
    TicketFault { TicketNotFound, TicketOtherDay, TicketNotNow }
}

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(call_next::call_next))
        .routes(routes!(call::call_ticket))
        .routes(routes!(arrive::arrive_ticket))
        .routes(routes!(skip::skip_ticket))
        .routes(routes!(transfer::transfer_ticket))
        .routes(routes!(studio_transfer::other_studios))
        .routes(routes!(studio_transfer::transfer_to_studio))
        .routes(routes!(transfer::prioritize_ticket))
        .routes(routes!(serve::serve_ticket))
        .routes(routes!(come_back::bring_back_ticket))
}

/// Today's ticket of the station's studio.
async fn todays(
    work: &mut UnitOfWork,
    station: &Station,
    id: TicketId,
    at: Timestamp,
) -> Result<QueuedTicket, TicketFault> {
    let found = work.tickets().find(id).await?;
    let queued = found.filter(|queued| queued.studio == station.studio).ok_or(TicketFault::TicketNotFound)?;
    if queued.ticket.business_day == BusinessDay::of(at) {
        Ok(queued)
    } else {
        Err(TicketFault::TicketOtherDay)
    }
}

/// Does one verb to today's ticket, and tells everybody.
async fn change(
    house: &House,
    station: &Station,
    id: TicketId,
    verb: impl FnOnce(Ticket, Timestamp) -> Result<Ticket, InvalidTransition>,
) -> Result<Json<QueueEntry>, TicketFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut queued = todays(&mut work, station, id, at).await?;
    queued.ticket = verb(queued.ticket, at).map_err(|_| TicketFault::TicketNotNow)?;
    work.tickets().save(&mut queued).await?;
    Ok(Json(finish(house, work, &queued).await?))
}

/// Keeps the change and tells everybody. Gives the entry that the station sees.
async fn finish(house: &House, mut work: UnitOfWork, queued: &QueuedTicket) -> Result<QueueEntry, Broken> {
    let in_line = work.tickets().find_in_line(queued.id).await?;
    let in_line = in_line.ok_or(Broken::Storage(StorageError::Stale { table: "tickets" }))?;
    let entry = view::entry(&house.vault, &in_line)?;
    work.commit().await?;
    house.hub.tell(&[Topic::Studio(queued.studio), Topic::Collection(queued.collection)]);
    Ok(entry)
}
