//! Sealed bytes in a folder. This file owns every object's name.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use futures::{Stream, StreamExt as _, stream};
use gradshot_domain::{BundleId, CampaignId, PortraitId, ShotId};
use jiff::Timestamp;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};

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
    #[error("not a place for sealed bytes: give a folder or `file:///FOLDER`")]
    Url,
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
    /// Opens a folder given as a path or as `file:///…`; makes it when it is not there.
    pub fn open(place: &str) -> Result<Self, OpenBlobsError> {
        let folder = match place.split_once("://") {
            Some(("file", path)) => path,
            Some(_) => return Err(OpenBlobsError::Url),
            None => place,
        };
        if folder.trim().is_empty() {
            return Err(OpenBlobsError::Url);
        }
        Self::open_folder(Path::new(folder))
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
