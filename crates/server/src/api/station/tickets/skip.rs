//! `POST /api/station/tickets/{id}/skip`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::TicketId;
use gradshot_wire::queue::QueueEntry;

use super::{TicketFault, change};
use crate::caller::Station;
use crate::house::House;
use crate::input::InPath;

/// Passes a called number over (过号).
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/skip", tag = "stations", params(("id" = TicketId, Path)),
    security(("station" = [])),
    responses((status = 200, description = "The ticket", body = QueueEntry), TicketFault)
)]
pub(crate) async fn skip_ticket(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
) -> Result<Json<QueueEntry>, TicketFault> {
    change(&house, &station, id, gradshot_domain::Ticket::skip).await
}
