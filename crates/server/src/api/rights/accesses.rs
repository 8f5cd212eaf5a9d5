//! `GET /api/account/accesses`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::AccountId;
use gradshot_storage::{Opener, Opening};
use gradshot_wire::rights::{Access, AccessedBy, AccessesPage};
use serde::Deserialize;
use uuid::Uuid;

use crate::caller::Student;
use crate::house::House;
use crate::input::InQuery;
use crate::problem::faults;
use crate::{limits, view};

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
    let is_me = opening.opener == Opener::Account(me);
    Access {
        id: opening.id.to_string(),
        what: view::accessed(&opening.subject),
        by: if is_me { AccessedBy::Yourself } else { view::accessed_by(opening) },
        reason: view::access_reason(opening.reason),
        at: opening.at,
    }
}
