//! `POST /api/review/next`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::PortraitId;
use gradshot_wire::review::ReviewDesk;
use serde::Deserialize;

use crate::caller::Reviewer;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why no portrait was claimed.
    NextReviewFault { QueryMalformed }
}

/// What a reviewer has already.
#[derive(Deserialize)]
pub(crate) struct Beside {
    /// Ids with commas between.
    beside: Option<String>,
}

/// Claims the next portrait for ten minutes. The caller's open claim comes first, unless it is among those held already.
#[utoipa::path(
    post, path = "/api/review/next", tag = "review", security(("session" = []), ("cookie" = [])),
    params(("beside" = Option<String>, Query, description = "Ids of portraits that the caller holds, with commas between; 12 at most")),
    responses((status = 200, description = "The portrait claimed, if one waits", body = ReviewDesk), NextReviewFault)
)]
pub(crate) async fn next_review(
    State(house): State<Arc<House>>,
    reviewer: Reviewer,
    InQuery(Beside { beside }): InQuery<Beside>,
) -> Result<Json<ReviewDesk>, NextReviewFault> {
    let beside = understand(beside.as_deref().unwrap_or_default())?;
    Ok(Json(super::desk(&house, &reviewer, &beside).await?))
}

fn understand(ids: &str) -> Result<Vec<PortraitId>, NextReviewFault> {
    let ids: Result<Vec<_>, _> = ids.split(',').filter(|id| !id.is_empty()).map(str::parse).collect();
    let ids = ids.map_err(|_| NextReviewFault::QueryMalformed)?;
    if ids.len() > limits::REVIEWS_BESIDE { Err(NextReviewFault::QueryMalformed) } else { Ok(ids) }
}
