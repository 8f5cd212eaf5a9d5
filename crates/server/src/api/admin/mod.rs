//! What administrators and schools' clerks do.

mod answers;
mod bundles;
mod change_grants;
mod close_campaign;
mod download_bundle;
mod hand_over;
mod import_answers;
mod import_roster;
mod list_staff;
mod new_school_staff;
mod new_staff;
mod new_station;
mod new_studio_staff;
mod open_campaign;
mod open_studio;
mod roster;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::limits;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    let rosters = OpenApiRouter::new()
        .routes(routes!(import_roster::import_roster))
        .routes(routes!(import_answers::import_answers))
        .layer(DefaultBodyLimit::max(limits::ROSTER_BYTES));
    OpenApiRouter::new()
        .routes(routes!(open_campaign::open_campaign))
        .routes(routes!(open_studio::open_studio))
        .routes(routes!(new_station::new_station))
        .routes(routes!(new_staff::new_staff))
        .routes(routes!(new_school_staff::new_school_staff))
        .routes(routes!(new_studio_staff::new_studio_staff))
        .routes(routes!(list_staff::list_staff))
        .routes(routes!(change_grants::give_grant))
        .routes(routes!(change_grants::revoke_grant))
        .routes(routes!(hand_over::hand_over))
        .routes(routes!(download_bundle::download_bundle))
        .routes(routes!(close_campaign::close_campaign))
        .routes(routes!(bundles::list_bundles))
        .routes(routes!(bundles::remake_bundle))
        .routes(routes!(bundles::deliver_bundle))
        .routes(routes!(bundles::fetch_answers))
        .routes(routes!(bundles::set_file_naming))
        .merge(rosters)
}
