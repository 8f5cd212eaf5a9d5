//! Closing an account: what is deleted, and the proof of it.

use gradshot_domain::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::{Fields, to_json};

/// How many rows of each kind were deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deleted {
    /// Ways in: phone number, user name.
    pub identities: u64,
    /// Sessions.
    pub sessions: u64,
    /// Messages.
    pub messages: u64,
    /// Lines of conversations, with their attachments.
    pub conversation_lines: u64,
    /// Requests to be added to a roster.
    pub roster_requests: u64,
    /// Data for invoices.
    pub invoices: u64,
    /// Names, phone numbers and addresses that prints were sent to.
    #[serde(default)]
    pub recipients: u64,
}

/// The tables that hold what an account's owner may have deleted, and `closed_accounts`.
pub struct Rights<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

/// What goes, in an order in which nothing points to what is gone.
const DELETIONS: [&str; 12] = [
    "DELETE FROM conversation_lines WHERE conversation IN (SELECT id FROM conversations WHERE account = $1)",
    "DELETE FROM conversations WHERE account = $1",
    "DELETE FROM messages WHERE account = $1",
    "DELETE FROM roster_requests WHERE account = $1",
    "DELETE FROM invoices WHERE order_id IN \
     (SELECT o.id FROM orders o JOIN collections c ON c.id = o.collection WHERE c.account = $1)",
    "UPDATE print_orders SET sealed_recipient = NULL WHERE sealed_recipient IS NOT NULL \
     AND collection IN (SELECT id FROM collections WHERE account = $1)",
    "DELETE FROM sessions WHERE account = $1",
    "DELETE FROM identities WHERE account = $1",
    "DELETE FROM grants WHERE account = $1",
    "UPDATE accounts SET password_hash = NULL WHERE id = $1",
    // The pieces themselves are swept like all sealed bytes that no row knows.
    "DELETE FROM shot_pieces WHERE shot IN \
     (SELECT s.id FROM shots s JOIN collections c ON c.id = s.collection WHERE c.account = $1)",
    "DELETE FROM shots WHERE collection IN (SELECT id FROM collections WHERE account = $1)",
];

impl Rights<'_> {
    /// Deletes what may go, and keeps how much it was. What the law wants kept (consents, orders, portraits that were
    /// handed over) stays with an id that leads to nobody.
    pub async fn close_account(&mut self, id: AccountId, at: Timestamp) -> Result<Deleted, StorageError> {
        let mut counts = [0u64; DELETIONS.len()];
        for (sql, count) in DELETIONS.into_iter().zip(&mut counts) {
            let done = sqlx::query(sql).bind(id.to_string()).execute(&mut *self.connection).await?;
            *count = done.rows_affected();
        }
        let [
            conversation_lines,
            _,
            messages,
            roster_requests,
            invoices,
            recipients,
            sessions,
            identities,
            ..,
        ] = counts;
        let deleted = Deleted {
            identities,
            sessions,
            messages,
            conversation_lines,
            roster_requests,
            invoices,
            recipients,
        };
        sqlx::query("INSERT INTO closed_accounts (account, closed_at, proof) VALUES ($1, $2, $3)")
            .bind(id.to_string())
            .bind(at.as_millisecond())
            .bind(to_json(&deleted))
            .execute(&mut *self.connection)
            .await?;
        Ok(deleted)
    }

    /// The proof of an account's closing.
    pub async fn closed(&mut self, id: AccountId) -> Result<Option<(Timestamp, Deleted)>, StorageError> {
        let row = sqlx::query("SELECT * FROM closed_accounts WHERE account = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let fields = Fields::named(&row, "closed_accounts", "account");
            Ok((fields.moment("closed_at")?, fields.json("proof")?))
        })
        .transpose()
    }
}
