//! `POST /api/office/studios/{id}/place`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{Place, StudioId};
use gradshot_wire::campaign::{PlaceStudio, Studio};

use crate::api::plain_text;
use crate::caller::Operator;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a studio was left where it is.
    PlaceStudioFault { StudioNotFound, StudioPlace }
}

const HOURS_CHARS: usize = 100;

/// Says where a studio is and when it is open; for its operators.
#[utoipa::path(
    post, path = "/api/office/studios/{id}/place", tag = "office", params(("id" = StudioId, Path)),
    request_body = PlaceStudio, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The studio", body = Studio), PlaceStudioFault)
)]
pub(crate) async fn place_studio(
    State(house): State<Arc<House>>,
    operator: Operator,
    InPath(id): InPath<StudioId>,
    Body(request): Body<PlaceStudio>,
) -> Result<Json<Studio>, PlaceStudioFault> {
    if !operator.is_of(id) {
        return Err(PlaceStudioFault::StudioNotFound);
    }
    let place = Place::at(request.latitude, request.longitude).map_err(|_| PlaceStudioFault::StudioPlace)?;
    let hours = plain_text(&request.hours, HOURS_CHARS).ok_or(PlaceStudioFault::StudioPlace)?;
    let mut work = house.storage.begin().await?;
    work.studios().find(id).await?.ok_or(PlaceStudioFault::StudioNotFound)?;
    work.studios().place(id, &hours, place).await?;
    let studio = work.studios().find(id).await?.ok_or(PlaceStudioFault::StudioNotFound)?;
    work.commit().await?;
    Ok(Json(view::studio(studio, None)))
}
