//! `GET /api/station/queue`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::queue::Queue;

use crate::caller::Station;
use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why a queue was not shown.
    StationQueueFault {}
}

/// Today's queue of the station's studio.
#[utoipa::path(
    get, path = "/api/station/queue", tag = "stations", security(("station" = [])),
    responses((status = 200, description = "The queue", body = Queue), StationQueueFault)
)]
pub(crate) async fn station_queue(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<Json<Queue>, StationQueueFault> {
    Ok(Json(house.line(station.studio).await?.queue(&house.vault)?))
}
