//! Asking a school to be added to its roster.

mod ask;
mod list;
mod verification;
mod withdraw;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(ask::ask_for_roster))
        .routes(routes!(list::list_roster_requests))
        .routes(routes!(withdraw::withdraw_roster_request))
        .routes(routes!(verification::get_verification_tries))
}
