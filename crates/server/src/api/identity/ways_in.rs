//! `GET /api/ways-in`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::identity::{WaysIn, WechatWay};

use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why the ways in were not listed.
    WaysInFault {}
}

/// How students may come in here beside a phone number.
#[utoipa::path(
    get, path = "/api/ways-in", tag = "identity",
    responses((status = 200, description = "The ways in", body = WaysIn), WaysInFault)
)]
pub(crate) async fn ways_in(State(house): State<Arc<House>>) -> Result<Json<WaysIn>, WaysInFault> {
    let wechat = house.wechat.as_ref();
    Ok(Json(WaysIn { wechat: wechat.map(|wechat| WechatWay { sandbox: wechat.is_sandbox() }) }))
}
