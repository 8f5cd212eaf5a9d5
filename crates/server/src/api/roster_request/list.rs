//! `GET /api/roster-requests`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::roster_request::RosterRequests;

use crate::caller::Student;
use crate::house::House;
use crate::problem::{Broken, faults};
use crate::{limits, view};

faults! {
    /// Why requests were not listed.
    ListRosterRequestsFault {}
}

/// The caller's requests to be added to a roster with the schools' answers, the newest first.
#[utoipa::path(
    get, path = "/api/roster-requests", tag = "collections", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The requests", body = RosterRequests), ListRosterRequestsFault)
)]
pub(crate) async fn list_roster_requests(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<RosterRequests>, ListRosterRequestsFault> {
    let mut work = house.storage.read().await?;
    let mut requests = Vec::new();
    for kept in work.roster_requests().of_account(student.id, limits::PAGE).await? {
        let campaign = work.campaigns().find(kept.campaign).await?;
        let campaign = campaign.ok_or(Broken::Contradiction("a request without campaign"))?;
        requests.push(view::roster_request(&kept, campaign.school_name));
    }
    Ok(Json(RosterRequests { requests }))
}
