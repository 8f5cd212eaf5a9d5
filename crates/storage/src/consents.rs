//! Consents 授权: which text was agreed to and when, and when that was taken back.

use gradshot_domain::{CollectionId, ConsentPurpose};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// One consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Version of the text that was read.
    pub text_version: String,
    /// SHA-256 of that text in hexadecimal; empty for one from before texts were kept.
    pub text_sha256: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// The table `consent_records`.
pub struct Consents<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Consents<'_> {
    /// Keeps a consent; one to the same text that holds already changes nothing.
    pub async fn give(&mut self, id: CollectionId, consent: &Consent) -> Result<(), StorageError> {
        let holding = self.records(id, 100).await?;
        let same = |kept: &Consent| {
            kept.purpose == consent.purpose
                && kept.text_sha256 == consent.text_sha256
                && kept.withdrawn_at.is_none()
        };
        if holding.iter().any(same) {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO consent_records (collection, purpose, text_version, text_sha256, given_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (collection, purpose, given_at) DO UPDATE SET withdrawn_at = NULL",
        )
        .bind(id.to_string())
        .bind(to_word(&consent.purpose))
        .bind(consent.text_version.clone())
        .bind(consent.text_sha256.clone())
        .bind(consent.given_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Takes all consents for a purpose back; says whether there was one.
    pub async fn withdraw(
        &mut self,
        id: CollectionId,
        purpose: ConsentPurpose,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE consent_records SET withdrawn_at = $1 WHERE collection = $2 AND purpose = $3 \
             AND withdrawn_at IS NULL",
        )
        .bind(at.as_millisecond())
        .bind(id.to_string())
        .bind(to_word(&purpose))
        .execute(&mut *self.connection)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The purposes for which a consent holds.
    pub async fn holding(&mut self, id: CollectionId) -> Result<Vec<ConsentPurpose>, StorageError> {
        let rows = sqlx::query(
            "SELECT DISTINCT purpose, collection FROM consent_records WHERE collection = $1 AND withdrawn_at IS NULL",
        )
        .bind(id.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::named(row, "consent_records", "collection").word("purpose")).collect()
    }

    /// All consents ever given, the oldest first.
    pub async fn records(&mut self, id: CollectionId, limit: u32) -> Result<Vec<Consent>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM consent_records WHERE collection = $1 ORDER BY given_at, purpose LIMIT $2",
        )
        .bind(id.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Consent, StorageError> {
    let fields = Fields::named(row, "consent_records", "collection");
    Ok(Consent {
        purpose: fields.word("purpose")?,
        text_version: fields.get("text_version")?,
        text_sha256: fields.get("text_sha256")?,
        given_at: fields.moment("given_at")?,
        withdrawn_at: fields.moment_option("withdrawn_at")?,
    })
}
