//! `POST /api/station/tickets/{id}/studio-transfer`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::TicketId;
use gradshot_storage::QueuedTicket;
use gradshot_wire::queue::{TransferToStudio, TransferredTicket};

use super::{TicketFault, todays};
use crate::caller::Station;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;

faults! {
    /// Why a student stayed in this studio's queue.
    TransferToStudioFault { TicketNotFound, TicketOtherDay, TicketNotNow, StudioNotFound, QueueFull }
}
use TransferToStudioFault as Fault;

/// Sends somebody to another studio for today: a ticket of its own there, in the place that the time waited so far gives.
/// Who stands at another station is not sent. What is booked and paid stays as it is.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/studio-transfer", tag = "stations", params(("id" = TicketId, Path)),
    request_body = TransferToStudio, security(("station" = [])),
    responses((status = 200, description = "The ticket there", body = TransferredTicket), TransferToStudioFault)
)]
pub(crate) async fn transfer_to_studio(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
    Body(TransferToStudio { studio }): Body<TransferToStudio>,
) -> Result<Json<TransferredTicket>, Fault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = todays(&mut work, &station, id, at).await?;
    // Nobody checks in, cancels or objects meanwhile.
    work.collections().lock(found.collection).await?;
    let mut queued = todays(&mut work, &station, id, at).await?;
    let is_elsewhere = queued.ticket.state.station().is_some_and(|holder| holder != station.id);
    if is_elsewhere || !queued.ticket.state.is_open() {
        return Err(Fault::TicketNotNow);
    }
    let other = work.studios().find(studio).await?.filter(|other| other.id != station.studio);
    let other = other.ok_or(Fault::StudioNotFound)?;
    let next = work.tickets().next_number(other.id, queued.ticket.business_day, at).await?;
    let (number, _) = next.ok_or(Fault::QueueFull)?;
    let moved = queued.ticket.move_to(number, at);
    let (left, joined) = moved.map_err(|_| Fault::TicketNotNow)?;
    queued.ticket = left;
    work.tickets().save(&mut queued).await?;
    let new = QueuedTicket::new(TicketId::new(at, &mut house.rng()), other.id, queued.collection, joined);
    work.tickets().add(&new).await?;
    work.commit().await?;
    house.hub.tell(&[
        Topic::Studio(queued.studio),
        Topic::Studio(other.id),
        Topic::Collection(queued.collection),
    ]);
    Ok(Json(TransferredTicket { ticket: new.id, number, studio: other.id, studio_name: other.name }))
}

impl From<TicketFault> for Fault {
    fn from(fault: TicketFault) -> Self {
        match fault {
            TicketFault::TicketNotFound => Self::TicketNotFound,
            TicketFault::TicketOtherDay => Self::TicketOtherDay,
            TicketFault::TicketNotNow => Self::TicketNotNow,
            TicketFault::Broken(broken) => Self::Broken(broken),
        }
    }
}
