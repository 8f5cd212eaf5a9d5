//! What staff see and do in the office beside reviewing.

mod list_messages;
mod place_studio;
mod review_stats;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(list_messages::list_messages))
        .routes(routes!(review_stats::review_stats))
        .routes(routes!(place_studio::place_studio))
}
