//! `POST /api/school/roster-requests/{id}/accept`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{RosterEntryId, RosterRequestId};
use gradshot_storage::KeptRosterRequest;

use crate::caller::Clerk;
use crate::house::House;
use crate::input::InPath;
use crate::message::{self, Notice};
use crate::problem::{Broken, faults};
use crate::roster_entry::Enrolled;

faults! {
    /// Why nobody was added.
    AcceptRosterRequestFault { RosterRequestNotFound, RosterRequestAnswered, CampaignClosed }
}

/// Adds the student who asked to the roster, and tells him or her. A student number that is known is brought up to date.
#[utoipa::path(
    post, path = "/api/school/roster-requests/{id}/accept", tag = "schools",
    params(("id" = RosterRequestId, Path)), security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Added"), AcceptRosterRequestFault)
)]
pub(crate) async fn accept_roster_request(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InPath(id): InPath<RosterRequestId>,
) -> Result<StatusCode, AcceptRosterRequestFault> {
    let (at, mut rng) = (house.now(), house.rng());
    let mut work = house.storage.begin().await?;
    let found = super::of_school(&mut work, &clerk, id).await?;
    let mut kept = found.ok_or(AcceptRosterRequestFault::RosterRequestNotFound)?;
    work.campaigns().lock(kept.campaign).await?;
    let campaign = work.campaigns().find(kept.campaign).await?;
    if !campaign.is_some_and(|campaign| campaign.state.is_open()) {
        return Err(AcceptRosterRequestFault::CampaignClosed);
    }
    let known = work.roster().find_by_number(kept.campaign, &kept.number_index).await?;
    let entry = known.unwrap_or_else(|| RosterEntryId::new(at, &mut rng));
    let accepted = kept.request.clone().accept(clerk.account.id, entry, at);
    kept.request = accepted.map_err(|_| AcceptRosterRequestFault::RosterRequestAnswered)?;
    let line = open(&house, &kept)?.seal(&house.vault, kept.campaign, entry, &mut rng);
    work.roster().put_all(&[line]).await?;
    work.roster_requests().save(&kept).await?;
    message::queue_to_account(&house, &mut work, kept.account, &Notice::RosterAdded).await?;
    work.commit().await?;
    message::deliver_due(&house).await;
    Ok(StatusCode::NO_CONTENT)
}

fn open(house: &House, kept: &KeptRosterRequest) -> Result<Enrolled, Broken> {
    let broken = Broken::Contradiction("a request does not hold what it should");
    let text = |place, sealed| house.vault.open_text(place, kept.id, sealed);
    let name = text("roster_requests.name", &kept.sealed_name)?.parse().ok();
    let number = text("roster_requests.student_number", &kept.sealed_student_number)?.parse().ok();
    let last4 = text("roster_requests.id_last4", &kept.sealed_id_last4)?.parse().ok();
    match (name, number, last4) {
        (Some(name), Some(number), Some(last4)) => {
            Ok(Enrolled { name, number, last4, category: kept.category })
        }
        _ => Err(broken),
    }
}
