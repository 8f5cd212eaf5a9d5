//! Accounts.

use gradshot_domain::{AccountId, Role, SchoolId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// An account. The login is sealed; its fingerprint finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Opaque id.
    pub id: AccountId,
    /// Keyed fingerprint of the login.
    pub login_index: [u8; 32],
    /// The login, sealed.
    pub sealed_login: Vec<u8>,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
    /// The school of a school's clerk.
    pub school: Option<SchoolId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The table `accounts`.
pub struct Accounts<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Accounts<'_> {
    /// Adds an account; [`StorageError::Duplicate`] when the login is taken.
    pub async fn add(&mut self, account: &Account) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO accounts (id, login_index, sealed_login, password_hash, role, school, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(account.id.to_string())
        .bind(account.login_index.to_vec())
        .bind(account.sealed_login.clone())
        .bind(account.password_hash.clone())
        .bind(to_word(&account.role))
        .bind(account.school.map(|school| school.to_string()))
        .bind(account.created_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The account with this id.
    pub async fn find(&mut self, id: AccountId) -> Result<Option<Account>, StorageError> {
        let row = sqlx::query("SELECT * FROM accounts WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The account whose login has this fingerprint.
    pub async fn find_by_login(&mut self, login_index: &[u8; 32]) -> Result<Option<Account>, StorageError> {
        let row = sqlx::query("SELECT * FROM accounts WHERE login_index = $1")
            .bind(login_index.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }
}

fn read(row: &AnyRow) -> Result<Account, StorageError> {
    let fields = Fields::of(row, "accounts");
    Ok(Account {
        id: fields.parsed("id")?,
        login_index: fields.digest("login_index")?,
        sealed_login: fields.get("sealed_login")?,
        password_hash: fields.get("password_hash")?,
        role: fields.word("role")?,
        school: fields.parsed_option("school")?,
        created_at: fields.moment("created_at")?,
    })
}
