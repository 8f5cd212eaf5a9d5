//! Identities: the ways into accounts.

use gradshot_domain::{AccountId, IdentityId, IdentityKind};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// A way into an account. What it is about (a phone number, a user name) is sealed; its fingerprint finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Opaque id.
    pub id: IdentityId,
    /// Whose.
    pub account: AccountId,
    /// What it is.
    pub kind: IdentityKind,
    /// Keyed fingerprint.
    pub fingerprint: [u8; 32],
    /// The phone number or the name, sealed.
    pub sealed: Vec<u8>,
    /// When its owner proved to have it.
    pub verified_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// The table `identities`.
pub struct Identities<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Identities<'_> {
    /// Adds an identity; [`StorageError::Duplicate`] when somebody has it already.
    pub async fn add(&mut self, identity: &Identity) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO identities (id, account, kind, fingerprint, sealed, verified_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(identity.id.to_string())
        .bind(identity.account.to_string())
        .bind(to_word(&identity.kind))
        .bind(identity.fingerprint.to_vec())
        .bind(identity.sealed.clone())
        .bind(identity.verified_at.map(Timestamp::as_millisecond))
        .bind(identity.created_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The identity of this kind with this fingerprint.
    pub async fn find(
        &mut self,
        kind: IdentityKind,
        fingerprint: &[u8; 32],
    ) -> Result<Option<Identity>, StorageError> {
        let row = sqlx::query("SELECT * FROM identities WHERE kind = $1 AND fingerprint = $2")
            .bind(to_word(&kind))
            .bind(fingerprint.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The identities of an account, the oldest first; at most 20.
    pub async fn of_account(&mut self, account: AccountId) -> Result<Vec<Identity>, StorageError> {
        let rows = sqlx::query("SELECT * FROM identities WHERE account = $1 ORDER BY id LIMIT 20")
            .bind(account.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Notes that its owner proved to have it; the first proof stays.
    pub async fn verify(&mut self, id: IdentityId, at: Timestamp) -> Result<(), StorageError> {
        sqlx::query("UPDATE identities SET verified_at = $1 WHERE id = $2 AND verified_at IS NULL")
            .bind(at.as_millisecond())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Removes all identities of an account, so that nobody comes in any more.
    pub async fn remove_of_account(&mut self, account: AccountId) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM identities WHERE account = $1")
            .bind(account.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}

fn read(row: &AnyRow) -> Result<Identity, StorageError> {
    let fields = Fields::of(row, "identities");
    Ok(Identity {
        id: fields.parsed("id")?,
        account: fields.parsed("account")?,
        kind: fields.word("kind")?,
        fingerprint: fields.digest("fingerprint")?,
        sealed: fields.get("sealed")?,
        verified_at: fields.moment_option("verified_at")?,
        created_at: fields.moment("created_at")?,
    })
}
