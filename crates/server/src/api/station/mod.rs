//! What stations ask: pairing, their queue, calls and sealed portraits.

mod pair_station;
mod pause;
mod portrait_offset;
mod put_portrait;
mod send_portrait_piece;
mod station_events;
mod station_profile;
mod station_queue;
mod tickets;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware;
use gradshot_seal::MAX_ENVELOPE_BYTES;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::tus;
use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    let pieces = OpenApiRouter::new()
        .routes(routes!(portrait_offset::portrait_offset))
        .routes(routes!(send_portrait_piece::send_portrait_piece))
        .layer(middleware::map_response(tus::spoken));
    let uploads = OpenApiRouter::new()
        .routes(routes!(put_portrait::put_portrait))
        .merge(pieces)
        .layer(DefaultBodyLimit::max(MAX_ENVELOPE_BYTES));
    OpenApiRouter::new()
        .routes(routes!(pair_station::pair_station))
        .routes(routes!(station_profile::station_profile))
        .routes(routes!(station_queue::station_queue))
        .routes(routes!(pause::pause_station))
        .routes(routes!(pause::resume_station))
        .routes(routes!(station_events::station_events))
        .merge(tickets::endpoints())
        .merge(uploads)
}
