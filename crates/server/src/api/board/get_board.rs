//! `GET /api/boards/{code}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::board::Board;

use crate::api::studio::StudioCode;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a board was not shown.
    GetBoardFault { StudioNotFound }
}

/// What the board of the studio with this code shows.
#[utoipa::path(
    get, path = "/api/boards/{code}", tag = "boards", params(("code" = String, Path, example = "SFZX")),
    responses((status = 200, description = "The board", body = Board), GetBoardFault)
)]
pub(crate) async fn get_board(
    State(house): State<Arc<House>>,
    InPath(code): InPath<StudioCode>,
) -> Result<Json<Board>, GetBoardFault> {
    let mut work = house.storage.read().await?;
    let studio = work.studios().find_by_code(code.as_str()).await?.ok_or(GetBoardFault::StudioNotFound)?;
    drop(work);
    let line = house.line(studio.id).await?;
    Ok(Json(line.board(&house.vault, studio.name)?))
}
