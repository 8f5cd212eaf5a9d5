//! Roster entries 名单.

use std::collections::HashMap;
use std::fmt::Write as _;

use gradshot_domain::{CampaignId, Category, RosterEntryId};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::StorageError;
use crate::fields::{Fields, to_word};

/// One student of a school's roster. Everything personal is sealed; fingerprints find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterEntry {
    /// Opaque id.
    pub id: RosterEntryId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// Keyed fingerprint of name and last four.
    pub match_index: [u8; 32],
    /// Keyed fingerprint of the student number.
    pub number_index: [u8; 32],
    /// The name, sealed.
    pub sealed_name: Vec<u8>,
    /// The student number, sealed.
    pub sealed_student_number: Vec<u8>,
    /// The last four of the ID number, sealed.
    pub sealed_id_last4: Vec<u8>,
    /// When all of it but the masked name went. Importing the student again brings it back.
    pub forgotten_at: Option<Timestamp>,
}

/// Rows of one statement: with their columns far below what both databases take.
const ROWS_AT_ONCE: usize = 500;
/// Columns of a row.
const COLUMNS: usize = 8;

/// The table `roster_entries`.
pub struct RosterEntries<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl RosterEntries<'_> {
    /// Which of these student numbers are on the roster already, by their fingerprints.
    pub async fn known_numbers(
        &mut self,
        campaign: CampaignId,
        numbers: &[[u8; 32]],
    ) -> Result<HashMap<[u8; 32], RosterEntryId>, StorageError> {
        let mut known = HashMap::new();
        for chunk in numbers.chunks(ROWS_AT_ONCE) {
            let places: Vec<String> = (2..chunk.len() + 2).map(|place| format!("${place}")).collect();
            let sql = format!(
                "SELECT id, number_index FROM roster_entries WHERE campaign = $1 AND number_index IN ({})",
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(campaign.to_string());
            for number in chunk {
                query = query.bind(number.to_vec());
            }
            for row in &query.fetch_all(&mut *self.connection).await? {
                let fields = Fields::of(row, "roster_entries");
                known.insert(fields.digest("number_index")?, fields.parsed("id")?);
            }
        }
        Ok(known)
    }

    /// Adds entries, and brings those up to date whose student number is known: many rows in each statement.
    pub async fn put_all(&mut self, entries: &[RosterEntry]) -> Result<(), StorageError> {
        for chunk in entries.chunks(ROWS_AT_ONCE) {
            let mut sql = "INSERT INTO roster_entries (id, campaign, category, match_index, number_index, \
                           sealed_name, sealed_student_number, sealed_id_last4) VALUES "
                .to_owned();
            for row in 0..chunk.len() {
                let separator = if row == 0 { "(" } else { ", (" };
                sql.push_str(separator);
                for column in 1..=COLUMNS {
                    let comma = if column == 1 { "" } else { ", " };
                    let _ = write!(sql, "{comma}${}", row * COLUMNS + column);
                }
                sql.push(')');
            }
            sql.push_str(
                " ON CONFLICT (campaign, number_index) DO UPDATE SET category = excluded.category, \
                 match_index = excluded.match_index, sealed_name = excluded.sealed_name, \
                 sealed_student_number = excluded.sealed_student_number, \
                 sealed_id_last4 = excluded.sealed_id_last4, forgotten_at = NULL",
            );
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for entry in chunk {
                query = query
                    .bind(entry.id.to_string())
                    .bind(entry.campaign.to_string())
                    .bind(to_word(&entry.category))
                    .bind(entry.match_index.to_vec())
                    .bind(entry.number_index.to_vec())
                    .bind(entry.sealed_name.clone())
                    .bind(entry.sealed_student_number.clone())
                    .bind(entry.sealed_id_last4.clone());
            }
            query.execute(&mut *self.connection).await?;
        }
        Ok(())
    }

    /// Adds an entry.
    pub async fn add(&mut self, entry: &RosterEntry) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO roster_entries (id, campaign, category, match_index, number_index, sealed_name, \
             sealed_student_number, sealed_id_last4) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(entry.id.to_string())
        .bind(entry.campaign.to_string())
        .bind(to_word(&entry.category))
        .bind(entry.match_index.to_vec())
        .bind(entry.number_index.to_vec())
        .bind(entry.sealed_name.clone())
        .bind(entry.sealed_student_number.clone())
        .bind(entry.sealed_id_last4.clone())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Brings an entry up to date: everything but its id, its campaign and its student number.
    pub async fn update(&mut self, entry: &RosterEntry) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE roster_entries SET category = $1, match_index = $2, sealed_name = $3, sealed_id_last4 = $4 \
             WHERE id = $5",
        )
        .bind(to_word(&entry.category))
        .bind(entry.match_index.to_vec())
        .bind(entry.sealed_name.clone())
        .bind(entry.sealed_id_last4.clone())
        .bind(entry.id.to_string())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The entry with this id.
    pub async fn find(&mut self, id: RosterEntryId) -> Result<Option<RosterEntry>, StorageError> {
        let row = sqlx::query("SELECT * FROM roster_entries WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The id of the entry whose student number has this fingerprint.
    pub async fn find_by_number(
        &mut self,
        campaign: CampaignId,
        number_index: &[u8; 32],
    ) -> Result<Option<RosterEntryId>, StorageError> {
        let row = sqlx::query("SELECT id FROM roster_entries WHERE campaign = $1 AND number_index = $2")
            .bind(campaign.to_string())
            .bind(number_index.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Fields::of(&row, "roster_entries").parsed("id")).transpose()
    }

    /// The entries whose name and last four have this fingerprint, at most two: two are one too many.
    pub async fn matching(
        &mut self,
        campaign: CampaignId,
        category: Category,
        match_index: &[u8; 32],
    ) -> Result<Vec<RosterEntry>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM roster_entries WHERE campaign = $1 AND category = $2 AND match_index = $3 \
             ORDER BY id LIMIT 2",
        )
        .bind(campaign.to_string())
        .bind(to_word(&category))
        .bind(match_index.to_vec())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<RosterEntry, StorageError> {
    let fields = Fields::of(row, "roster_entries");
    Ok(RosterEntry {
        id: fields.parsed("id")?,
        campaign: fields.parsed("campaign")?,
        category: fields.word("category")?,
        match_index: fields.digest("match_index")?,
        number_index: fields.digest("number_index")?,
        sealed_name: fields.get("sealed_name")?,
        sealed_student_number: fields.get("sealed_student_number")?,
        sealed_id_last4: fields.get("sealed_id_last4")?,
        forgotten_at: fields.moment_option("forgotten_at")?,
    })
}
