//! Who is calling: an argument's type says who may.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use gradshot_domain::{AccountId, Grant, Role, SchoolId, StationId, StudioId};
use gradshot_seal::StationVerifyingKey;
use gradshot_storage::{Account, AuditActor};

use crate::house::House;
use crate::problem::faults;
use crate::{audit, token};

/// The cookie that keeps a page signed in.
pub(crate) const SESSION_COOKIE: &str = "gradshot_session";

faults! {
    /// Why a caller was not let in.
    CallerFault { SessionMissing, RoleForbidden, StationUnknown }
}

/// Anybody who is signed in.
pub(crate) struct SignedIn {
    pub(crate) account: Account,
    pub(crate) token_hash: [u8; 32],
}

/// A student.
pub(crate) struct Student {
    pub(crate) id: AccountId,
}

/// A reviewer.
pub(crate) struct Reviewer {
    pub(crate) id: AccountId,
}

/// An administrator.
pub(crate) struct Admin {
    pub(crate) id: AccountId,
}

/// An administrator, or a clerk of one school or several.
pub(crate) struct Clerk {
    pub(crate) account: Account,
}

/// An administrator, or an operator of one studio or several.
pub(crate) struct Operator {
    pub(crate) account: Account,
}

/// Support, or an administrator.
pub(crate) struct Support {
    pub(crate) id: AccountId,
}

/// A paired station.
pub(crate) struct Station {
    pub(crate) id: StationId,
    pub(crate) studio: StudioId,
    pub(crate) name: String,
    pub(crate) key: StationVerifyingKey,
}

impl FromRequestParts<Arc<House>> for SignedIn {
    type Rejection = CallerFault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
        let token = token(&parts.headers).ok_or(CallerFault::SessionMissing)?;
        let token_hash = token::hash(token);
        let mut work = house.storage.read().await?;
        let found = work.accounts().of_session(&token_hash, house.now()).await?;
        let account = found.ok_or(CallerFault::SessionMissing)?;
        audit::asked_by_account(parts, &account);
        Ok(Self { account, token_hash })
    }
}

macro_rules! role {
    ($($caller:ident $role:ident)+) => {$(
        impl FromRequestParts<Arc<House>> for $caller {
            type Rejection = CallerFault;

            async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
                let SignedIn { account, .. } = SignedIn::from_request_parts(parts, house).await?;
                if account.has(Role::$role) { Ok(Self { id: account.id }) } else { Err(CallerFault::RoleForbidden) }
            }
        }
    )+};
}

role! {
    Student Student
    Reviewer Reviewer
    Admin Admin
}

impl FromRequestParts<Arc<House>> for Clerk {
    type Rejection = CallerFault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
        let SignedIn { account, .. } = SignedIn::from_request_parts(parts, house).await?;
        if account.has(Role::Admin) || account.has(Role::School) {
            Ok(Self { account })
        } else {
            Err(CallerFault::RoleForbidden)
        }
    }
}

impl Clerk {
    /// Whether this school is the caller's to work for.
    pub(crate) fn is_of(&self, school: SchoolId) -> bool {
        self.account.has(Role::Admin) || self.account.holds(Grant::School { school })
    }
}

impl FromRequestParts<Arc<House>> for Operator {
    type Rejection = CallerFault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
        let SignedIn { account, .. } = SignedIn::from_request_parts(parts, house).await?;
        if account.has(Role::Admin) || account.has(Role::Operator) {
            Ok(Self { account })
        } else {
            Err(CallerFault::RoleForbidden)
        }
    }
}

impl Operator {
    /// Whether this studio is the caller's to work for.
    pub(crate) fn is_of(&self, studio: StudioId) -> bool {
        self.account.has(Role::Admin) || self.account.holds(Grant::Operator { studio })
    }
}

impl FromRequestParts<Arc<House>> for Support {
    type Rejection = CallerFault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
        let SignedIn { account, .. } = SignedIn::from_request_parts(parts, house).await?;
        if account.has(Role::Admin) || account.has(Role::Support) {
            Ok(Self { id: account.id })
        } else {
            Err(CallerFault::RoleForbidden)
        }
    }
}

impl FromRequestParts<Arc<House>> for Station {
    type Rejection = CallerFault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, CallerFault> {
        let token = bearer(&parts.headers).ok_or(CallerFault::StationUnknown)?;
        let mut work = house.storage.read().await?;
        let found = work.stations().find_by_token(&token::hash(token)).await?;
        let station = found.ok_or(CallerFault::StationUnknown)?;
        let key = station.verifying_key.ok_or(CallerFault::StationUnknown)?;
        audit::asked_by(parts, AuditActor::Station(station.id));
        Ok(Self {
            id: station.id,
            studio: station.studio,
            name: station.name,
            key: StationVerifyingKey::from_text(&key)?,
        })
    }
}

/// The token that a caller brought, whatever it is worth.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    bearer(headers).or_else(|| cookie(headers))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { token::plausible(token) } else { None }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .and_then(|(_, value)| token::plausible(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_in_a_header_or_in_the_cookie() {
        let mut headers = HeaderMap::new();
        assert_eq!((bearer(&headers), cookie(&headers)), (None, None));
        headers.insert(header::AUTHORIZATION, "bearer abc".parse().unwrap());
        headers.insert(header::COOKIE, "theme=dark; gradshot_session=def".parse().unwrap());
        assert_eq!((bearer(&headers), cookie(&headers)), (Some("abc"), Some("def")));
        headers.insert(header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert_eq!(bearer(&headers), None);
    }
}
