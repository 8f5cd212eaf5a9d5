//! `GET /api/office/review-stats`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::BusinessDay;
use gradshot_wire::review::{ReviewStats, ReviewerStats};
use serde::Deserialize;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why statistics were not shown.
    ReviewStatsFault { QueryMalformed }
}

/// Which days.
#[derive(Debug, Deserialize)]
pub(crate) struct Days {
    /// The first.
    from: BusinessDay,
    /// The last.
    to: BusinessDay,
}

/// What each reviewer decided on these days, both included.
#[utoipa::path(
    get, path = "/api/office/review-stats", tag = "office",
    params(("from" = BusinessDay, Query), ("to" = BusinessDay, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One line per reviewer", body = ReviewStats), ReviewStatsFault)
)]
pub(crate) async fn review_stats(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(Days { from, to }): InQuery<Days>,
) -> Result<Json<ReviewStats>, ReviewStatsFault> {
    if to < from {
        return Err(ReviewStatsFault::QueryMalformed);
    }
    let mut work = house.storage.read().await?;
    let lines = work.portraits().decided_by_reviewer(from.start(), to.end(), limits::FOUND).await?;
    let waiting = work.portraits().waiting_for_review(u32::MAX, house.now()).await?;
    let reviewers = lines.into_iter().map(|line| ReviewerStats {
        reviewer: line.reviewer,
        approved: line.decided - line.rejected,
        rejected: line.rejected,
    });
    Ok(Json(ReviewStats { waiting, reviewers: reviewers.collect() }))
}
