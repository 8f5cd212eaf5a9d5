//! `GET /api/account/verification`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::roster_request::VerificationTries;

use crate::caller::Student;
use crate::house::House;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why tries were not told.
    VerificationTriesFault {}
}

/// How many tries at the last four of the ID number the caller has left, and until when a lock holds.
#[utoipa::path(
    get, path = "/api/account/verification", tag = "collections", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The tries", body = VerificationTries), VerificationTriesFault)
)]
pub(crate) async fn get_verification_tries(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<VerificationTries>, VerificationTriesFault> {
    let attempt = house.vault.attempt_name("last four", student.id.as_bytes());
    let mut work = house.storage.read().await?;
    let (left, locked_until) = work.attempts().left(&attempt, limits::ID_LAST4_TRIES, house.now()).await?;
    Ok(Json(VerificationTries { left, locked_until }))
}
