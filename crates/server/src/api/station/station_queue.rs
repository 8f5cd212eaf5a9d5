//! `GET /api/station/queue`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::queue::Queue;

use crate::caller::Station;
use crate::house::House;
use crate::problem::faults;
use crate::view::Line;

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
    let mut work = house.storage.read().await?;
    let line = Line::load(&mut work, station.studio, house.now()).await?;
    Ok(Json(line.queue(&house.vault)?))
}
