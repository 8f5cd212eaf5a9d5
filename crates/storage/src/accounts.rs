//! Accounts and what they may do.

use std::collections::HashMap;

use gradshot_domain::{AccountId, Grant, Role, SchoolId, StudioId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_word, unless_stale};

/// An account: one person. The ways in are identities of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Opaque id.
    pub id: AccountId,
    /// Argon2id in PHC form; absent when the account has never had a password.
    pub password_hash: Option<String>,
    /// What it may do.
    pub grants: Vec<Grant>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Account {
    /// Whether it has this role, wherever.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role() == role)
    }

    /// Whether it has exactly this grant.
    pub fn holds(&self, grant: Grant) -> bool {
        self.grants.contains(&grant)
    }
}

/// The tables `accounts` and `grants`.
pub struct Accounts<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Accounts<'_> {
    /// Adds an account with its grants.
    pub async fn add(&mut self, account: &Account) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO accounts (id, password_hash, created_at) VALUES ($1, $2, $3)")
            .bind(account.id.to_string())
            .bind(account.password_hash.clone())
            .bind(account.created_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        for grant in &account.grants {
            self.grant(account.id, *grant, None, account.created_at).await?;
        }
        Ok(())
    }

    /// The account with this id.
    pub async fn find(&mut self, id: AccountId) -> Result<Option<Account>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.id, a.password_hash, a.created_at, g.role, g.scope FROM accounts a \
             LEFT JOIN grants g ON g.account = a.id WHERE a.id = $1 ORDER BY g.role, g.scope",
        )
        .bind(id.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        Ok(gather(&rows)?.pop())
    }

    /// The account whose session with this token is good at `at`. Asked with every request, so it is one look-up.
    pub async fn of_session(
        &mut self,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Account>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.id, a.password_hash, a.created_at, g.role, g.scope FROM sessions s \
             JOIN accounts a ON a.id = s.account LEFT JOIN grants g ON g.account = a.id \
             WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY g.role, g.scope",
        )
        .bind(token_hash.to_vec())
        .bind(at.as_millisecond())
        .fetch_all(&mut *self.connection)
        .await?;
        Ok(gather(&rows)?.pop())
    }

    /// Accounts with another role than a student's, by id after `after`.
    pub async fn staff(
        &mut self,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.id, a.password_hash, a.created_at, g.role, g.scope FROM accounts a \
             JOIN grants g ON g.account = a.id WHERE a.id IN (SELECT DISTINCT s.account FROM grants s \
             WHERE s.role <> 'student' AND s.account > $1 ORDER BY s.account LIMIT $2) \
             ORDER BY a.id, g.role, g.scope",
        )
        .bind(after.map_or_else(String::new, |after| after.to_string()))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        gather(&rows)
    }

    /// Gives a grant; one that is there already stays as it is.
    pub async fn grant(
        &mut self,
        id: AccountId,
        grant: Grant,
        given_by: Option<AccountId>,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO grants (account, role, scope, given_by, given_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (account, role, scope) DO NOTHING",
        )
        .bind(id.to_string())
        .bind(to_word(&grant.role()))
        .bind(scope(&grant))
        .bind(given_by.map(|by| by.to_string()))
        .bind(at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Takes a grant away; says whether it was there.
    pub async fn revoke(&mut self, id: AccountId, grant: Grant) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM grants WHERE account = $1 AND role = $2 AND scope = $3")
            .bind(id.to_string())
            .bind(to_word(&grant.role()))
            .bind(scope(&grant))
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Sets a new password, or takes it away.
    pub async fn set_password(&mut self, id: AccountId, hash: Option<&str>) -> Result<(), StorageError> {
        let done = sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
            .bind(hash.map(str::to_owned))
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "accounts")
    }
}

fn scope(grant: &Grant) -> String {
    match grant {
        Grant::Operator { studio } => studio.to_string(),
        Grant::School { school } => school.to_string(),
        Grant::Student | Grant::Reviewer | Grant::Support | Grant::Admin => String::new(),
    }
}

/// Rows of a join, one per grant, as accounts in the rows' order.
fn gather(rows: &[AnyRow]) -> Result<Vec<Account>, StorageError> {
    let (mut accounts, mut places) = (Vec::<Account>::new(), HashMap::new());
    for row in rows {
        let fields = Fields::of(row, "accounts");
        let id: AccountId = fields.parsed("id")?;
        let place = *places.entry(id).or_insert(accounts.len());
        if place == accounts.len() {
            accounts.push(Account {
                id,
                password_hash: fields.get("password_hash")?,
                grants: Vec::new(),
                created_at: fields.moment("created_at")?,
            });
        }
        if fields.get::<Option<String>>("role")?.is_some() {
            accounts[place].grants.push(read_grant(&fields)?);
        }
    }
    Ok(accounts)
}

fn read_grant(fields: &Fields<'_>) -> Result<Grant, StorageError> {
    Ok(match fields.word("role")? {
        Role::Student => Grant::Student,
        Role::Operator => Grant::Operator { studio: fields.parsed::<StudioId>("scope")? },
        Role::Reviewer => Grant::Reviewer,
        Role::School => Grant::School { school: fields.parsed::<SchoolId>("scope")? },
        Role::Support => Grant::Support,
        Role::Admin => Grant::Admin,
    })
}
