//! `GET /api/account/accesses`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::AccountId;
use gradshot_storage::{Opener, Opening, OpeningReason, OpeningSubject, PersonalData};
use gradshot_wire::rights::{Access, AccessReason, AccessedBy, AccessedData, AccessesPage};
use serde::Deserialize;
use uuid::Uuid;

use crate::caller::Student;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why nothing was listed.
    ListAccessesFault {}
}

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct Before {
    /// `next` of the page before.
    before: Option<Uuid>,
}

/// Who looked at the caller's portraits and personal data, when and why. Roles are named, people are not.
#[utoipa::path(
    get, path = "/api/account/accesses", tag = "identity", params(("before" = Option<String>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = AccessesPage), ListAccessesFault)
)]
pub(crate) async fn list_accesses(
    State(house): State<Arc<House>>,
    student: Student,
    InQuery(Before { before }): InQuery<Before>,
) -> Result<Json<AccessesPage>, ListAccessesFault> {
    let mut work = house.storage.read().await?;
    let found = work.openings().of_account(student.id, before, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|opening| opening.id.to_string()).filter(|_| is_full);
    let accesses = found.iter().map(|opening| shown(opening, student.id)).collect();
    Ok(Json(AccessesPage { accesses, next }))
}

fn shown(opening: &Opening, me: AccountId) -> Access {
    Access {
        id: opening.id.to_string(),
        what: match opening.subject {
            OpeningSubject::Portrait(_) => AccessedData::Portrait,
            OpeningSubject::Bundle(_) => AccessedData::Bundle,
            OpeningSubject::Person(_, PersonalData::Everything) => AccessedData::Everything,
            OpeningSubject::Person(_, PersonalData::RosterRequest) => AccessedData::RosterRequest,
            OpeningSubject::Person(_, PersonalData::Recipient) => AccessedData::Recipient,
            OpeningSubject::Person(_, PersonalData::Conversation) => AccessedData::Conversation,
            OpeningSubject::Person(_, PersonalData::Progress) => AccessedData::Progress,
        },
        by: by(opening, me),
        reason: match opening.reason {
            OpeningReason::Arrival => AccessReason::Arrival,
            OpeningReason::ShownToOwner => AccessReason::ShownToOwner,
            OpeningReason::Review => AccessReason::Review,
            OpeningReason::HandOver => AccessReason::HandOver,
            OpeningReason::Download => AccessReason::Download,
            OpeningReason::Export => AccessReason::Export,
            OpeningReason::Print => AccessReason::Print,
            OpeningReason::Support => AccessReason::Support,
            OpeningReason::PhoneSearch => AccessReason::PhoneSearch,
            OpeningReason::RosterRequest => AccessReason::RosterRequest,
        },
        at: opening.at,
    }
}

/// The role in which somebody looked follows from why.
fn by(opening: &Opening, me: AccountId) -> AccessedBy {
    match (opening.opener, opening.reason) {
        (Opener::Station(_), _) => AccessedBy::Station,
        (Opener::Account(opener), _) if opener == me => AccessedBy::Yourself,
        (_, OpeningReason::Review) => AccessedBy::Reviewer,
        (_, OpeningReason::RosterRequest) => AccessedBy::School,
        (_, OpeningReason::Support | OpeningReason::PhoneSearch) => AccessedBy::Support,
        _ => AccessedBy::Admin,
    }
}
