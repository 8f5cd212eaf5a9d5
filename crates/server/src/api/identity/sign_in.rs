//! `POST /api/sign-in`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::IdentityKind;
use gradshot_storage::{Account, Attempt, UnitOfWork};
use gradshot_wire::identity::{Session, SignIn};

use super::device::Device;
use super::session::{self, SetCookie};
use crate::house::House;
use crate::input::Body;
use crate::limits;
use crate::problem::{Broken, faults};

faults! {
    /// Why nobody was signed in.
    SignInFault { SignInWrong, SignInLocked }
}

/// Signs in; students by phone number, staff by user name. Wrong tries are limited per login.
#[utoipa::path(
    post, path = "/api/sign-in", tag = "identity", request_body = SignIn,
    responses((status = 200, description = "Signed in; the session's cookie is set", body = Session), SignInFault)
)]
pub(crate) async fn sign_in(
    State(house): State<Arc<House>>,
    device: Device,
    Body(request): Body<SignIn>,
) -> Result<(SetCookie, Json<Session>), SignInFault> {
    let login = request.login.trim().to_ascii_lowercase();
    if login.is_empty() || login.len() > 64 || request.password.len() > 256 {
        return Err(SignInFault::SignInWrong);
    }
    let at = house.now();
    let index = house.vault.login_index(&login);
    let attempt = house.vault.attempt_name("sign in", login.as_bytes());

    let mut work = house.storage.begin().await?;
    if let Attempt::Locked { .. } = work.attempts().spend(&attempt, limits::SIGN_IN_TRIES, at).await? {
        return Err(SignInFault::SignInLocked);
    }
    let account = find(&mut work, &index).await?;
    work.commit().await?;

    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = house.passwords.verify(request.password, hash).await?;
    let account = account.filter(|_| right).ok_or(SignInFault::SignInWrong)?;

    let mut work = house.storage.begin().await?;
    work.attempts().forgive(&attempt).await?;
    let (cookie, session) = session::begin(&house, &mut work, &account, &device, at).await?;
    work.commit().await?;
    Ok((cookie, Json(session)))
}

/// The account of a phone number or a user name; no text is both.
async fn find(work: &mut UnitOfWork, index: &[u8; 32]) -> Result<Option<Account>, Broken> {
    for kind in [IdentityKind::Phone, IdentityKind::UserName] {
        if let Some(identity) = work.identities().find(kind, index).await? {
            return Ok(work.accounts().find(identity.account).await?);
        }
    }
    Ok(None)
}
