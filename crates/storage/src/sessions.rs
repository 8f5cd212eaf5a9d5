//! Sessions.

use gradshot_domain::{AccountId, SessionId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::Fields;

/// A signed-in session. Only the token's hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Opaque id, by which its owner ends it.
    pub id: SessionId,
    /// Who signed in.
    pub account: AccountId,
    /// Kind of device, in a word or two.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// The table `sessions`.
pub struct Sessions<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Sessions<'_> {
    /// Adds a session and forgets those that ended before `at`.
    pub async fn add(&mut self, session: &Session, at: Timestamp) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (token_hash, id, account, device, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(session.token_hash.to_vec())
        .bind(session.id.to_string())
        .bind(session.account.to_string())
        .bind(session.device.clone())
        .bind(session.created_at.as_millisecond())
        .bind(session.expires_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The sessions of an account that are good at `at`, the newest first.
    pub async fn of_account(
        &mut self,
        account: AccountId,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Session>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM sessions WHERE account = $1 AND expires_at > $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(account.to_string())
        .bind(at.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Ends a session.
    pub async fn end(&mut self, token_hash: &[u8; 32]) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Ends one session of an account; says whether there was one.
    pub async fn end_of_account(&mut self, account: AccountId, id: SessionId) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM sessions WHERE account = $1 AND id = $2")
            .bind(account.to_string())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends all sessions of an account but the one with this token, if any.
    pub async fn end_others(
        &mut self,
        account: AccountId,
        but: Option<&[u8; 32]>,
    ) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE account = $1 AND token_hash <> $2")
            .bind(account.to_string())
            .bind(but.map_or_else(Vec::new, |token_hash| token_hash.to_vec()))
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}

fn read(row: &AnyRow) -> Result<Session, StorageError> {
    let fields = Fields::of(row, "sessions");
    Ok(Session {
        token_hash: fields.digest("token_hash")?,
        id: fields.parsed("id")?,
        account: fields.parsed("account")?,
        device: fields.get("device")?,
        created_at: fields.moment("created_at")?,
        expires_at: fields.moment("expires_at")?,
    })
}
