//! What staff see and do in the office beside reviewing.

mod list_messages;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new().routes(routes!(list_messages::list_messages))
}
