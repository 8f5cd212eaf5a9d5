//! Making accounts for staff, at the first start and by an administrator.

use gradshot_domain::{AccountId, Grant, IdentityId, IdentityKind, Role};
use gradshot_storage::{Account, Identity, StorageError};

use crate::house::House;
use crate::problem::Broken;

const LOGIN_CHARS: std::ops::RangeInclusive<usize> = 3..=32;
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

/// Why an account for staff was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateStaffError {
    /// Not a user name.
    #[error("a user name has 3 to 32 letters, digits, dots, underscores or hyphens and begins with a letter")]
    Login,
    /// Too short or too long.
    #[error("a password has 8 to 64 characters")]
    Password,
    /// Students sign up themselves; a school's clerk belongs to a school.
    #[error("an account of this role is not made here")]
    Role,
    /// There is an account with this user name.
    #[error("this user name is taken")]
    Taken,
    /// The database or the vault refused.
    #[error("the account could not be kept: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Makes an account for staff with one grant and a user name as its way in.
pub(crate) async fn create(
    house: &House,
    login: &str,
    password: &str,
    grant: Grant,
) -> Result<Account, CreateStaffError> {
    let login = parse_login(login).ok_or(CreateStaffError::Login)?;
    if !is_password(password) {
        return Err(CreateStaffError::Password);
    }
    if grant == Grant::Student {
        return Err(CreateStaffError::Role);
    }
    let (at, mut rng) = (house.now(), house.rng());
    let password_hash = house.passwords.hash(password.to_owned(), &mut rng).await.map_err(internal)?;
    let id = AccountId::new(at, &mut rng);
    let account = Account { id, password_hash: Some(password_hash), grants: vec![grant], created_at: at };
    let identity = IdentityId::new(at, &mut rng);
    let identity = Identity {
        id: identity,
        account: id,
        kind: IdentityKind::UserName,
        fingerprint: house.vault.login_index(&login),
        sealed: house.vault.seal_identity(identity, &login, &mut rng),
        verified_at: Some(at),
        created_at: at,
    };
    let mut work = house.storage.begin().await.map_err(internal)?;
    work.accounts().add(&account).await.map_err(internal)?;
    match work.identities().add(&identity).await {
        Ok(()) => {}
        Err(StorageError::Duplicate) => return Err(CreateStaffError::Taken),
        Err(error) => return Err(internal(error)),
    }
    work.commit().await.map_err(internal)?;
    Ok(account)
}

/// The grant of a role that is nobody's in particular; `None` for students and for roles at one studio or school.
pub(crate) const fn unscoped(role: Role) -> Option<Grant> {
    match role {
        Role::Reviewer => Some(Grant::Reviewer),
        Role::Support => Some(Grant::Support),
        Role::Admin => Some(Grant::Admin),
        Role::Student | Role::Operator | Role::School => None,
    }
}

/// A user name as it is compared: lower case.
pub(crate) fn parse_login(text: &str) -> Option<String> {
    let login = text.trim().to_ascii_lowercase();
    let fits = LOGIN_CHARS.contains(&login.len())
        && login.starts_with(|first: char| first.is_ascii_lowercase())
        && login.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    fits.then_some(login)
}

/// Whether a text may be a password.
pub(crate) fn is_password(text: &str) -> bool {
    PASSWORD_CHARS.contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

fn internal(error: impl Into<Broken>) -> CreateStaffError {
    CreateStaffError::Internal(Box::new(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_never_a_phone_number() {
        assert_eq!(parse_login(" Reviewer.Lin ").as_deref(), Some("reviewer.lin"));
        for wrong in ["13900000001", "ab", "审核员", "a b c", "_abc"] {
            assert_eq!(parse_login(wrong), None, "{wrong}");
        }
    }
}
