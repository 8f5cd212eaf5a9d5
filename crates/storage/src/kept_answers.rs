//! Answers kept for a while, so that a request that is sent twice is done once.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::{Fields, unless_stale};

/// How a request with a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerStanding {
    /// It was never seen, or too long ago: do it.
    New,
    /// The same request is being worked on.
    InHand,
    /// It was answered already.
    Answered {
        /// The answer, sealed.
        sealed: Vec<u8>,
    },
    /// The key belongs to another request.
    Other,
}

/// The table `kept_answers`.
pub struct KeptAnswers<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl KeptAnswers<'_> {
    /// Takes a request in hand until `in_hand_until`, unless it is known. `id` is a fingerprint of caller and key,
    /// `request` a digest of what is asked.
    pub async fn take(
        &mut self,
        id: &[u8; 32],
        request: &[u8; 32],
        at: Timestamp,
        in_hand_until: Timestamp,
    ) -> Result<AnswerStanding, StorageError> {
        let taken = sqlx::query(
            "INSERT INTO kept_answers (id, request, expires_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE \
             SET request = excluded.request, sealed_answer = NULL, expires_at = excluded.expires_at \
             WHERE kept_answers.expires_at <= $4",
        )
        .bind(id.to_vec())
        .bind(request.to_vec())
        .bind(in_hand_until.as_millisecond())
        .bind(at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        if taken.rows_affected() == 1 {
            return Ok(AnswerStanding::New);
        }
        let row = sqlx::query("SELECT request, sealed_answer FROM kept_answers WHERE id = $1")
            .bind(id.to_vec())
            .fetch_one(&mut *self.connection)
            .await?;
        let fields = Fields::of(&row, "kept_answers");
        if fields.digest("request")? != *request {
            return Ok(AnswerStanding::Other);
        }
        let sealed: Option<Vec<u8>> = fields.get("sealed_answer")?;
        Ok(sealed.map_or(AnswerStanding::InHand, |sealed| AnswerStanding::Answered { sealed }))
    }

    /// Keeps the answer until `expires_at`.
    pub async fn keep(
        &mut self,
        id: &[u8; 32],
        sealed: Vec<u8>,
        expires_at: Timestamp,
    ) -> Result<(), StorageError> {
        let done = sqlx::query("UPDATE kept_answers SET sealed_answer = $1, expires_at = $2 WHERE id = $3")
            .bind(sealed)
            .bind(expires_at.as_millisecond())
            .bind(id.to_vec())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "kept_answers")
    }

    /// Forgets the request, so that it can be done anew.
    pub async fn release(&mut self, id: &[u8; 32]) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM kept_answers WHERE id = $1")
            .bind(id.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
