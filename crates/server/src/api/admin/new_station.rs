//! `POST /api/admin/studios/{id}/stations`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{StationId, StudioId};
use gradshot_wire::campaign::{NewStation, PairingCode};
use rand::RngExt as _;

use crate::api::plain_text;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why no pairing code was made.
    NewStationFault { StationName, StudioNotFound }
}

const NAME_CHARS: usize = 20;

/// Makes a code that pairs one new station with a studio, once, within 15 minutes.
#[utoipa::path(
    post, path = "/api/admin/studios/{id}/stations", tag = "admin", params(("id" = StudioId, Path)),
    request_body = NewStation, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The code", body = PairingCode), NewStationFault)
)]
pub(crate) async fn new_station(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<StudioId>,
    Body(NewStation { name }): Body<NewStation>,
) -> Result<(StatusCode, Json<PairingCode>), NewStationFault> {
    let name = plain_text(&name, NAME_CHARS).ok_or(NewStationFault::StationName)?;
    let (at, mut rng) = (house.now(), house.rng());
    let station = StationId::new(at, &mut rng);
    let code = format!("{:08}", rng.random_range(0..100_000_000u32));
    let mut work = house.storage.begin().await?;
    work.studios().find(id).await?.ok_or(NewStationFault::StudioNotFound)?;
    work.stations().add(station, id, &name).await?;
    let index = house.vault.pairing_code_index(&code);
    work.stations().add_code(&index, station, at + limits::PAIRING_CODE).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(PairingCode { station, code })))
}
