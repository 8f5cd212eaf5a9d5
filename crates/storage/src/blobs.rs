//! Sealed bytes in a folder or in a bucket. This file owns every object's name.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt as _, stream};
use gradshot_domain::{BundleId, CampaignId, PortraitId, ShotId};
use jiff::Timestamp;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload, RetryConfig};

/// What the environment's settings of a bucket begin with: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
/// `AWS_ENDPOINT` for another house than Amazon's, `AWS_VIRTUAL_HOSTED_STYLE_REQUEST`, `AWS_ALLOW_HTTP`.
const SETTINGS: &str = "AWS_";
/// A bucket that does not answer is asked again so often …
const BUCKET_RETRIES: usize = 3;
/// … and given up after so long, while a caller still waits.
const BUCKET_PATIENCE: Duration = Duration::from_secs(20);

/// What every name begins with.
const PREFIXES: [&str; 3] = ["portraits", "bundles", "shots"];

/// The name of an object. Only opaque ids and digests, nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobKey(String);

/// An object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBlob {
    /// Its name.
    pub key: BlobKey,
    /// When it was last written, by the store's own clock.
    pub kept_at: Timestamp,
}

/// A text that is no object's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of an object of ours")]
pub struct InvalidBlobKey;

/// Where sealed bytes rest. Clones share the store.
#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

