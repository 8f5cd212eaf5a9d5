//! `POST /api/station/tickets/{id}/call`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::TicketId;
use gradshot_wire::queue::QueueEntry;

use super::{TicketFault, change};
use crate::caller::Station;
use crate::house::House;
use crate::input::InPath;

/// Calls this number to the station; again if the station had called it before.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/call", tag = "stations", params(("id" = TicketId, Path)),
    security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TicketFault)
)]
pub(crate) async fn call_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
) -> Result<Json<QueueEntry>, TicketFault> {
    change(&house, &station, id, |ticket, at| ticket.call(station.id, at)).await
}
