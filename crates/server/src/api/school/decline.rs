//! `POST /api/school/roster-requests/{id}/decline`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::RosterRequestId;
use gradshot_wire::roster_request::DeclineRosterRequest;

use crate::api::plain_text;
use crate::caller::Clerk;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::message::{self, Notice};
use crate::problem::faults;

faults! {
    /// Why a request was not declined.
    DeclineRosterRequestFault { DeclineReason, RosterRequestNotFound, RosterRequestAnswered }
}

const REASON_CHARS: usize = 200;

/// Says no to a student who asked to be added, and why; the student is told.
#[utoipa::path(
    post, path = "/api/school/roster-requests/{id}/decline", tag = "schools",
    params(("id" = RosterRequestId, Path)), request_body = DeclineRosterRequest,
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Declined"), DeclineRosterRequestFault)
)]
pub(crate) async fn decline_roster_request(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InPath(id): InPath<RosterRequestId>,
    Body(DeclineRosterRequest { reason }): Body<DeclineRosterRequest>,
) -> Result<StatusCode, DeclineRosterRequestFault> {
    let reason = plain_text(&reason, REASON_CHARS).ok_or(DeclineRosterRequestFault::DeclineReason)?;
    let mut work = house.storage.begin().await?;
    let found = super::of_school(&mut work, &clerk, id).await?;
    let mut kept = found.ok_or(DeclineRosterRequestFault::RosterRequestNotFound)?;
    let declined = kept.request.clone().decline(clerk.account.id, reason, house.now());
    kept.request = declined.map_err(|_| DeclineRosterRequestFault::RosterRequestAnswered)?;
    work.roster_requests().save(&kept).await?;
    message::queue_to_account(&house, &mut work, kept.account, &Notice::RosterDeclined).await?;
    work.commit().await?;
    message::deliver_due(&house).await;
    Ok(StatusCode::NO_CONTENT)
}
