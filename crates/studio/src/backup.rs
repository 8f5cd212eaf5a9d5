//! Backups: the database and the sealed bytes in a folder, taken while the server runs. The vault key is not among them:
//! without it nobody opens anything, so it is kept apart.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use futures::TryStreamExt as _;
use gradshot_domain::SystemClock;
use gradshot_storage::{AuditProof, Blobs, Storage};

use crate::server_room::{BLOBS, DATABASE};

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// Size of the database, bytes.
    pub database_bytes: u64,
    /// Sealed files.
    pub blobs: u64,
    /// How many of them were copied this time.
    pub copied: u64,
}

/// Goes through the audit log of a server's database. The server may run meanwhile.
pub async fn verify_audit(folder: &Path, database: Option<&str>) -> anyhow::Result<AuditProof> {
    let storage = open(folder, database).await?;
    let proof = storage.read().await?.audit().verify().await?;
    storage.close().await;
    Ok(proof)
}

/// Copies the database and the sealed bytes of a server's folder into `to`, which may hold an earlier backup: the
/// database is then replaced, and only new sealed bytes are copied. The server may run meanwhile.
///
/// The database is copied first. Sealed bytes rest before their row is kept and never change, so all that the copied rows
/// name are there.
pub async fn back_up(
    folder: &Path,
    database: Option<&str>,
    blobs: Option<&str>,
    to: &Path,
) -> anyhow::Result<Backup> {
    let storage = open(folder, database).await?;
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    let half = to.join("gradshot.sqlite.half");
    if half.exists() {
        fs::remove_file(&half).context("what a broken backup left cannot be removed")?;
    }
    storage.copy_into(&half).await?;
    storage.close().await;
    fs::File::open(&half)?.sync_all()?;
    fs::rename(&half, to.join(DATABASE)).context("the copied database cannot be put in its place")?;

    let from = match blobs {
        Some(place) => Blobs::open(place)?,
        None => Blobs::open_folder(&folder.join(BLOBS))?,
    };
    let (blobs, copied) = copy_new(&from, &Blobs::open_folder(&to.join(BLOBS))?).await?;
    Ok(Backup { database_bytes: fs::metadata(to.join(DATABASE))?.len(), blobs, copied })
}

/// Puts a backup into a server's folder that has no database yet, and looks whether it is whole. The vault key has to be
/// put there, too.
pub async fn restore(from: &Path, folder: &Path) -> anyhow::Result<Backup> {
    let (source, target) = (from.join(DATABASE), folder.join(DATABASE));
    ensure!(source.is_file(), "{} is no backup: there is no {DATABASE} in it", from.display());
    ensure!(!target.exists(), "{} is there already: restore into an empty folder", target.display());
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let kept = Blobs::open_folder(&folder.join(BLOBS))?;
    let (blobs, copied) = copy_new(&Blobs::open_folder(&from.join(BLOBS))?, &kept).await?;
    // The database last: a restore that was broken off left no server that could be started.
    let half = folder.join("gradshot.sqlite.half");
    fs::copy(&source, &half).with_context(|| format!("{} cannot be copied", source.display()))?;
    fs::File::open(&half)?.sync_all()?;
    fs::rename(&half, &target)?;

    let storage =
        Storage::open_file(&target, &SystemClock).await.context("the restored database is damaged")?;
    let proof = storage.read().await?.audit().verify().await?;
    storage.close().await;
    if let Some(flaw) = proof.flaw {
        anyhow::bail!("the backup was restored, but its audit log is not whole: {flaw}");
    }
    Ok(Backup { database_bytes: fs::metadata(&target)?.len(), blobs, copied })
}

pub(crate) async fn open(folder: &Path, database: Option<&str>) -> anyhow::Result<Storage> {
    if let Some(url) = database {
        return Ok(Storage::open(url, &SystemClock).await?);
    }
    let file = folder.join(DATABASE);
    ensure!(file.is_file(), "{} is not there: is this the server's folder?", file.display());
    Ok(Storage::open_file(&file, &SystemClock).await?)
}

/// Copies what is not there yet; gives how many there are and how many were copied.
async fn copy_new(from: &Blobs, to: &Blobs) -> anyhow::Result<(u64, u64)> {
    let there: HashSet<String> = to.list().map_ok(|blob| blob.key.to_string()).try_collect().await?;
    let mut listed = Box::pin(from.list());
    let (mut all, mut copied) = (0, 0);
    while let Some(blob) = listed.try_next().await? {
        all += 1;
        if !there.contains(blob.key.as_str()) {
            to.keep(&blob.key, from.fetch(&blob.key).await?).await?;
            copied += 1;
        }
    }
    Ok((all, copied))
}
