//! `GET /api/account/sessions`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::identity::{SessionInfo, Sessions};

use crate::caller::SignedIn;
use crate::house::House;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why sessions were not listed.
    ListSessionsFault {}
}

/// Where the caller is signed in, the newest first.
#[utoipa::path(
    get, path = "/api/account/sessions", tag = "identity", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The caller's sessions", body = Sessions), ListSessionsFault)
)]
pub(crate) async fn list_sessions(
    State(house): State<Arc<House>>,
    SignedIn { account, token_hash }: SignedIn,
) -> Result<Json<Sessions>, ListSessionsFault> {
    let mut work = house.storage.read().await?;
    let sessions = work.sessions().of_account(account.id, house.now(), limits::PAGE).await?;
    let sessions = sessions.into_iter().map(|session| SessionInfo {
        id: session.id,
        device: session.device,
        created_at: session.created_at,
        expires_at: session.expires_at,
        current: session.token_hash == token_hash,
    });
    Ok(Json(Sessions { sessions: sessions.collect() }))
}
