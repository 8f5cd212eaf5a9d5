//! Making accounts for staff, at the first start and by an administrator.

use gradshot_domain::{AccountId, Role, SchoolId};
use gradshot_storage::{Account, StorageError};

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

/// Makes an account for staff. `school` is needed for a school's clerk and for nobody else.
pub(crate) async fn create(
    house: &House,
    login: &str,
    password: &str,
    role: Role,
    school: Option<SchoolId>,
) -> Result<Account, CreateStaffError> {
    let login = parse_login(login).ok_or(CreateStaffError::Login)?;
    if !is_password(password) {
        return Err(CreateStaffError::Password);
    }
    if role == Role::Student || (role == Role::School) != school.is_some() {
        return Err(CreateStaffError::Role);
    }
    let (at, mut rng) = (house.now(), house.rng());
    let password_hash = house.passwords.hash(password.to_owned(), &mut rng).await.map_err(internal)?;
    let id = AccountId::new(at, &mut rng);
    let account = Account {
        id,
        login_index: house.vault.login_index(&login),
        sealed_login: house.vault.seal_login(id, &login, &mut rng),
        password_hash,
        role,
        school,
        created_at: at,
    };
    let mut work = house.storage.begin().await.map_err(internal)?;
    match work.accounts().add(&account).await {
        Ok(()) => {}
        Err(StorageError::Duplicate) => return Err(CreateStaffError::Taken),
        Err(error) => return Err(internal(error)),
    }
    work.commit().await.map_err(internal)?;
    Ok(account)
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