/// Why the place for sealed bytes could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenBlobsError {
    /// Not a kind of place that is known.
    #[error("not a place for sealed bytes: give a folder, `file:///FOLDER` or `s3://BUCKET/PREFIX`")]
    Url,
    /// A bucket's setting has a name or a value that is not known. Values are not repeated: they may be secret.
    #[error("the bucket's setting {0} is not known")]
    Setting(String),
    /// The settings do not make a bucket.
    #[error("the bucket cannot be used; look at AWS_ENDPOINT, AWS_REGION and the other settings: {0}")]
    Bucket(#[source] object_store::Error),
    /// The folder cannot be made.
    #[error("the folder for sealed bytes could not be made: {0}")]
    Folder(#[source] std::io::Error),
    /// The folder cannot be used.
    #[error("the folder for sealed bytes cannot be used: {0}")]
    Store(#[source] object_store::Error),
}

/// Why sealed bytes could not be kept or fetched.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is nothing of this name, although a row says so.
    #[error("no object {0}: was the folder of sealed bytes moved or emptied")]
    Missing(BlobKey),
    /// The store refused.
    #[error("the store of sealed bytes refused: {0}")]
    Store(#[source] object_store::Error),
}

impl BlobKey {
    /// A sealed portrait. Part of its digest is in the name, so that two uploads never overwrite each other.
    pub fn portrait(campaign: CampaignId, portrait: PortraitId, sha256: &[u8; 32]) -> Self {
        let digest = hex::encode(&sha256[..8]);
        Self(format!("portraits/{campaign}/{portrait}-{digest}.gse"))
    }

    /// A sealed hand-over bundle.
    pub fn bundle(bundle: BundleId) -> Self {
        Self(format!("bundles/{bundle}.sealed"))
    }

    /// A sealed piece of a phone's shot, by where it begins. Part of its digest is in the name, as of portraits.
    pub fn shot_piece(shot: ShotId, from_byte: u64, sha256: &[u8; 32]) -> Self {
        let digest = hex::encode(&sha256[..8]);
        Self(format!("shots/{shot}/{from_byte}-{digest}.sealed"))
    }

    /// The name as it is in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BlobKey {
    type Err = InvalidBlobKey;
    fn from_str(text: &str) -> Result<Self, InvalidBlobKey> {
        let named = |prefix: &str| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'));
        let ours = PREFIXES.into_iter().any(named) && !text.contains("..");
        ours.then(|| Self(text.to_owned())).ok_or(InvalidBlobKey)
    }
}

impl Blobs {
    /// Opens a folder given as a path or as `file:///…`, and makes it when it is not there; or a bucket given as
    /// `s3://BUCKET/PREFIX`, whose address and keys stand in the environment as `AWS_…`.
    pub fn open(place: &str) -> Result<Self, OpenBlobsError> {
        let folder = match place.split_once("://") {
            Some(("s3", _)) => {
                let settings = std::env::vars().filter(|(name, _)| name.starts_with(SETTINGS));
                return Self::open_bucket(place, settings);
            }
            Some(("file", path)) => path,
            Some(_) => return Err(OpenBlobsError::Url),
            None => place,
        };
        if folder.trim().is_empty() {
            return Err(OpenBlobsError::Url);
        }
        Self::open_folder(Path::new(folder))
    }

    /// Opens a bucket of an S3 server, `s3://BUCKET/PREFIX`, with settings named as in the environment. Nothing is asked
    /// of it yet: [`Blobs::answer`] does.
    pub fn open_bucket(
        place: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, OpenBlobsError> {
        let (bucket, prefix) = bucket_and_prefix(place).ok_or(OpenBlobsError::Url)?;
        // Whoever set one up before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let retry = RetryConfig {
            max_retries: BUCKET_RETRIES,
            retry_timeout: BUCKET_PATIENCE,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_retry(retry);
        for (name, value) in settings {
            // The environment holds settings of Amazon's own tools too, which mean nothing here.
            match name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                Ok(key) => builder = builder.with_config(key, value),
                Err(_) if name.starts_with(SETTINGS) => {}
                Err(_) => return Err(OpenBlobsError::Setting(name)),
            }
        }
        let store = builder.build().map_err(OpenBlobsError::Bucket)?;
        Ok(match prefix {
            "" => Self { store: Arc::new(store) },
            prefix => Self { store: Arc::new(PrefixStore::new(store, ObjectPath::from(prefix))) },
        })
    }

    /// Opens a folder; makes it when it is not there.
    pub fn open_folder(folder: &Path) -> Result<Self, OpenBlobsError> {
        std::fs::create_dir_all(folder).map_err(OpenBlobsError::Folder)?;
        // What a client was told is kept is on the disk.
        let store = LocalFileSystem::new_with_prefix(folder).map_err(OpenBlobsError::Store)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Keeps sealed bytes, whole or not at all. The same name again replaces them.
    pub async fn keep(&self, key: &BlobKey, sealed: Vec<u8>) -> Result<(), BlobError> {
        let kept = self.store.put(&ObjectPath::from(key.as_str()), PutPayload::from(sealed)).await;
        kept.map(|_| ()).map_err(BlobError::Store)
    }

    /// Every object there is, in no order.
    pub fn list(&self) -> impl Stream<Item = Result<KeptBlob, BlobError>> + Send + 'static {
        let listed = PREFIXES.map(|prefix| self.store.list(Some(&ObjectPath::from(prefix))));
        stream::iter(listed).flatten().map(|object| {
            let object = object.map_err(BlobError::Store)?;
            let kept_at = Timestamp::from_millisecond(object.last_modified.timestamp_millis());
            Ok(KeptBlob {
                key: BlobKey(object.location.to_string()),
                kept_at: kept_at.unwrap_or(Timestamp::MAX),
            })
        })
    }

    /// Whether the store answers at all: a look for a name that is never given.
    pub async fn answer(&self) -> Result<(), BlobError> {
        match self.store.head(&ObjectPath::from("readiness/nothing")).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(BlobError::Store(error)),
        }
    }

    /// Deletes an object; one that is not there is as good.
    pub async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        match self.store.delete(&ObjectPath::from(key.as_str())).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(BlobError::Store(error)),
        }
    }

    /// Fetches sealed bytes.
    pub async fn fetch(&self, key: &BlobKey) -> Result<Vec<u8>, BlobError> {
        let missing_or_refused = |error| match error {
            object_store::Error::NotFound { .. } => BlobError::Missing(key.clone()),
            other => BlobError::Store(other),
        };
        let found = self.store.get(&ObjectPath::from(key.as_str())).await.map_err(missing_or_refused)?;
        Ok(found.bytes().await.map_err(BlobError::Store)?.to_vec())
    }
}

/// The parts of `s3://BUCKET/PREFIX`.
fn bucket_and_prefix(place: &str) -> Option<(&str, &str)> {
    let path = place.strip_prefix("s3://")?;
    let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
    let prefix = prefix.trim_matches('/');
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let fits = (3..=63).contains(&bucket.len()) && bucket.chars().all(is_name);
    let fits = fits && prefix.chars().all(|c| is_name(c) || c == '/') && !prefix.contains("..");
    fits.then_some((bucket, prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_named_with_or_without_a_prefix() {
        assert_eq!(bucket_and_prefix("s3://photos"), Some(("photos", "")));
        assert_eq!(bucket_and_prefix("s3://photos/2027/may/"), Some(("photos", "2027/may")));
        for wrong in ["s3://", "s3://a", "s3://a b c", "s3://photos/../other", "s3:photos", "http://photos"] {
            assert_eq!(bucket_and_prefix(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_place_that_is_none_is_refused_with_what_would_be_one() {
        for wrong in ["", "ftp://house/photos", "s3://x"] {
            let said = Blobs::open(wrong).unwrap_err().to_string();
            assert!(said.contains("s3://BUCKET"), "{said}");
        }
    }
}
