//! A folder into which other software puts its shots: the vendor's tethering program, a card reader, a camera's FTP.
//!
//! The folder is polled and not watched by the system's notices, because those do not come from network folders. Each
//! new and finished photo in it, or in a folder directly inside it (several programs make one for each day), becomes
//! one shot. What was there before the first look is not a shot; what arrived while the folder was out of reach is.

mod ledger;
mod listing;
#[cfg(test)]
mod tests;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use ledger::{Ledger, News};

use crate::{Camera, Device, DeviceId, Driver, Fault, Limits, OutsideShots, Shot, ShotFormat, sync::lock};

const NAME: &str = "folder";
const POLL_PERIOD: Duration = Duration::from_millis(500);

/// The driver of one watched folder.
#[derive(Debug)]
pub struct WatchedFolderDriver {
    folder: PathBuf,
    poll_period: Duration,
    /// Outlives the cameras opened on it, so that a network cut neither loses a shot nor doubles one.
    ledger: Arc<Mutex<Ledger>>,
}

struct WatchedFolder {
    folder: PathBuf,
    poll_period: Duration,
    ledger: Arc<Mutex<Ledger>>,
    file_max_bytes: u64,
    has_more: bool,
}

impl WatchedFolderDriver {
    /// Watches this folder from the first opening on.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), poll_period: POLL_PERIOD, ledger: Arc::default() }
    }

    /// Looks so often; half a second if nothing is said. A file is taken when it stood still between two looks, so a
    /// slow network wants longer.
    #[must_use]
    pub fn polled_every(self, poll_period: Duration) -> Self {
        Self { poll_period, ..self }
    }

    fn id(&self) -> DeviceId {
        DeviceId::new(NAME, self.folder.display())
    }
}

impl Driver for WatchedFolderDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        const MODEL: &str = "联机文件夹 Watched folder";
        Ok(vec![match std::fs::read_dir(&self.folder) {
            Ok(_) => Device::usable(self.id(), MODEL),
            Err(_) => Device::unusable(self.id(), MODEL, Fault::FolderUnreachable),
        }])
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        if *id != self.id() {
            return Err(Fault::NotFound);
        }
        let listing = listing::list(&self.folder)?;
        lock(&self.ledger).begin(&listing);
        Ok(Box::new(WatchedFolder {
            folder: self.folder.clone(),
            poll_period: self.poll_period,
            ledger: Arc::clone(&self.ledger),
            file_max_bytes: limits.shot_max_bytes,
            has_more: false,
        }))
    }
}

impl Camera for WatchedFolder {
    fn outside(&mut self) -> Option<&mut dyn OutsideShots> {
        Some(self)
    }
}

impl OutsideShots for WatchedFolder {
    fn poll(&mut self) -> Result<Option<Shot>, Fault> {
        let mut ledger = lock(&self.ledger);
        if !std::mem::take(&mut self.has_more) {
            ledger.look(&listing::list(&self.folder)?);
        }
        let news = ledger.next_news();
        self.has_more = ledger.has_news();
        let (key, stamp) = match news {
            None => return Ok(None),
            Some(News::RawAlone) => return Err(Fault::RawOnly),
            Some(News::Broken) => return Err(Fault::BrokenFile),
            Some(News::Finished(key, stamp)) => (key, stamp),
        };
        if stamp.bytes > self.file_max_bytes {
            ledger.settle(&key, stamp);
            return Err(Fault::FileTooLarge);
        }
        let path = self.folder.join(&key);
        let finished = ShotFormat::of_name(&key)
            .zip(listing::read(&path, stamp))
            .filter(|(format, bytes)| format.is_complete(bytes));
        let Some((format, bytes)) = finished else {
            // Still open in the other program, or not all there: the next looks will tell.
            return Ok(None);
        };
        ledger.settle(&key, stamp);
        let file_name = key.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Some(Shot { file_name, format, bytes, modified_at: stamp.modified_at, on_card: None }))
    }

    fn has_more(&self) -> bool {
        self.has_more
    }

    fn period(&self) -> Duration {
        self.poll_period
    }
}
