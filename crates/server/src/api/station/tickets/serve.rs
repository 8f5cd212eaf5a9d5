//! `POST /api/station/tickets/{id}/serve`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{TicketId, TicketState};
use gradshot_wire::queue::QueueEntry;

use super::{TicketFault, change};
use crate::caller::Station;
use crate::house::House;
use crate::input::InPath;

/// Says that the student's portrait is sealed. The portrait's arrival says the same; whichever comes first counts.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/serve", tag = "stations", params(("id" = TicketId, Path)),
    security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TicketFault)
)]
pub(crate) async fn serve_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
) -> Result<Json<QueueEntry>, TicketFault> {
    change(&house, &station, id, |ticket, at| match ticket.state {
        TicketState::Served { station: by, .. } if by == station.id => Ok(ticket),
        _ => ticket.serve(station.id, at),
    })
    .await
}
