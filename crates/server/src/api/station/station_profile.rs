//! `GET /api/station`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::desk::Colleague;
use gradshot_wire::station::{StationCampaign, StationProfile};

use crate::caller::Station;
use crate::house::House;
use crate::limits;
use crate::problem::{Broken, faults};

faults! {
    /// Why a station was not told about itself.
    StationProfileFault {}
}

/// What the calling station has to know for its day.
#[utoipa::path(
    get, path = "/api/station", tag = "stations", security(("station" = [])),
    responses((status = 200, description = "The station's profile", body = StationProfile), StationProfileFault)
)]
pub(crate) async fn station_profile(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<Json<StationProfile>, StationProfileFault> {
    let mut work = house.storage.read().await?;
    let studio = work.studios().find(station.studio).await?;
    let studio = studio.ok_or(Broken::Contradiction("a station without studio"))?;
    let campaigns = work.campaigns().newest(limits::FOUND).await?;
    let paused = work.stations().find(station.id).await?.is_some_and(|found| found.paused_at.is_some());
    let stations = work.stations().paired_of(station.studio).await?;
    let others = stations.into_iter().filter(|other| other.id != station.id);
    Ok(Json(StationProfile {
        paused,
        colleagues: others.map(|other| Colleague { station: other.id, name: other.name }).collect(),
        station: station.id,
        station_name: station.name,
        studio: studio.id,
        studio_name: studio.name,
        studio_code: studio.code,
        ticket_key: house.vault.tickets().key().to_text(),
        campaigns: campaigns
            .into_iter()
            .map(|campaign| StationCampaign {
                campaign: campaign.id,
                public_key: campaign.public_key,
                spec: campaign.policy.spec,
            })
            .collect(),
    }))
}
