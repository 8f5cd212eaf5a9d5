//! `POST /api/roster-requests/{id}/withdraw`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::RosterRequestId;

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a request was not taken back.
    WithdrawRosterRequestFault { RosterRequestNotFound, RosterRequestAnswered }
}

/// Takes a request back that the school has not answered.
#[utoipa::path(
    post, path = "/api/roster-requests/{id}/withdraw", tag = "collections",
    params(("id" = RosterRequestId, Path)), security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Taken back"), WithdrawRosterRequestFault)
)]
pub(crate) async fn withdraw_roster_request(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<RosterRequestId>,
) -> Result<StatusCode, WithdrawRosterRequestFault> {
    let mut work = house.storage.begin().await?;
    let found = work.roster_requests().find(id).await?.filter(|kept| kept.account == student.id);
    let mut kept = found.ok_or(WithdrawRosterRequestFault::RosterRequestNotFound)?;
    let withdrawn = kept.request.withdraw(house.now());
    kept.request = withdrawn.map_err(|_| WithdrawRosterRequestFault::RosterRequestAnswered)?;
    work.roster_requests().save(&kept).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
