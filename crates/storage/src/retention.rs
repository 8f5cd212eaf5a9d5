//! Deleting what was kept long enough, with a proof of it in the same transaction.

use gradshot_domain::{BundleId, CollectionId, KeptKind, PortraitId, RosterEntryId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use uuid::Uuid;

use crate::fields::{Fields, to_word};
use crate::{BlobKey, StorageError};

/// That something was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionProof {
    /// Opaque id, sorted by time.
    pub id: Uuid,
    /// What.
    pub kind: KeptKind,
    /// How many rows, or objects.
    pub count: u64,
    /// Everything older than this went.
    pub until: Timestamp,
    /// When it was deleted.
    pub at: Timestamp,
}

/// Whose sealed bytes are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverBlob {
    /// A portrait's.
    Portrait(PortraitId, BlobKey),
    /// A bundle's.
    Bundle(BundleId, BlobKey),
}

/// A student of whom nothing but a masked name is needed any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverStudent {
    /// The line of the roster.
    pub entry: RosterEntryId,
    /// The collection.
    pub collection: CollectionId,
    /// The name, sealed.
    pub sealed_name: Vec<u8>,
}

/// What stays of a student, sealed: a masked name and empty texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareStudent {
    /// The line of the roster.
    pub entry: RosterEntryId,
    /// The collection.
    pub collection: CollectionId,
    /// The masked name.
    pub sealed_name: Vec<u8>,
    /// In the place of the student number.
    pub sealed_student_number: Vec<u8>,
    /// In the place of the last four of the ID number.
    pub sealed_id_last4: Vec<u8>,
    /// In the place of the image code.
    pub sealed_image_code: Vec<u8>,
}

/// Rows of any table that were kept long enough, and the tables `retention_days` and `retention_proofs`.
pub struct RetentionRows<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

/// Statements that delete at most `$2` of what was over at `$1`. The first one counts; what hangs on it goes before.
const fn statements(kind: KeptKind) -> &'static [&'static str] {
    match kind {
        KeptKind::UnusedPortraits
        | KeptKind::RegisteredPortraits
        | KeptKind::BundleFiles
        | KeptKind::FinishedStudents => &[],
        KeptKind::RosterEntries => {
            &["DELETE FROM roster_entries WHERE id IN (SELECT r.id FROM roster_entries r \
             JOIN campaigns c ON c.id = r.campaign WHERE c.closed_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM collections x WHERE x.roster_entry = r.id) ORDER BY r.id LIMIT $2)"]
        }
        KeptKind::RosterRequests => {
            &["DELETE FROM roster_requests WHERE id IN (SELECT id FROM roster_requests \
             WHERE created_at < $1 AND state <> 'open' ORDER BY id LIMIT $2)"]
        }
        KeptKind::Recipients => &["UPDATE print_orders SET sealed_recipient = NULL WHERE id IN \
             (SELECT p.id FROM print_orders p JOIN orders o ON o.id = p.id WHERE p.sealed_recipient IS NOT NULL \
             AND p.changed_at < $1 AND (p.state IN ('sent', 'received', 'cancelled') \
             OR (p.state = 'ordered' AND o.state IN ('closed', 'refunded'))) ORDER BY p.id LIMIT $2)"],
        KeptKind::Messages => {
            &["DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE created_at < $1 \
             AND state <> 'queued' ORDER BY id LIMIT $2)"]
        }
        KeptKind::Conversations => &[
            "DELETE FROM conversation_lines WHERE conversation IN (SELECT id FROM conversations \
             WHERE last_at < $1 AND state <> 'waits_for_staff' ORDER BY id LIMIT $2)",
            "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations \
             WHERE last_at < $1 AND state <> 'waits_for_staff' ORDER BY id LIMIT $2)",
        ],
        KeptKind::SmsCodes => {
            &["DELETE FROM sms_codes WHERE id IN (SELECT id FROM sms_codes WHERE expires_at < $1 \
             ORDER BY id LIMIT $2)"]
        }
    }
}

/// States of portraits whose bytes go. One that is still printed stays; one that its student never answered to goes with
/// its campaign.
const UNUSED: &str = "(state IN ('objected', 'rejected', 'withdrawn', 'refused') OR (state = 'stored' \
     AND EXISTS (SELECT 1 FROM collections c JOIN campaigns k ON k.id = c.campaign \
     WHERE c.id = portraits.collection AND k.closed_at < $1)))";
const REGISTERED: &str = "state = 'registered' AND NOT EXISTS (SELECT 1 FROM print_orders p \
     JOIN orders o ON o.id = p.id WHERE p.collection = portraits.collection AND (p.state = 'printing' \
     OR (p.state = 'ordered' AND o.state IN ('unpaid', 'paid', 'refunding'))))";

