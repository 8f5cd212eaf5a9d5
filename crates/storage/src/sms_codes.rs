//! Codes by SMS 验证码: to which number one was sent, and what it is good for.

use gradshot_domain::{CODE_TRIES, CodePurpose, SmsCodeId};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// A code that was sent. Neither number nor code is kept, only keyed fingerprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsCode {
    /// Opaque id.
    pub id: SmsCodeId,
    /// Keyed fingerprint of the number.
    pub number: [u8; 32],
    /// What it is for.
    pub purpose: CodePurpose,
    /// Keyed fingerprint of number, purpose and code.
    pub code_index: [u8; 32],
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it is no longer good.
    pub expires_at: Timestamp,
}

/// The tables `sms_numbers` and `sms_codes`.
pub struct SmsCodes<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl SmsCodes<'_> {
    /// When codes were sent to this number since, the newest first. Others who ask for the same number wait until this
    /// unit of work ends.
    pub async fn sent_since(
        &mut self,
        number: &[u8; 32],
        since: Timestamp,
        at: Timestamp,
    ) -> Result<Vec<Timestamp>, StorageError> {
        sqlx::query(
            "INSERT INTO sms_numbers (fingerprint, asked_at) VALUES ($1, $2) \
             ON CONFLICT (fingerprint) DO UPDATE SET asked_at = excluded.asked_at",
        )
        .bind(number.to_vec())
        .bind(at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        let rows = sqlx::query(
            "SELECT id, sent_at FROM sms_codes WHERE number = $1 AND sent_at > $2 ORDER BY sent_at DESC LIMIT 50",
        )
        .bind(number.to_vec())
        .bind(since.as_millisecond())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::of(row, "sms_codes").moment("sent_at")).collect()
    }

    /// Adds a code; earlier ones for the same purpose are no longer good.
    pub async fn add(&mut self, code: &SmsCode) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE sms_codes SET used_at = $1 WHERE number = $2 AND purpose = $3 AND used_at IS NULL",
        )
        .bind(code.sent_at.as_millisecond())
        .bind(code.number.to_vec())
        .bind(to_word(&code.purpose))
        .execute(&mut *self.connection)
        .await?;
        sqlx::query(
            "INSERT INTO sms_codes (id, number, purpose, code_index, sent_at, expires_at, tries) \
             VALUES ($1, $2, $3, $4, $5, $6, 0)",
        )
        .bind(code.id.to_string())
        .bind(code.number.to_vec())
        .bind(to_word(&code.purpose))
        .bind(code.code_index.to_vec())
        .bind(code.sent_at.as_millisecond())
        .bind(code.expires_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Tries a code: counted before it is compared, and good once. Commit also when it was wrong.
    pub async fn redeem(
        &mut self,
        number: &[u8; 32],
        purpose: CodePurpose,
        code_index: &[u8; 32],
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let row = sqlx::query(
            "UPDATE sms_codes SET tries = tries + 1 WHERE number = $1 AND purpose = $2 AND used_at IS NULL \
             AND expires_at > $3 AND tries < $4 RETURNING id, code_index",
        )
        .bind(number.to_vec())
        .bind(to_word(&purpose))
        .bind(at.as_millisecond())
        .bind(i64::from(CODE_TRIES))
        .fetch_optional(&mut *self.connection)
        .await?;
        let Some(row) = row else { return Ok(false) };
        let fields = Fields::of(&row, "sms_codes");
        if fields.digest("code_index")? != *code_index {
            return Ok(false);
        }
        sqlx::query("UPDATE sms_codes SET used_at = $1 WHERE id = $2")
            .bind(at.as_millisecond())
            .bind(fields.get::<String>("id")?)
            .execute(&mut *self.connection)
            .await?;
        Ok(true)
    }
}
