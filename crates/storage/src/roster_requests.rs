//! Requests to be added to a roster 增补名单.

use gradshot_domain::{AccountId, CampaignId, Category, RosterRequest, RosterRequestId, SchoolId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, to_word, unless_stale};

/// A request with what the student says of himself or herself, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRosterRequest {
    /// Opaque id.
    pub id: RosterRequestId,
    /// Who asks.
    pub account: AccountId,
    /// For which campaign.
    pub campaign: CampaignId,
    /// Of which school.
    pub school: SchoolId,
    /// Kind of studies.
    pub category: Category,
    /// Keyed fingerprint of the student number.
    pub number_index: [u8; 32],
    /// The name, sealed.
    pub sealed_name: Vec<u8>,
    /// The student number, sealed.
    pub sealed_student_number: Vec<u8>,
    /// The last four of the ID number, sealed.
    pub sealed_id_last4: Vec<u8>,
    /// What the student wrote to the school, sealed.
    pub sealed_note: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Where it stands.
    pub request: RosterRequest,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// The table `roster_requests`.
pub struct RosterRequests<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl RosterRequests<'_> {
    /// Adds a request.
    pub async fn add(&mut self, kept: &KeptRosterRequest) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO roster_requests (id, account, campaign, school, category, number_index, sealed_name, \
             sealed_student_number, sealed_id_last4, sealed_note, created_at, state, facts, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(kept.id.to_string())
        .bind(kept.account.to_string())
        .bind(kept.campaign.to_string())
        .bind(kept.school.to_string())
        .bind(to_word(&kept.category))
        .bind(kept.number_index.to_vec())
        .bind(kept.sealed_name.clone())
        .bind(kept.sealed_student_number.clone())
        .bind(kept.sealed_id_last4.clone())
        .bind(kept.sealed_note.clone())
        .bind(kept.created_at.as_millisecond())
        .bind(kept.request.name())
        .bind(to_json(&kept.request))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a request's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, kept: &KeptRosterRequest) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE roster_requests SET state = $1, facts = $2, version = version + 1 WHERE id = $3 AND version = $4",
        )
        .bind(kept.request.name())
        .bind(to_json(&kept.request))
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "roster_requests")
    }

    /// The request with this id.
    pub async fn find(&mut self, id: RosterRequestId) -> Result<Option<KeptRosterRequest>, StorageError> {
        let row = sqlx::query("SELECT * FROM roster_requests WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// An account's requests, the newest first.
    pub async fn of_account(
        &mut self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<KeptRosterRequest>, StorageError> {
        let rows = sqlx::query("SELECT * FROM roster_requests WHERE account = $1 ORDER BY id DESC LIMIT $2")
            .bind(account.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// A school's requests that wait for an answer, the oldest first, after `after`.
    pub async fn open_of_school(
        &mut self,
        school: SchoolId,
        after: Option<RosterRequestId>,
        limit: u32,
    ) -> Result<Vec<KeptRosterRequest>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM roster_requests WHERE school = $1 AND state = 'open' AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(school.to_string())
        .bind(after.map_or_else(String::new, |after| after.to_string()))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<KeptRosterRequest, StorageError> {
    let fields = Fields::of(row, "roster_requests");
    Ok(KeptRosterRequest {
        id: fields.parsed("id")?,
        account: fields.parsed("account")?,
        campaign: fields.parsed("campaign")?,
        school: fields.parsed("school")?,
        category: fields.word("category")?,
        number_index: fields.digest("number_index")?,
        sealed_name: fields.get("sealed_name")?,
        sealed_student_number: fields.get("sealed_student_number")?,
        sealed_id_last4: fields.get("sealed_id_last4")?,
        sealed_note: fields.get("sealed_note")?,
        created_at: fields.moment("created_at")?,
        request: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
