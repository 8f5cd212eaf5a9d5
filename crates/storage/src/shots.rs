//! Shots 原片 of the phone route, and where their sealed pieces are.

use gradshot_domain::{CollectionId, Shot, ShotId, ShotSource, ShotState};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::fields::{Fields, to_json, to_word, unless_stale};
use crate::{BlobKey, StorageError};

/// A shot that a phone sends or has sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptShot {
    /// Opaque id.
    pub id: ShotId,
    /// Of which collection.
    pub collection: CollectionId,
    /// Where the phone had it from.
    pub source: ShotSource,
    /// The key of its pieces, sealed; empty once the pixels are gone.
    pub sealed_key: Vec<u8>,
    /// What was found out about one that became no portrait, sealed.
    pub sealed_verdict: Option<Vec<u8>>,
    /// When it was announced.
    pub announced_at: Timestamp,
    /// Where it stands.
    pub shot: Shot,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// The tables `shots` and `shot_pieces`.
pub struct Shots<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Shots<'_> {
    /// Adds a shot.
    pub async fn add(&mut self, kept: &KeptShot) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO shots (id, collection, source, sealed_key, announced_at, state, facts, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(kept.id.to_string())
        .bind(kept.collection.to_string())
        .bind(to_word(&kept.source))
        .bind(kept.sealed_key.clone())
        .bind(kept.announced_at.as_millisecond())
        .bind(kept.shot.state.name())
        .bind(to_json(&kept.shot))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves a shot's new state, unless somebody else changed it meanwhile. Of one that is not needed any more the key and
    /// the list of pieces go; what is given are the pieces, to be deleted once this is committed.
    pub async fn save(&mut self, kept: &mut KeptShot) -> Result<Vec<BlobKey>, StorageError> {
        let pieces = if kept.shot.is_open() { Vec::new() } else { self.forget_pieces(kept).await? };
        let waiting_since = match &kept.shot.state {
            ShotState::Waiting { since } => Some(since.as_millisecond()),
            _ => None,
        };
        let done = sqlx::query(
            "UPDATE shots SET state = $1, facts = $2, waiting_since = $3, sealed_key = $4, sealed_verdict = $5, \
             version = version + 1 WHERE id = $6 AND version = $7",
        )
        .bind(kept.shot.state.name())
        .bind(to_json(&kept.shot))
        .bind(waiting_since)
        .bind(kept.sealed_key.clone())
        .bind(kept.sealed_verdict.clone())
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "shots")?;
        kept.version += 1;
        Ok(pieces)
    }

    async fn forget_pieces(&mut self, kept: &mut KeptShot) -> Result<Vec<BlobKey>, StorageError> {
        let pieces = self.pieces(kept.id).await?;
        sqlx::query("DELETE FROM shot_pieces WHERE shot = $1")
            .bind(kept.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        kept.sealed_key = Vec::new();
        Ok(pieces.into_iter().map(|(_, blob)| blob).collect())
    }

    /// The shot with this id.
    pub async fn find(&mut self, id: ShotId) -> Result<Option<KeptShot>, StorageError> {
        let row = sqlx::query("SELECT * FROM shots WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The newest shot of a collection.
    pub async fn newest(&mut self, collection: CollectionId) -> Result<Option<KeptShot>, StorageError> {
        let row = sqlx::query("SELECT * FROM shots WHERE collection = $1 ORDER BY id DESC LIMIT 1")
            .bind(collection.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The shots of a collection whose pixels are still needed.
    pub async fn open(&mut self, collection: CollectionId) -> Result<Vec<KeptShot>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM shots WHERE collection = $1 AND state IN ('uploading', 'waiting') ORDER BY id",
        )
        .bind(collection.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// How many shots a collection announced since.
    pub async fn count_since(
        &mut self,
        collection: CollectionId,
        since: Timestamp,
    ) -> Result<u32, StorageError> {
        let row =
            sqlx::query("SELECT COUNT(*) AS shots FROM shots WHERE collection = $1 AND announced_at >= $2")
                .bind(collection.to_string())
                .bind(since.as_millisecond())
                .fetch_one(&mut *self.connection)
                .await?;
        Fields::named(&row, "shots", "shots").number("shots")
    }

    /// How many wait to be made into portraits.
    pub async fn waiting(&mut self) -> Result<u32, StorageError> {
        let row = sqlx::query("SELECT COUNT(*) AS shots FROM shots WHERE state = 'waiting'")
            .fetch_one(&mut *self.connection)
            .await?;
        Fields::named(&row, "shots", "shots").number("shots")
    }

    /// How many wait that came before this one.
    pub async fn ahead_of(&mut self, kept: &KeptShot) -> Result<u32, StorageError> {
        let ShotState::Waiting { since } = kept.shot.state else { return Ok(0) };
        let row = sqlx::query(
            "SELECT COUNT(*) AS shots FROM shots WHERE state = 'waiting' \
             AND (waiting_since < $1 OR (waiting_since = $1 AND id < $2))",
        )
        .bind(since.as_millisecond())
        .bind(kept.id.to_string())
        .fetch_one(&mut *self.connection)
        .await?;
        Fields::named(&row, "shots", "shots").number("shots")
    }

    /// The collections whose shots are first in line.
    pub async fn first_in_line(&mut self, limit: u32) -> Result<Vec<CollectionId>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, collection FROM shots WHERE state = 'waiting' ORDER BY waiting_since, id LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::of(row, "shots").parsed("collection")).collect()
    }

    /// Adds a piece that begins at `from_byte`; [`StorageError::Duplicate`] when another begins there.
    pub async fn add_piece(
        &mut self,
        id: ShotId,
        from_byte: u64,
        blob: &BlobKey,
    ) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO shot_pieces (shot, from_byte, blob_key) VALUES ($1, $2, $3)")
            .bind(id.to_string())
            .bind(i64::try_from(from_byte).unwrap_or(i64::MAX))
            .bind(blob.as_str().to_owned())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Where each piece begins and rests, in the shot's order.
    pub async fn pieces(&mut self, id: ShotId) -> Result<Vec<(u64, BlobKey)>, StorageError> {
        let rows = sqlx::query("SELECT * FROM shot_pieces WHERE shot = $1 ORDER BY from_byte")
            .bind(id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let fields = Fields::named(row, "shot_pieces", "shot");
                Ok((fields.number("from_byte")?, fields.parsed("blob_key")?))
            })
            .collect()
    }
}

fn read(row: &AnyRow) -> Result<KeptShot, StorageError> {
    let fields = Fields::of(row, "shots");
    Ok(KeptShot {
        id: fields.parsed("id")?,
        collection: fields.parsed("collection")?,
        source: fields.word("source")?,
        sealed_key: fields.get("sealed_key")?,
        sealed_verdict: fields.get("sealed_verdict")?,
        announced_at: fields.moment("announced_at")?,
        shot: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
