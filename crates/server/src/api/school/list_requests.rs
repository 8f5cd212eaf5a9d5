//! `GET /api/schools/{id}/roster-requests`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{RosterRequestId, SchoolId};
use gradshot_storage::{Opener, OpeningReason, PersonalData};
use gradshot_wire::roster_request::SchoolRosterRequests;
use serde::Deserialize;

use crate::caller::Clerk;
use crate::house::House;
use crate::input::{InPath, InQuery};
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why requests were not listed.
    ListSchoolRequestsFault { SchoolNotFound }
}

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct After {
    /// `next` of the page before.
    after: Option<RosterRequestId>,
}

/// Requests to be added that wait for this school's answer, the oldest first.
#[utoipa::path(
    get, path = "/api/schools/{id}/roster-requests", tag = "schools",
    params(("id" = SchoolId, Path), ("after" = Option<RosterRequestId>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = SchoolRosterRequests), ListSchoolRequestsFault)
)]
pub(crate) async fn list_school_requests(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InPath(id): InPath<SchoolId>,
    InQuery(After { after }): InQuery<After>,
) -> Result<Json<SchoolRosterRequests>, ListSchoolRequestsFault> {
    let mut work = house.storage.read().await?;
    if !clerk.is_of(id) || !work.campaigns().has_school(id).await? {
        return Err(ListSchoolRequestsFault::SchoolNotFound);
    }
    let found = work.roster_requests().open_of_school(id, after, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|kept| kept.id).filter(|_| is_full);
    let requests =
        found.iter().map(|kept| view::school_roster_request(&house.vault, kept)).collect::<Result<_, _>>()?;
    drop(work);
    let people: Vec<_> = found.iter().map(|kept| kept.account).collect();
    let opener = Opener::Account(clerk.account.id);
    house.note_accesses(&people, PersonalData::RosterRequest, opener, OpeningReason::RosterRequest).await?;
    tracing::info!(account = %clerk.account.id, school = %id, "roster requests were looked at");
    Ok(Json(SchoolRosterRequests { requests, next }))
}
