//! Portraits 标准照: what the server knows of sealed bytes.

use gradshot_domain::{
    AccountId, BundleId, CampaignId, Category, CollectionId, Outcome, Portrait, PortraitId, PortraitSource,
    PortraitState, RosterEntryId, ShotId, StationId,
};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::fields::{Fields, to_json, to_word, unless_stale};
use crate::{BlobKey, StorageError};

/// A portrait that the server keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPortrait {
    /// Opaque id.
    pub id: PortraitId,
    /// Of which collection.
    pub collection: CollectionId,
    /// The campaign whose key opens it.
    pub campaign: CampaignId,
    /// The ticket and station, or the phone's shot, that it comes from.
    pub source: PortraitSource,
    /// Id of the photo spec.
    pub spec: String,
    /// What the verdict came to.
    pub outcome: Outcome,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// When the sealed bytes arrived.
    pub stored_at: Timestamp,
    /// When its student gave it in.
    pub confirmed_at: Option<Timestamp>,
    /// When the sealed bytes were deleted in time.
    pub forgotten_at: Option<Timestamp>,
    /// Where the sealed bytes are.
    pub blob: BlobKey,
    /// SHA-256 of the sealed bytes in hexadecimal.
    pub blob_sha256: String,
    /// How many they are.
    pub blob_bytes: u64,
    /// The verdict, sealed.
    pub sealed_verdict: Vec<u8>,
    /// Where it stands.
    pub portrait: Portrait,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// An approved portrait with what a bundle lists beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverLine {
    /// The portrait.
    pub portrait: StoredPortrait,
    /// Kind of studies.
    pub category: Category,
    /// The student in the roster.
    pub roster_entry: RosterEntryId,
    /// The image code, sealed.
    pub sealed_image_code: Vec<u8>,
}

