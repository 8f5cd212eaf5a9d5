//! `POST /api/stations/pair`

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Extension, State};
use gradshot_seal::StationVerifyingKey;
use gradshot_storage::Attempt;
use gradshot_wire::station::{Pair, Paired};

use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::{limits, token};

faults! {
    /// Why a station was not paired.
    PairStationFault { VerifyingKey, PairingCodeWrong, PairingLocked }
}

/// Pairs a station by its code, once: its key signs portraits from now on, and the token speaks for it.
#[utoipa::path(
    post, path = "/api/stations/pair", tag = "stations", request_body = Pair,
    responses((status = 200, description = "Paired; keep the token", body = Paired), PairStationFault)
)]
pub(crate) async fn pair_station(
    State(house): State<Arc<House>>,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    Body(request): Body<Pair>,
) -> Result<Json<Paired>, PairStationFault> {
    let key =
        StationVerifyingKey::from_text(&request.verifying_key).map_err(|_| PairStationFault::VerifyingKey)?;
    let code: String = request.code.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let plausible = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    let at = house.now();
    let from = address
        .map_or_else(|| "unknown".to_owned(), |Extension(ConnectInfo(address))| address.ip().to_string());
    let attempt = house.vault.attempt_name("pairing", from.as_bytes());

    let mut work = house.storage.begin().await?;
    if let Attempt::Locked { .. } = work.attempts().spend(&attempt, limits::PAIRING_TRIES, at).await? {
        return Err(PairStationFault::PairingLocked);
    }
    let index = house.vault.pairing_code_index(&code);
    let station = if plausible { work.stations().redeem_code(&index, at).await? } else { None };
    let Some(station) = station else {
        work.commit().await?;
        return Err(PairStationFault::PairingCodeWrong);
    };
    let token = token::generate(&mut house.rng());
    work.stations().pair(station, &key.to_text(), &token::hash(&token)).await?;
    work.attempts().forgive(&attempt).await?;
    work.commit().await?;
    Ok(Json(Paired { station, token }))
}
