//! `POST /api/station/tickets/{id}/come-back`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::TicketId;
use gradshot_wire::queue::{ComeBack, QueueEntry};

use super::{TicketFault, finish, todays};
use crate::caller::Station;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;

/// Puts somebody who was passed over back in line, where the rule says.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/come-back", tag = "stations", params(("id" = TicketId, Path)),
    request_body = ComeBack, security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TicketFault)
)]
pub(crate) async fn bring_back_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
    Body(ComeBack { rule }): Body<ComeBack>,
) -> Result<Json<QueueEntry>, TicketFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut queued = todays(&mut work, &station, id, at).await?;
    let day = queued.ticket.business_day;
    let priority = queued.ticket.priority;
    let waiting = work.tickets().waiting_places(station.studio, day, priority, limits::QUEUE_ENTRIES).await?;
    let back = queued.ticket.come_back(rule.place(&waiting, at), at);
    queued.ticket = back.map_err(|_| TicketFault::TicketNotNow)?;
    work.tickets().save(&mut queued).await?;
    Ok(Json(finish(&house, work, &queued).await?))
}
