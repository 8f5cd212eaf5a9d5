//! The file of vault keys, changed between two starts of a server: a new key is made known, put to use, and an old one
//! forgotten once nothing is sealed with it any more.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use gradshot_seal::{KeyName, KeyRing};
use gradshot_server::{SealCount, count_seals};
use gradshot_storage::Blobs;

use crate::backup;
use crate::server_room::{BLOBS, VAULT_FILE, vault_key, write_private};

/// A server's folder, and where its database and its sealed files are if not there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The server's folder.
    pub folder: PathBuf,
    /// Another database than the folder's.
    pub database: Option<String>,
    /// Another place for sealed files than the folder's.
    pub blobs: Option<String>,
}

/// What there is of keys.
#[derive(Debug)]
pub struct VaultStatus {
    /// The keys' names, the one in use first.
    pub names: Vec<KeyName>,
    /// The key that fingerprints come from.
    pub root: KeyName,
    /// What they seal.
    pub count: SealCount,
}

/// Looks at the ring and counts what each key seals. The server may run meanwhile.
pub async fn status(place: &Place) -> anyhow::Result<VaultStatus> {
    let ring = read(&place.folder)?;
    let storage = backup::open(&place.folder, place.database.as_deref()).await?;
    let blobs = match &place.blobs {
        Some(place) => Blobs::open(place)?,
        None => Blobs::open_folder(&place.folder.join(BLOBS))?,
    };
    let count = count_seals(&storage, &blobs, &ring).await;
    storage.close().await;
    Ok(VaultStatus { names: ring.names(), root: ring.root_name(), count: count? })
}

/// Makes a new key known, which opens and does not seal yet. Every server has to be started anew with it before it is used.
pub fn add(folder: &Path) -> anyhow::Result<KeyName> {
    let mut ring = read(folder)?;
    let name = ring.add(&mut rand::make_rng::<rand::rngs::StdRng>())?;
    write(folder, &ring)?;
    Ok(name)
}

/// Has a known key seal from the next start on. The server then seals everything anew by itself.
pub fn use_key(folder: &Path, name: KeyName) -> anyhow::Result<()> {
    let mut ring = read(folder)?;
    ring.use_key(name)?;
    write(folder, &ring)
}

/// Forgets a key, if nothing is sealed with it any more.
pub async fn forget(place: &Place, name: KeyName) -> anyhow::Result<()> {
    let mut ring = read(&place.folder)?;
    ring.forget(name)?;
    let still = status(place).await?.count.by_key.get(&name).copied().unwrap_or(0);
    ensure!(
        still == 0,
        "{still} values are still sealed with this key: let the server run, it seals them anew"
    );
    write(&place.folder, &ring)
}

fn read(folder: &Path) -> anyhow::Result<KeyRing> {
    let file = folder.join(VAULT_FILE);
    ensure!(
        file.is_file(),
        "{} is not there: keys that come from the environment are changed there",
        file.display()
    );
    vault_key(&file)
}

/// Replaces the file whole or not at all.
fn write(folder: &Path, ring: &KeyRing) -> anyhow::Result<()> {
    let (file, half) = (folder.join(VAULT_FILE), folder.join("vault.key.half"));
    if half.exists() {
        fs::remove_file(&half).context("what a broken change left cannot be removed")?;
    }
    write_private(&half, ring.to_text().as_bytes()).context("the vault keys cannot be written")?;
    fs::rename(&half, &file).context("the vault keys cannot be put in their place")
}
