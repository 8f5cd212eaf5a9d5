//! `POST /api/sign-out`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::session::{self, SetCookie};
use crate::caller::SignedIn;
use crate::house::House;
use crate::problem::faults;

faults! {
    /// Why nobody was signed out.
    SignOutFault {}
}

/// Ends the session and clears its cookie.
#[utoipa::path(
    post, path = "/api/sign-out", tag = "identity", security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Signed out"), SignOutFault)
)]
pub(crate) async fn sign_out(
    State(house): State<Arc<House>>,
    caller: SignedIn,
) -> Result<(StatusCode, SetCookie), SignOutFault> {
    let mut work = house.storage.begin().await?;
    work.sessions().end(&caller.token_hash).await?;
    work.commit().await?;
    Ok((StatusCode::NO_CONTENT, session::clear_cookie(&house)))
}
