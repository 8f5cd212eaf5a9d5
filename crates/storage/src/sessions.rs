//! Sessions.

use gradshot_domain::AccountId;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::Fields;

/// A signed-in session. Only the token's hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Who signed in.
    pub account: AccountId,
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
        sqlx::query("INSERT INTO sessions (token_hash, account, expires_at) VALUES ($1, $2, $3)")
            .bind(session.token_hash.to_vec())
            .bind(session.account.to_string())
            .bind(session.expires_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// The session with this token that is good at `at`.
    pub async fn find(
        &mut self,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Session>, StorageError> {
        let row = sqlx::query("SELECT * FROM sessions WHERE token_hash = $1 AND expires_at > $2")
            .bind(token_hash.to_vec())
            .bind(at.as_millisecond())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let fields = Fields::named(&row, "sessions", "account");
            Ok(Session {
                token_hash: *token_hash,
                account: fields.parsed("account")?,
                expires_at: fields.moment("expires_at")?,
            })
        })
        .transpose()
    }

    /// Ends a session.
    pub async fn end(&mut self, token_hash: &[u8; 32]) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
