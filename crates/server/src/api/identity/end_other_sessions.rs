//! `POST /api/account/sessions/end-others`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::caller::SignedIn;
use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why sessions were not ended.
    EndOtherSessionsFault {}
}

/// Ends all sessions of the caller but this one.
#[utoipa::path(
    post, path = "/api/account/sessions/end-others", tag = "identity",
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Ended"), EndOtherSessionsFault)
)]
pub(crate) async fn end_other_sessions(
    State(house): State<Arc<House>>,
    SignedIn { account, token_hash }: SignedIn,
) -> Result<StatusCode, EndOtherSessionsFault> {
    let mut work = house.storage.begin().await?;
    work.sessions().end_others(account.id, Some(&token_hash)).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
