//! `DELETE /api/account/sessions/{id}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::SessionId;

use crate::caller::SignedIn;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a session was not ended.
    EndSessionFault { SessionNotFound }
}

/// Ends one session of the caller, on whatever device.
#[utoipa::path(
    delete, path = "/api/account/sessions/{id}", tag = "identity", params(("id" = SessionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Ended"), EndSessionFault)
)]
pub(crate) async fn end_session(
    State(house): State<Arc<House>>,
    SignedIn { account, .. }: SignedIn,
    InPath(id): InPath<SessionId>,
) -> Result<StatusCode, EndSessionFault> {
    let mut work = house.storage.begin().await?;
    if !work.sessions().end_of_account(account.id, id).await? {
        return Err(EndSessionFault::SessionNotFound);
    }
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