/// The table `portraits`.
pub struct Portraits<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Portraits<'_> {
    /// Adds a portrait; [`StorageError::Duplicate`] when it is there already.
    pub async fn add(&mut self, stored: &StoredPortrait) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO portraits (id, collection, campaign, ticket, station, shot, spec, outcome, sealed_at, stored_at, \
             blob_key, blob_sha256, blob_bytes, sealed_verdict, state, facts, version, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(stored.id.to_string())
        .bind(stored.collection.to_string())
        .bind(stored.campaign.to_string())
        .bind(stored.source.ticket().map(|ticket| ticket.to_string()))
        .bind(stored.source.station().map(|station| station.to_string()))
        .bind(stored.source.shot().map(|shot| shot.to_string()))
        .bind(stored.spec.clone())
        .bind(to_word(&stored.outcome))
        .bind(stored.sealed_at.as_millisecond())
        .bind(stored.stored_at.as_millisecond())
        .bind(stored.blob.as_str().to_owned())
        .bind(stored.blob_sha256.clone())
        .bind(i64::try_from(stored.blob_bytes).unwrap_or(i64::MAX))
        .bind(stored.sealed_verdict.clone())
        .bind(stored.portrait.state.name())
        .bind(to_json(&stored.portrait))
        .bind(stored.version)
        .bind(stored.stored_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a portrait's new state, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, stored: &mut StoredPortrait) -> Result<(), StorageError> {
        let facts = QueriedFacts::of(&stored.portrait.state);
        let done = sqlx::query(
            "UPDATE portraits SET state = $1, facts = $2, reviewer = COALESCE($3, reviewer), claimed_until = $4, \
             decided_at = COALESCE($5, decided_at), bundle = COALESCE($6, bundle), \
             confirmed_at = COALESCE($7, confirmed_at), changed_at = COALESCE($8, changed_at), version = version + 1 \
             WHERE id = $9 AND version = $10",
        )
        .bind(stored.portrait.state.name())
        .bind(to_json(&stored.portrait))
        .bind(facts.reviewer.map(|reviewer| reviewer.to_string()))
        .bind(facts.claimed_until.map(Timestamp::as_millisecond))
        .bind(facts.decided_at.map(Timestamp::as_millisecond))
        .bind(facts.bundle.map(|bundle| bundle.to_string()))
        .bind(facts.confirmed_at.map(Timestamp::as_millisecond))
        .bind(stored.portrait.state.since().map(Timestamp::as_millisecond))
        .bind(stored.id.to_string())
        .bind(stored.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "portraits")?;
        stored.confirmed_at = facts.confirmed_at.or(stored.confirmed_at);
        stored.version += 1;
        Ok(())
    }

    /// The portrait with this id.
    pub async fn find(&mut self, id: PortraitId) -> Result<Option<StoredPortrait>, StorageError> {
        let row = sqlx::query("SELECT * FROM portraits WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The portrait that was made of this shot.
    pub async fn find_by_shot(&mut self, shot: ShotId) -> Result<Option<StoredPortrait>, StorageError> {
        let row = sqlx::query("SELECT * FROM portraits WHERE shot = $1")
            .bind(shot.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The portraits of a collection, the one that arrived last first.
    pub async fn of_collection(
        &mut self,
        collection: CollectionId,
        limit: u32,
    ) -> Result<Vec<StoredPortrait>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM portraits WHERE collection = $1 ORDER BY stored_at DESC, sealed_at DESC, id DESC LIMIT $2",
        )
        .bind(collection.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The portrait of the same collection that arrived before this one and whose bytes are still there.
    pub async fn earlier(&mut self, than: &StoredPortrait) -> Result<Option<StoredPortrait>, StorageError> {
        let row = sqlx::query(
            "SELECT * FROM portraits WHERE collection = $1 AND id <> $2 AND stored_at <= $3 AND forgotten_at IS NULL \
             ORDER BY stored_at DESC, sealed_at DESC, id DESC LIMIT 1",
        )
        .bind(than.collection.to_string())
        .bind(than.id.to_string())
        .bind(than.stored_at.as_millisecond())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// The portraits of a station that arrived since, the newest first.
    pub async fn of_station(
        &mut self,
        station: StationId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<StoredPortrait>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM portraits WHERE station = $1 AND stored_at >= $2 ORDER BY stored_at DESC, id LIMIT $3",
        )
        .bind(station.to_string())
        .bind(since.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Which of these objects no portrait, no bundle and no shot rests in.
    pub async fn unknown_blobs(&mut self, keys: &[BlobKey]) -> Result<Vec<BlobKey>, StorageError> {
        let places: Vec<String> = (1..=keys.len()).map(|place| format!("${place}")).collect();
        let places = places.join(", ");
        let sql = format!(
            "SELECT blob_key FROM portraits WHERE blob_key IN ({places}) \
             UNION ALL SELECT blob_key FROM bundles WHERE blob_key IN ({places}) \
             UNION ALL SELECT blob_key FROM shot_pieces WHERE blob_key IN ({places})"
        );
        let query = keys.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, key| query.bind(key.as_str()));
        let rows = query.fetch_all(&mut *self.connection).await?;
        let known: Vec<BlobKey> = rows
            .iter()
            .map(|row| Fields::named(row, "portraits", "blob_key").parsed("blob_key"))
            .collect::<Result<_, _>>()?;
        Ok(keys.iter().filter(|key| !known.contains(key)).cloned().collect())
    }

    /// The portraits of a bundle, in the order in which they are packed.
    pub async fn of_bundle(
        &mut self,
        bundle: BundleId,
        limit: u32,
    ) -> Result<Vec<StoredPortrait>, StorageError> {
        let rows = sqlx::query("SELECT * FROM portraits WHERE bundle = $1 ORDER BY id LIMIT $2")
            .bind(bundle.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The approved portraits of a campaign that may be passed to the registry, the oldest first.
    pub async fn approved(
        &mut self,
        campaign: CampaignId,
        limit: u32,
    ) -> Result<Vec<HandOverLine>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.*, c.category, c.roster_entry, c.sealed_image_code FROM portraits p \
             JOIN collections c ON c.id = p.collection WHERE p.campaign = $1 AND p.state = 'approved' \
             AND EXISTS (SELECT 1 FROM consent_records a WHERE a.collection = p.collection \
             AND a.purpose = 'provide_to_registry' AND a.withdrawn_at IS NULL) \
             ORDER BY p.id LIMIT $2",
        )
        .bind(campaign.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read_line).collect()
    }

    /// The portraits of a bundle with what it lists beside them, in the order in which they are packed.
    pub async fn lines_of_bundle(
        &mut self,
        bundle: BundleId,
        limit: u32,
    ) -> Result<Vec<HandOverLine>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.*, c.category, c.roster_entry, c.sealed_image_code FROM portraits p \
             JOIN collections c ON c.id = p.collection WHERE p.bundle = $1 ORDER BY p.id LIMIT $2",
        )
        .bind(bundle.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read_line).collect()
    }
}

fn read_line(row: &AnyRow) -> Result<HandOverLine, StorageError> {
    let fields = Fields::of(row, "portraits");
    Ok(HandOverLine {
        portrait: read(row)?,
        category: fields.word("category")?,
        roster_entry: fields.parsed("roster_entry")?,
        sealed_image_code: fields.get("sealed_image_code")?,
    })
}

/// The facts of a state that queries need as columns.
#[derive(Default)]
struct QueriedFacts {
    reviewer: Option<AccountId>,
    claimed_until: Option<Timestamp>,
    decided_at: Option<Timestamp>,
    bundle: Option<BundleId>,
    confirmed_at: Option<Timestamp>,
}

impl QueriedFacts {
    fn of(state: &PortraitState) -> Self {
        match state {
            PortraitState::Confirmed { at } => Self { confirmed_at: Some(*at), ..Self::default() },
            PortraitState::InReview { reviewer, until } => {
                Self { reviewer: Some(*reviewer), claimed_until: Some(*until), ..Self::default() }
            }
            PortraitState::Approved { reviewer, at } | PortraitState::Rejected { reviewer, at, .. } => {
                Self { reviewer: Some(*reviewer), decided_at: Some(*at), ..Self::default() }
            }
            PortraitState::HandedOver { bundle, .. } => Self { bundle: Some(*bundle), ..Self::default() },
            _ => Self::default(),
        }
    }
}

pub(crate) fn read(row: &AnyRow) -> Result<StoredPortrait, StorageError> {
    let fields = Fields::of(row, "portraits");
    Ok(StoredPortrait {
        id: fields.parsed("id")?,
        collection: fields.parsed("collection")?,
        campaign: fields.parsed("campaign")?,
        source: PortraitSource::of(
            fields.parsed_option("ticket")?,
            fields.parsed_option("station")?,
            fields.parsed_option("shot")?,
        )
        .ok_or_else(|| fields.error("ticket"))?,
        spec: fields.get("spec")?,
        outcome: fields.word("outcome")?,
        sealed_at: fields.moment("sealed_at")?,
        stored_at: fields.moment("stored_at")?,
        confirmed_at: fields.moment_option("confirmed_at")?,
        forgotten_at: fields.moment_option("forgotten_at")?,
        blob: fields.parsed("blob_key")?,
        blob_sha256: fields.get("blob_sha256")?,
        blob_bytes: fields.number("blob_bytes")?,
        sealed_verdict: fields.get("sealed_verdict")?,
        portrait: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
