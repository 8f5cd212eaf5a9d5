//! `POST /api/station/pause` and `POST /api/station/resume`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::caller::Station;
use crate::house::House;
use crate::live::Topic;
use crate::problem::faults;

faults! {
    /// Why a station neither rests nor goes on.
    PauseStationFault {}
}

/// The station rests 暂停叫号: it calls nobody, and the expected wait no longer counts on it.
#[utoipa::path(
    post, path = "/api/station/pause", tag = "stations", security(("station" = [])),
    responses((status = 204, description = "Resting"), PauseStationFault)
)]
pub(crate) async fn pause_station(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<StatusCode, PauseStationFault> {
    let mut work = house.storage.begin().await?;
    work.stations().pause(station.id, Some(house.now())).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Studio(station.studio)]);
    Ok(StatusCode::NO_CONTENT)
}

/// The station goes on.
#[utoipa::path(
    post, path = "/api/station/resume", tag = "stations", security(("station" = [])),
    responses((status = 204, description = "Going on"), PauseStationFault)
)]
pub(crate) async fn resume_station(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<StatusCode, PauseStationFault> {
    let mut work = house.storage.begin().await?;
    work.stations().pause(station.id, None).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Studio(station.studio)]);
    Ok(StatusCode::NO_CONTENT)
}
