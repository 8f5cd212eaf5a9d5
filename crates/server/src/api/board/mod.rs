//! What a studio's board shows, to anybody who stands before it.

mod board_events;
mod get_board;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new().routes(routes!(get_board::get_board)).routes(routes!(board_events::board_events))
}
