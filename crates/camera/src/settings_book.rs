//! The settings that a studio keeps: the last ones of each camera, and presets by name.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{Device, Setting, SettingKey};

/// Cameras remembered; the book forgets none below this, and takes no more.
const CAMERAS_MAX: usize = 200;
/// Presets kept.
const PRESETS_MAX: usize = 50;
/// Letters of a preset's name.
const NAME_MAX: usize = 40;
/// A book larger than this was not written here.
const FILE_MAX_BYTES: u64 = 1 << 20;

type Values = BTreeMap<SettingKey, String>;

/// A small file with settings, rewritten whole with each change.
#[derive(Debug)]
pub struct SettingsBook {
    path: PathBuf,
    pages: Pages,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Pages {
    #[serde(default)]
    cameras: BTreeMap<String, Values>,
    #[serde(default)]
    presets: BTreeMap<String, Values>,
    #[serde(default)]
    empties_card: bool,
}

/// Why something could not be written into the book.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// A name must have 1 to 40 letters.
    #[error("a preset's name has 1 to {NAME_MAX} letters")]
    Name,
    /// No room.
    #[error("there are as many presets as the studio may have; delete one first")]
    Full,
    /// The file cannot be written.
    #[error("the settings cannot be kept: {0}")]
    File(#[from] io::Error),
}

impl SettingsBook {
    /// Opens the book; one that is not there, or cannot be read, is empty: no shot may wait for it.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let pages = read(&path).unwrap_or_default();
        Self { path, pages }
    }

    /// What this camera was last set to, in the order in which it is to be set.
    pub fn recall(&self, device: &Device) -> Vec<(SettingKey, String)> {
        self.pages.cameras.get(&key(device)).map(listed).unwrap_or_default()
    }

    /// Remembers what a camera is set to.
    pub fn remember(&mut self, device: &Device, settings: &[Setting]) -> Result<(), BookError> {
        let key = key(device);
        let values = values(settings);
        let is_new = !self.pages.cameras.contains_key(&key);
        if self.pages.cameras.get(&key) == Some(&values)
            || (is_new && self.pages.cameras.len() >= CAMERAS_MAX)
        {
            return Ok(());
        }
        self.pages.cameras.insert(key, values);
        self.write()
    }

    /// Whether shots are deleted from the card once their portrait is sealed; not before somebody says so.
    pub fn empties_card(&self) -> bool {
        self.pages.empties_card
    }

    /// Says whether shots are deleted from the card.
    pub fn set_empties_card(&mut self, empties: bool) -> Result<(), BookError> {
        self.pages.empties_card = empties;
        self.write()
    }

    /// The presets' names.
    pub fn presets(&self) -> impl Iterator<Item = &str> {
        self.pages.presets.keys().map(String::as_str)
    }

    /// A preset, in the order in which it is to be set.
    pub fn preset(&self, name: &str) -> Option<Vec<(SettingKey, String)>> {
        self.pages.presets.get(name).map(listed)
    }

    /// Keeps the present settings under a name; one that is there already is replaced.
    pub fn keep_preset(&mut self, name: &str, settings: &[Setting]) -> Result<(), BookError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_MAX {
            return Err(BookError::Name);
        }
        if !self.pages.presets.contains_key(name) && self.pages.presets.len() >= PRESETS_MAX {
            return Err(BookError::Full);
        }
        self.pages.presets.insert(name.to_owned(), values(settings));
        self.write()
    }

    /// Deletes a preset; true when there was one.
    pub fn delete_preset(&mut self, name: &str) -> Result<bool, BookError> {
        let was_there = self.pages.presets.remove(name).is_some();
        if was_there {
            self.write()?;
        }
        Ok(was_there)
    }

    /// Beside its place first, so that a cut leaves the old book.
    fn write(&self) -> Result<(), BookError> {
        let half = self.path.with_extension("half");
        fs::write(&half, serde_json::to_vec_pretty(&self.pages).map_err(io::Error::from)?)?;
        Ok(fs::rename(half, &self.path)?)
    }
}

fn read(path: &Path) -> Option<Pages> {
    if fs::metadata(path).ok()?.len() > FILE_MAX_BYTES {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Model and serial number: two bodies of one model have two places in the studio and two lenses.
fn key(device: &Device) -> String {
    device.serial.as_ref().map_or_else(|| device.name.clone(), |serial| format!("{} {serial}", device.name))
}

fn values(settings: &[Setting]) -> Values {
    let settable = settings.iter().filter(|setting| setting.writable);
    settable.map(|setting| (setting.key, setting.value.clone())).collect()
}

fn listed(values: &Values) -> Vec<(SettingKey, String)> {
    values.iter().map(|(key, value)| (*key, value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::DeviceId;

    fn device(serial: &str) -> Device {
        let mut device = Device::usable(DeviceId::new("gphoto2", "usb:001,004"), "Nikon DSC D750");
        device.serial = Some(serial.into());
        device
    }

    fn iso(value: &str) -> Vec<Setting> {
        vec![Setting { key: SettingKey::Iso, value: value.into(), choices: Vec::new(), writable: true }]
    }

    #[test]
    fn each_camera_and_each_preset_keeps_its_own_over_a_restart() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("cameras.json");
        let mut book = SettingsBook::open(&path);
        book.remember(&device("1"), &iso("200")).unwrap();
        book.remember(&device("2"), &iso("400")).unwrap();
        book.keep_preset(" 两灯 ", &iso("100")).unwrap();
        assert!(!book.empties_card());
        book.set_empties_card(true).unwrap();
        let mut book = SettingsBook::open(&path);
        assert!(book.empties_card());
        assert_eq!(book.recall(&device("2")), [(SettingKey::Iso, "400".to_owned())]);
        assert_eq!(book.recall(&device("3")), []);
        assert_eq!(book.presets().collect::<Vec<_>>(), ["两灯"]);
        assert_eq!(book.preset("两灯").unwrap()[0].1, "100");
        assert!(book.delete_preset("两灯").unwrap() && !book.delete_preset("两灯").unwrap());
    }

    #[test]
    fn a_book_that_cannot_be_read_holds_nobody_up() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("cameras.json");
        fs::write(&path, "{").unwrap();
        let mut book = SettingsBook::open(&path);
        assert_eq!(book.recall(&device("1")), []);
        assert!(matches!(book.keep_preset("  ", &iso("1")), Err(BookError::Name)));
        book.remember(&device("1"), &iso("200")).unwrap();
    }
}
