//! `GET /api/studios/{code}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::campaign::Studio;

use super::StudioCode;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a studio was not shown.
    GetStudioFault { StudioNotFound }
}

/// The studio with this code.
#[utoipa::path(
    get, path = "/api/studios/{code}", tag = "studios", params(("code" = String, Path, example = "SFZX")),
    responses((status = 200, description = "The studio", body = Studio), GetStudioFault)
)]
pub(crate) async fn get_studio(
    State(house): State<Arc<House>>,
    InPath(code): InPath<StudioCode>,
) -> Result<Json<Studio>, GetStudioFault> {
    let mut work = house.storage.read().await?;
    let studio = work.studios().find_by_code(code.as_str()).await?.ok_or(GetStudioFault::StudioNotFound)?;
    Ok(Json(view::studio(studio, None)))
}
