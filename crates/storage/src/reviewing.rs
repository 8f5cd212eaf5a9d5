//! What reviewers take and what they decided, out of the table `portraits`.

use gradshot_domain::{AccountId, PortraitId};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::fields::Fields;
use crate::portraits::read;
use crate::{Portraits, StorageError, StoredPortrait};

/// What one reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Who.
    pub reviewer: AccountId,
    /// How many.
    pub decided: u32,
    /// How many of them were rejected.
    pub rejected: u32,
}

/// What waits at `$1`: confirmed by the student, left lying by a reviewer, or passed on by one.
const LEFT_LYING: &str = "p.state = 'in_review' AND p.claimed_until <= $1";
/// The collection's order, not one for prints, is paid.
const PAID: &str = "EXISTS (SELECT 1 FROM orders o WHERE o.collection = p.collection AND o.state = 'paid' \
     AND NOT EXISTS (SELECT 1 FROM print_orders x WHERE x.id = o.id))";

impl Portraits<'_> {
    /// The oldest one that a reviewer has claimed and not decided at `at`, not counting those in `beside`.
    pub async fn claimed_by(
        &mut self,
        reviewer: AccountId,
        beside: &[PortraitId],
        at: Timestamp,
    ) -> Result<Option<StoredPortrait>, StorageError> {
        let sql = format!(
            "SELECT * FROM portraits p WHERE state = 'in_review' AND reviewer = $1 AND claimed_until > $2 \
             {} ORDER BY id LIMIT 1",
            but_for(beside, 3)
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(reviewer.to_string()).bind(at.as_millisecond());
        let query = beside.iter().fold(query, |query, id| query.bind(id.to_string()));
        let row = query.fetch_optional(&mut *self.connection).await?;
        row.as_ref().map(read).transpose()
    }

    /// The next one for a reviewer, none of those in `beside`: paid for, and confirmed, left lying or passed on by
    /// another. The oldest first.
    pub async fn next_for_review(
        &mut self,
        reviewer: AccountId,
        beside: &[PortraitId],
        at: Timestamp,
    ) -> Result<Option<StoredPortrait>, StorageError> {
        let but = but_for(beside, 3);
        // The first of each state comes straight out of the index; a sort of all that wait would not.
        let first = |state: &str| {
            format!(
                "SELECT * FROM (SELECT p.* FROM portraits p WHERE {state} AND {PAID} {but} ORDER BY p.id LIMIT 1) w"
            )
        };
        let sql = format!(
            "{} UNION ALL {} UNION ALL {} ORDER BY id LIMIT 1",
            first("p.state = 'confirmed'"),
            first("p.state = 'second_look' AND p.reviewer <> $2"),
            first(LEFT_LYING),
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(at.as_millisecond()).bind(reviewer.to_string());
        let query = beside.iter().fold(query, |query, id| query.bind(id.to_string()));
        let row = query.fetch_optional(&mut *self.connection).await?;
        row.as_ref().map(read).transpose()
    }

    /// How many wait for a reviewer at `at`, counted up to `most`.
    pub async fn waiting_for_review(&mut self, most: u32, at: Timestamp) -> Result<u32, StorageError> {
        let sql = format!(
            "SELECT COUNT(*) AS count FROM (SELECT 1 FROM portraits p WHERE \
             p.state IN ('confirmed', 'second_look', 'in_review') AND (p.state <> 'in_review' OR {LEFT_LYING}) \
             AND {PAID} LIMIT $2) w"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(at.as_millisecond())
            .bind(i64::from(most))
            .fetch_one(&mut *self.connection)
            .await?;
        Fields::of(&row, "portraits").number("count")
    }

    /// How many a reviewer decided since.
    pub async fn decided_since(
        &mut self,
        reviewer: AccountId,
        since: Timestamp,
    ) -> Result<u32, StorageError> {
        let row =
            sqlx::query("SELECT COUNT(*) AS count FROM portraits WHERE reviewer = $1 AND decided_at >= $2")
                .bind(reviewer.to_string())
                .bind(since.as_millisecond())
                .fetch_one(&mut *self.connection)
                .await?;
        Fields::of(&row, "portraits").number("count")
    }

    /// How many each reviewer decided from `from` until before `to`, and how many of them were rejected.
    pub async fn decided_by_reviewer(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Decided>, StorageError> {
        let rows = sqlx::query(
            "SELECT reviewer, COUNT(*) AS decided, COUNT(CASE WHEN state = 'rejected' THEN 1 END) AS rejected \
             FROM portraits WHERE decided_at >= $1 AND decided_at < $2 GROUP BY reviewer ORDER BY reviewer LIMIT $3",
        )
        .bind(from.as_millisecond())
        .bind(to.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter()
            .map(|row| {
                let fields = Fields::named(row, "portraits", "reviewer");
                Ok(Decided {
                    reviewer: fields.parsed("reviewer")?,
                    decided: fields.number("decided")?,
                    rejected: fields.number("rejected")?,
                })
            })
            .collect()
    }
}

/// The condition that leaves these out; the first one is bound to the place `from`.
fn but_for(ids: &[PortraitId], from: usize) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let places: Vec<String> = (from..from + ids.len()).map(|place| format!("${place}")).collect();
    format!("AND p.id NOT IN ({})", places.join(", "))
}
