//! `POST /api/review/next`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::review::ReviewDesk;

use crate::caller::Reviewer;
use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why no portrait was claimed.
    NextReviewFault {}
}

/// Claims the next portrait for ten minutes. The caller's open claim comes first.
#[utoipa::path(
    post, path = "/api/review/next", tag = "review", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The portrait claimed, if one waits", body = ReviewDesk), NextReviewFault)
)]
pub(crate) async fn next_review(
    State(house): State<Arc<House>>,
    reviewer: Reviewer,
) -> Result<Json<ReviewDesk>, NextReviewFault> {
    Ok(Json(super::desk(&house, &reviewer).await?))
}
