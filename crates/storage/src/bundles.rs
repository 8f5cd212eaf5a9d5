//! Hand-over bundles 上网包.

use gradshot_domain::{AccountId, BundleId, CampaignId, FileNaming};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::fields::{Fields, unless_stale};
use crate::{BlobKey, StorageError};

/// A bundle. The file itself rests sealed among the blobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Opaque id.
    pub id: BundleId,
    /// The campaign.
    pub campaign: CampaignId,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many portraits it holds.
    pub portraits: u32,
    /// SHA-256 of the opened file in hexadecimal.
    pub sha256: String,
    /// Where the sealed file is.
    pub blob: BlobKey,
    /// The rule by which its files are named.
    pub file_naming: FileNaming,
    /// The names as JSON, sealed; absent for bundles of before, whose names are places.
    pub sealed_names: Option<Vec<u8>>,
    /// When its sealed file was deleted in time.
    pub forgotten_at: Option<Timestamp>,
    /// When, by whom and how it was handed over.
    pub handed_over: Option<HandedOver>,
}

/// That a bundle was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// When.
    pub at: Timestamp,
    /// Who said so.
    pub by: AccountId,
    /// The registry's own number for it, or what was noted.
    pub note: String,
}

/// The table `bundles`.
pub struct Bundles<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Bundles<'_> {
    /// Adds a bundle.
    pub async fn add(&mut self, bundle: &Bundle) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO bundles (id, campaign, made_at, portraits, sha256, blob_key, file_naming, sealed_names) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(bundle.id.to_string())
        .bind(bundle.campaign.to_string())
        .bind(bundle.made_at.as_millisecond())
        .bind(i64::from(bundle.portraits))
        .bind(bundle.sha256.clone())
        .bind(bundle.blob.as_str().to_owned())
        .bind(bundle.file_naming.to_string())
        .bind(bundle.sealed_names.clone())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Notes the digest and the names of a file that was made anew.
    pub async fn remade(&mut self, bundle: &Bundle) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE bundles SET sha256 = $1, sealed_names = $2, forgotten_at = NULL WHERE id = $3",
        )
        .bind(bundle.sha256.clone())
        .bind(bundle.sealed_names.clone())
        .bind(bundle.id.to_string())
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "bundles")
    }

    /// Notes that a bundle was handed over, once.
    pub async fn hand_over(&mut self, id: BundleId, how: &HandedOver) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE bundles SET handed_over_at = $1, handed_over_by = $2, handed_over_note = $3 \
             WHERE id = $4 AND handed_over_at IS NULL",
        )
        .bind(how.at.as_millisecond())
        .bind(how.by.to_string())
        .bind(how.note.clone())
        .bind(id.to_string())
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "bundles")
    }

    /// The bundle with this id.
    pub async fn find(&mut self, id: BundleId) -> Result<Option<Bundle>, StorageError> {
        let row = sqlx::query("SELECT * FROM bundles WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The bundles of a campaign, the newest first, older than `before`.
    pub async fn of_campaign(
        &mut self,
        campaign: CampaignId,
        before: Option<BundleId>,
        limit: u32,
    ) -> Result<Vec<Bundle>, StorageError> {
        let rows =
            sqlx::query("SELECT * FROM bundles WHERE campaign = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
                .bind(campaign.to_string())
                .bind(before.map_or_else(|| "z".to_owned(), |before| before.to_string()))
                .bind(i64::from(limit))
                .fetch_all(&mut *self.connection)
                .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Bundle, StorageError> {
    let fields = Fields::of(row, "bundles");
    let handed_over_at = fields.moment_option("handed_over_at")?;
    let by: Option<AccountId> = fields.parsed_option("handed_over_by")?;
    let note: Option<String> = fields.get("handed_over_note")?;
    Ok(Bundle {
        id: fields.parsed("id")?,
        campaign: fields.parsed("campaign")?,
        made_at: fields.moment("made_at")?,
        portraits: fields.number("portraits")?,
        sha256: fields.get("sha256")?,
        blob: fields.parsed("blob_key")?,
        file_naming: fields.parsed("file_naming")?,
        sealed_names: fields.get("sealed_names")?,
        forgotten_at: fields.moment_option("forgotten_at")?,
        handed_over: handed_over_at.zip(by).map(|(at, by)| HandedOver {
            at,
            by,
            note: note.unwrap_or_default(),
        }),
    })
}
