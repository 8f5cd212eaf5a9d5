//! What staff see and do in the office beside reviewing.

mod day_stats;
mod find_orders;
mod list_looks;
mod list_messages;
mod order_file;
mod place_studio;
mod review_stats;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(list_messages::list_messages))
        .routes(routes!(list_looks::list_looks))
        .routes(routes!(find_orders::find_orders))
        .routes(routes!(order_file::order_file))
        .routes(routes!(review_stats::review_stats))
        .routes(routes!(day_stats::day_stats))
        .routes(routes!(place_studio::place_studio))
}