impl RetentionRows<'_> {
    /// Days that were set for a kind.
    pub async fn days(&mut self, kind: KeptKind) -> Result<Option<u16>, StorageError> {
        let row = sqlx::query("SELECT kind, days FROM retention_days WHERE kind = $1")
            .bind(to_word(&kind))
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Fields::named(&row, "retention_days", "kind").number("days")).transpose()
    }

    /// Sets the days of a kind.
    pub async fn set_days(&mut self, kind: KeptKind, days: u16) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO retention_days (kind, days) VALUES ($1, $2) \
             ON CONFLICT (kind) DO UPDATE SET days = excluded.days",
        )
        .bind(to_word(&kind))
        .bind(i64::from(days))
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Deletes at most `limit` rows of a kind that were over at `until`; gives how many. Kinds that rest as sealed bytes
    /// have no rows here ([`Self::over_blobs`]), nor have students ([`Self::over_students`]).
    pub async fn forget(
        &mut self,
        kind: KeptKind,
        until: Timestamp,
        limit: u32,
    ) -> Result<u64, StorageError> {
        let mut count = 0;
        for statement in statements(kind) {
            let done = sqlx::query(*statement)
                .bind(until.as_millisecond())
                .bind(i64::from(limit))
                .execute(&mut *self.connection)
                .await?;
            count = done.rows_affected();
        }
        Ok(count)
    }

    /// Sealed bytes of a kind that were over at `until`, the oldest first.
    pub async fn over_blobs(
        &mut self,
        kind: KeptKind,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OverBlob>, StorageError> {
        let (table, condition) = match kind {
            KeptKind::UnusedPortraits => ("portraits", format!("changed_at < $1 AND {UNUSED}")),
            KeptKind::RegisteredPortraits => ("portraits", format!("changed_at < $1 AND {REGISTERED}")),
            KeptKind::BundleFiles => (
                "bundles",
                "made_at < $1 AND NOT EXISTS (SELECT 1 FROM portraits p WHERE p.bundle = bundles.id \
                 AND (p.state = 'handed_over' OR p.changed_at >= $1))"
                    .to_owned(),
            ),
            _ => return Ok(Vec::new()),
        };
        let sql = format!(
            "SELECT id, blob_key FROM {table} WHERE forgotten_at IS NULL AND {condition} ORDER BY id LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(until.as_millisecond())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let fields = Fields::of(row, table);
                let key = fields.parsed("blob_key")?;
                Ok(match kind {
                    KeptKind::BundleFiles => OverBlob::Bundle(fields.parsed("id")?, key),
                    _ => OverBlob::Portrait(fields.parsed("id")?, key),
                })
            })
            .collect()
    }

    /// Students who were finished at `until`: registered, or of a closed campaign, with no portrait that is still kept, no
    /// prints on their way and no money open.
    pub async fn over_students(
        &mut self,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OverStudent>, StorageError> {
        let rows = sqlx::query(
            "SELECT r.id AS id, r.sealed_name AS sealed_name, c.id AS collection FROM roster_entries r \
             JOIN collections c ON c.roster_entry = r.id JOIN campaigns k ON k.id = c.campaign \
             WHERE r.forgotten_at IS NULL AND (k.closed_at < $1 OR EXISTS (SELECT 1 FROM portraits p \
             WHERE p.collection = c.id AND p.state = 'registered')) \
             AND NOT EXISTS (SELECT 1 FROM portraits p WHERE p.collection = c.id \
             AND (p.forgotten_at IS NULL OR p.changed_at >= $1)) \
             AND NOT EXISTS (SELECT 1 FROM print_orders o WHERE o.collection = c.id \
             AND o.state IN ('ordered', 'printing')) \
             AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.collection = c.id AND o.state IN ('unpaid', 'refunding')) \
             ORDER BY r.id LIMIT $2",
        )
        .bind(until.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter()
            .map(|row| {
                let fields = Fields::of(row, "roster_entries");
                Ok(OverStudent {
                    entry: fields.parsed("id")?,
                    collection: fields.parsed("collection")?,
                    sealed_name: fields.get("sealed_name")?,
                })
            })
            .collect()
    }

    /// Keeps no more of a student than this. The fingerprints of student number and image code stay, so that neither can
    /// be used by somebody else; the one of name and last four leads nowhere afterwards.
    pub async fn forget_student(&mut self, bare: &BareStudent, at: Timestamp) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE roster_entries SET sealed_name = $1, sealed_student_number = $2, sealed_id_last4 = $3, \
             match_index = $4, forgotten_at = $5 WHERE id = $6",
        )
        .bind(bare.sealed_name.clone())
        .bind(bare.sealed_student_number.clone())
        .bind(bare.sealed_id_last4.clone())
        .bind(vec![0; 32])
        .bind(at.as_millisecond())
        .bind(bare.entry.to_string())
        .execute(&mut *self.connection)
        .await?;
        sqlx::query("UPDATE collections SET sealed_image_code = $1 WHERE id = $2")
            .bind(bare.sealed_image_code.clone())
            .bind(bare.collection.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Notes that sealed bytes are gone.
    pub async fn note_forgotten(&mut self, over: &OverBlob, at: Timestamp) -> Result<(), StorageError> {
        let (sql, id) = match over {
            OverBlob::Portrait(id, _) => {
                ("UPDATE portraits SET forgotten_at = $1 WHERE id = $2", id.to_string())
            }
            OverBlob::Bundle(id, _) => {
                ("UPDATE bundles SET forgotten_at = $1, sealed_names = NULL WHERE id = $2", id.to_string())
            }
        };
        sqlx::query(sql).bind(at.as_millisecond()).bind(id).execute(&mut *self.connection).await?;
        Ok(())
    }

    /// Keeps a proof.
    pub async fn prove(&mut self, proof: &RetentionProof) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO retention_proofs (id, kind, count, until, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(proof.id.to_string())
            .bind(to_word(&proof.kind))
            .bind(i64::try_from(proof.count).unwrap_or(i64::MAX))
            .bind(proof.until.as_millisecond())
            .bind(proof.at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Proofs, the newest first, older than `before`.
    pub async fn proofs(
        &mut self,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<RetentionProof>, StorageError> {
        let rows = sqlx::query("SELECT * FROM retention_proofs WHERE id < $1 ORDER BY id DESC LIMIT $2")
            .bind(before.map_or_else(|| "z".to_owned(), |before| before.to_string()))
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<RetentionProof, StorageError> {
    let fields = Fields::of(row, "retention_proofs");
    Ok(RetentionProof {
        id: fields.parsed("id")?,
        kind: fields.word("kind")?,
        count: fields.number("count")?,
        until: fields.moment("until")?,
        at: fields.moment("at")?,
    })
}
