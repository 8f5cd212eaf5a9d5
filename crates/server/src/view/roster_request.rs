//! Requests to be added to a roster as their student and as the school see them.

use gradshot_domain::RosterRequest;
use gradshot_storage::KeptRosterRequest;
use gradshot_wire::roster_request::{self, RosterRequestStateName, SchoolRosterRequest};

use crate::problem::Broken;
use crate::vault::Vault;

/// A request as its student sees it.
pub(crate) fn roster_request(kept: &KeptRosterRequest, school_name: String) -> roster_request::RosterRequest {
    let (state, reason) = match &kept.request {
        RosterRequest::Open => (RosterRequestStateName::Open, None),
        RosterRequest::Accepted { .. } => (RosterRequestStateName::Accepted, None),
        RosterRequest::Declined { reason, .. } => (RosterRequestStateName::Declined, Some(reason.clone())),
        RosterRequest::Withdrawn { .. } => (RosterRequestStateName::Withdrawn, None),
    };
    roster_request::RosterRequest {
        id: kept.id,
        campaign: kept.campaign,
        school_name,
        category: kept.category,
        state,
        reason,
        created_at: kept.created_at,
    }
}

/// A request as the school sees it: whom the school knows, it sees in clear.
pub(crate) fn school_roster_request(
    vault: &Vault,
    kept: &KeptRosterRequest,
) -> Result<SchoolRosterRequest, Broken> {
    let open = |place, sealed| Ok::<_, Broken>(vault.open_text(place, kept.id, sealed)?.to_string());
    Ok(SchoolRosterRequest {
        id: kept.id,
        campaign: kept.campaign,
        category: kept.category,
        name: open("roster_requests.name", &kept.sealed_name)?,
        student_number: open("roster_requests.student_number", &kept.sealed_student_number)?,
        id_last4: open("roster_requests.id_last4", &kept.sealed_id_last4)?,
        note: open("roster_requests.note", &kept.sealed_note)?,
        created_at: kept.created_at,
    })
}
