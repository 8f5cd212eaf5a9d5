//! Forgetting what is over.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::StorageError;

/// Tries of which nobody heard for so long are forgotten.
const ATTEMPTS_REMEMBERED: Duration = Duration::from_hours(24);

/// Tables whose rows say themselves when they are over.
const EXPIRING: [&str; 4] = ["sessions", "pairing_codes", "kept_answers", "portrait_pieces"];

/// Rows that are over, whatever table they are in.
pub struct Expiry<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Expiry<'_> {
    /// Forgets everything that was over at `at`; gives how many rows went.
    pub async fn forget(&mut self, at: Timestamp) -> Result<u64, StorageError> {
        let mut gone = 0;
        for table in EXPIRING {
            let sql = format!("DELETE FROM {table} WHERE expires_at <= $1");
            let done = sqlx::query(AssertSqlSafe(sql))
                .bind(at.as_millisecond())
                .execute(&mut *self.connection)
                .await?;
            gone += done.rows_affected();
        }
        let done = sqlx::query("DELETE FROM attempts WHERE last_at < $1")
            .bind((at - ATTEMPTS_REMEMBERED).as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(gone + done.rows_affected())
    }
}
