//! A person's rights over the own data.

mod accesses;
mod close_account;
mod export;
mod messages;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(export::export_account))
        .routes(routes!(close_account::close_account))
        .routes(routes!(accesses::list_accesses))
        .routes(routes!(messages::my_messages))
}
