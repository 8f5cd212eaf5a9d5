//! `POST /api/review/portraits/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::PortraitId;
use gradshot_wire::review::{Decide, ReviewDesk};

use crate::caller::Reviewer;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;
use crate::live::Topic;
use crate::problem::faults;

faults! {
    /// Why a decision was not taken.
    DecideReviewFault { ReasonsMissing, PortraitNotFound, ReviewNotYours }
}

/// Approves or rejects the claimed portrait, and claims the next one.
#[utoipa::path(
    post, path = "/api/review/portraits/{id}", tag = "review", params(("id" = PortraitId, Path)),
    request_body = Decide, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The next portrait, if one waits", body = ReviewDesk), DecideReviewFault)
)]
pub(crate) async fn decide_review(
    State(house): State<Arc<House>>,
    reviewer: Reviewer,
    InPath(id): InPath<PortraitId>,
    Body(mut decision): Body<Decide>,
) -> Result<Json<ReviewDesk>, DecideReviewFault> {
    if let Decide::Reject { reasons } = &mut decision {
        reasons.dedup();
        if reasons.is_empty() || reasons.len() > limits::REJECT_REASONS {
            return Err(DecideReviewFault::ReasonsMissing);
        }
    }
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut stored = work.portraits().find(id).await?.ok_or(DecideReviewFault::PortraitNotFound)?;
    let decided = match decision {
        Decide::Approve => stored.portrait.approve(reviewer.id, at),
        Decide::Reject { reasons } => stored.portrait.reject(reviewer.id, reasons, at),
    };
    stored.portrait = decided.map_err(|_| DecideReviewFault::ReviewNotYours)?;
    work.portraits().save(&mut stored).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(stored.collection), Topic::Station(stored.station)]);
    Ok(Json(super::desk(&house, &reviewer).await?))
}
