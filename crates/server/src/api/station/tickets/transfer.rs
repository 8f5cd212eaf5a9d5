//! `POST /api/station/tickets/{id}/transfer` and `POST /api/station/tickets/{id}/priority`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::TicketId;
use gradshot_wire::queue::{QueueEntry, SetPriority, TransferTicket};

use super::{TicketFault, finish, todays};
use crate::caller::Station;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;

faults! {
    /// Why a ticket stayed where it is.
    TransferTicketFault { TicketNotFound, TicketOtherDay, TicketNotNow, StationNotFound }
}

/// Hands somebody who was called here to another station of the same studio, which has called them from now on.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/transfer", tag = "stations", params(("id" = TicketId, Path)),
    request_body = TransferTicket, security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TransferTicketFault)
)]
pub(crate) async fn transfer_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
    Body(TransferTicket { station: to }): Body<TransferTicket>,
) -> Result<Json<QueueEntry>, TransferTicketFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut queued = todays(&mut work, &station, id, at).await?;
    let other = work.stations().find(to).await?.filter(|other| other.studio == station.studio);
    let other = other.ok_or(TransferTicketFault::StationNotFound)?;
    let handed = queued.ticket.hand_to(station.id, other.id, at);
    queued.ticket = handed.map_err(|_| TransferTicketFault::TicketNotNow)?;
    work.tickets().save(&mut queued).await?;
    Ok(Json(finish(&house, work, &queued).await?))
}

impl From<TicketFault> for TransferTicketFault {
    fn from(fault: TicketFault) -> Self {
        match fault {
            TicketFault::TicketNotFound => Self::TicketNotFound,
            TicketFault::TicketOtherDay => Self::TicketOtherDay,
            TicketFault::TicketNotNow => Self::TicketNotNow,
            TicketFault::Broken(broken) => Self::Broken(broken),
        }
    }
}

/// Lets somebody who waits go ahead of the others, or not any more.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/priority", tag = "stations", params(("id" = TicketId, Path)),
    request_body = SetPriority, security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TicketFault)
)]
pub(crate) async fn prioritize_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
    Body(SetPriority { priority }): Body<SetPriority>,
) -> Result<Json<QueueEntry>, TicketFault> {
    super::change(&house, &station, id, |ticket, _| ticket.prioritize(priority)).await
}
