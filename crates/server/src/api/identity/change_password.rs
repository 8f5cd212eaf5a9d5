//! `POST /api/account/password`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_storage::Attempt;
use gradshot_wire::identity::ChangePassword;

use crate::caller::SignedIn;
use crate::house::House;
use crate::input::Body;
use crate::limits;
use crate::problem::faults;
use crate::staff::is_password;

faults! {
    /// Why no password was set.
    ChangePasswordFault { PasswordLength, PasswordsDiffer, PasswordMissing, PasswordWrong, SignInLocked }
}

/// Sets a new password and ends all other sessions. The password so far is needed where there is one.
#[utoipa::path(
    post, path = "/api/account/password", tag = "identity", request_body = ChangePassword,
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Set"), ChangePasswordFault)
)]
pub(crate) async fn change_password(
    State(house): State<Arc<House>>,
    SignedIn { account, token_hash }: SignedIn,
    Body(request): Body<ChangePassword>,
) -> Result<StatusCode, ChangePasswordFault> {
    if !is_password(&request.password) {
        return Err(ChangePasswordFault::PasswordLength);
    }
    if request.password != request.password_again {
        return Err(ChangePasswordFault::PasswordsDiffer);
    }
    if let Some(hash) = account.password_hash {
        let old = request.old_password.ok_or(ChangePasswordFault::PasswordMissing)?;
        let attempt = house.vault.attempt_name("change password", account.id.as_bytes());
        let mut work = house.storage.begin().await?;
        let spent = work.attempts().spend(&attempt, limits::SIGN_IN_TRIES, house.now()).await?;
        work.commit().await?;
        if let Attempt::Locked { .. } = spent {
            return Err(ChangePasswordFault::SignInLocked);
        }
        if !house.passwords.verify(old, Some(hash)).await? {
            return Err(ChangePasswordFault::PasswordWrong);
        }
        let mut work = house.storage.begin().await?;
        work.attempts().forgive(&attempt).await?;
        work.commit().await?;
    }
    let hash = house.passwords.hash(request.password, &mut house.rng()).await?;
    let mut work = house.storage.begin().await?;
    work.accounts().set_password(account.id, Some(&hash)).await?;
    work.sessions().end_others(account.id, Some(&token_hash)).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
