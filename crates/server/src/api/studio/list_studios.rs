//! `GET /api/studios`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::campaign::Studios;

use crate::house::House;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why studios were not listed.
    ListStudiosFault {}
}

/// All studios by name, at most 50.
#[utoipa::path(
    get, path = "/api/studios", tag = "studios",
    responses((status = 200, description = "The studios", body = Studios), ListStudiosFault)
)]
pub(crate) async fn list_studios(State(house): State<Arc<House>>) -> Result<Json<Studios>, ListStudiosFault> {
    let mut work = house.storage.read().await?;
    let studios = work.studios().all(limits::FOUND).await?;
    Ok(Json(Studios { studios: studios.into_iter().map(view::studio).collect() }))
}
