//! Hand-over bundles 上网包.

use gradshot_domain::{BundleId, CampaignId};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::fields::Fields;
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
}

/// The table `bundles`.
pub struct Bundles<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Bundles<'_> {
    /// Adds a bundle.
    pub async fn add(&mut self, bundle: &Bundle) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO bundles (id, campaign, made_at, portraits, sha256, blob_key) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(bundle.id.to_string())
        .bind(bundle.campaign.to_string())
        .bind(bundle.made_at.as_millisecond())
        .bind(i64::from(bundle.portraits))
        .bind(bundle.sha256.clone())
        .bind(bundle.blob.as_str().to_owned())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// The bundle with this id.
    pub async fn find(&mut self, id: BundleId) -> Result<Option<Bundle>, StorageError> {
        let row = sqlx::query("SELECT * FROM bundles WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let fields = Fields::of(&row, "bundles");
            Ok(Bundle {
                id: fields.parsed("id")?,
                campaign: fields.parsed("campaign")?,
                made_at: fields.moment("made_at")?,
                portraits: fields.number("portraits")?,
                sha256: fields.get("sha256")?,
                blob: fields.parsed("blob_key")?,
            })
        })
        .transpose()
    }
}
