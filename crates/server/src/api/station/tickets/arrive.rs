//! `POST /api/station/tickets/{id}/arrive`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{TicketId, TicketState};
use gradshot_wire::queue::QueueEntry;

use super::{finish, todays};
use crate::caller::Station;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why an arrival was not noted.
    ArriveTicketFault { TicketNotFound, TicketOtherDay, TicketNotNow, TicketAlreadyArrived }
}

/// Notes that the student who was called stands before the camera. Noting it again changes nothing.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/arrive", tag = "stations", params(("id" = TicketId, Path)),
    security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), ArriveTicketFault)
)]
pub(crate) async fn arrive_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
) -> Result<Json<QueueEntry>, ArriveTicketFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut queued = todays(&mut work, &station, id, at).await?;
    match queued.ticket.state {
        TicketState::Served { station: by, .. } if by == station.id => {
            return Err(ArriveTicketFault::TicketAlreadyArrived);
        }
        TicketState::Arrived { station: by, .. } if by == station.id => {}
        _ => {
            let arrived = queued.ticket.arrive(station.id, at);
            queued.ticket = arrived.map_err(|_| ArriveTicketFault::TicketNotNow)?;
            work.tickets().save(&mut queued).await?;
        }
    }
    Ok(Json(finish(&house, work, &queued).await?))
}

impl From<super::TicketFault> for ArriveTicketFault {
    fn from(fault: super::TicketFault) -> Self {
        match fault {
            super::TicketFault::TicketNotFound => Self::TicketNotFound,
            super::TicketFault::TicketOtherDay => Self::TicketOtherDay,
            super::TicketFault::TicketNotNow => Self::TicketNotNow,
            super::TicketFault::Broken(broken) => Self::Broken(broken),
        }
    }
}
