//! Beginning and ending sessions.

use axum::http::{HeaderName, header};
use gradshot_domain::{Grant, SessionId};
use gradshot_storage::{Account, Session, UnitOfWork};
use gradshot_wire::identity;
use jiff::Timestamp;

use super::device::Device;
use crate::caller::SESSION_COOKIE;
use crate::house::House;
use crate::problem::Broken;
use crate::{limits, token, view};

/// A header that sets or clears the cookie.
pub(super) type SetCookie = [(HeaderName, String); 1];

/// Begins a session for an account.
pub(super) async fn begin(
    house: &House,
    work: &mut UnitOfWork,
    account: &Account,
    device: &Device,
    at: Timestamp,
) -> Result<(SetCookie, identity::Session), Broken> {
    let mut rng = house.rng();
    let token = token::generate(&mut rng);
    let is_student = account.grants.iter().all(|grant| *grant == Grant::Student);
    let lasts = if is_student { limits::STUDENT_SESSION } else { limits::STAFF_SESSION };
    let session = Session {
        token_hash: token::hash(&token),
        id: SessionId::new(at, &mut rng),
        account: account.id,
        device: device.0.to_owned(),
        created_at: at,
        expires_at: at + lasts,
    };
    work.sessions().add(&session, at).await?;
    let cookie = set_cookie(house, &token, lasts.as_secs());
    let account = view::account(&house.vault, work, account).await?;
    Ok((cookie, identity::Session { token, account }))
}

/// Clears the cookie.
pub(super) fn clear_cookie(house: &House) -> SetCookie {
    set_cookie(house, "", 0)
}

fn set_cookie(house: &House, token: &str, seconds: u64) -> SetCookie {
    let secure = if house.is_public_over_tls() { "; Secure" } else { "" };
    let cookie =
        format!("{SESSION_COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    [(header::SET_COOKIE, cookie)]
}
