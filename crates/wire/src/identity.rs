//! Who is calling: accounts, sign-up, sign-in.

use std::fmt;

use gradshot_domain::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use gradshot_domain::Role;

/// Creates a student's account and signs in.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignUp {
    /// Mobile phone number of mainland China, 11 digits.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// 8 to 64 characters.
    pub password: String,
    /// The same once more.
    pub password_again: String,
}

/// Signs in; staff by user name, students by phone number.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    /// Phone number of a student or user name of staff.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A signed-in session. The same token is set as an `HttpOnly` cookie, so that pages need not keep it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Bearer token for programs.
    pub token: String,
    /// Who signed in.
    pub account: Account,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Opaque id.
    pub id: AccountId,
    /// What the account may do.
    pub role: Role,
    /// Phone number or user name, masked: `139****0001`.
    pub masked_login: String,
}

/// Makes an account for staff; for administrators.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NewStaff {
    /// User name: 3 to 32 letters, digits, `.`, `_` or `-`, beginning with a letter.
    #[schema(example = "reviewer.lin")]
    pub login: String,
    /// 8 to 64 characters.
    pub password: String,
    /// What the account may do; anything but `student`.
    pub role: Role,
}

/// Passwords, phones and tokens do not show in debug output.
macro_rules! secretive {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secretive! { SignUp SignIn Session NewStaff }
