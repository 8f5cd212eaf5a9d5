//! What a station remembers of how its operator set the desk, in one small file.

use std::fs;
use std::path::{Path, PathBuf};

use gradshot_camera::{Choice, DeviceId};
use gradshot_wire::desk::DeskSettings;
use serde::{Deserialize, Serialize};

/// A file larger than this was not written here.
const FILE_MAX_BYTES: u64 = 64 << 10;

/// The file and what is in it.
pub(crate) struct DeskMemory {
    path: PathBuf,
    page: Page,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Page {
    settings: DeskSettings,
    camera: Option<Chosen>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Chosen {
    id: DeviceId,
    name: String,
}

impl DeskMemory {
    /// Opens the file; one that is not there, or cannot be read, is empty: nobody waits for it.
    pub(crate) fn open(folder: &Path) -> Self {
        let path = folder.join("desk.json");
        let page = read(&path).unwrap_or_default();
        Self { path, page }
    }

    pub(crate) const fn settings(&self) -> &DeskSettings {
        &self.page.settings
    }

    pub(super) fn keep_settings(&mut self, settings: DeskSettings) {
        self.page.settings = settings;
        self.write();
    }

    /// The camera that was chosen; `None` when the first usable one is taken.
    pub(super) fn camera(&self) -> Option<Choice> {
        self.page.camera.clone().map(|Chosen { id, name }| Choice::This { id, name })
    }

    pub(super) fn keep_camera(&mut self, choice: &Choice) {
        self.page.camera = match choice {
            Choice::First => None,
            Choice::This { id, name } => Some(Chosen { id: id.clone(), name: name.clone() }),
        };
        self.write();
    }

    /// Beside its place first, so that a cut leaves the old file.
    fn write(&self) {
        let half = self.path.with_extension("half");
        let text = serde_json::to_vec_pretty(&self.page).unwrap_or_default();
        if let Err(error) = fs::write(&half, text).and_then(|()| fs::rename(&half, &self.path)) {
            tracing::warn!(%error, "the desk's settings are not remembered");
        }
    }
}

fn read(path: &Path) -> Option<Page> {
    if fs::metadata(path).ok()?.len() > FILE_MAX_BYTES {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_outlive_the_program_and_a_damaged_file_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = DeskMemory::open(folder.path());
        memory.keep_settings(DeskSettings { auto_shutter: true, ..DeskSettings::default() });
        memory.keep_camera(&Choice::This { id: DeviceId::new("simulated", 0), name: "模拟相机".into() });
        let again = DeskMemory::open(folder.path());
        assert!(again.settings().auto_shutter && again.camera().is_some());
        fs::write(folder.path().join("desk.json"), "{").unwrap();
        assert_eq!(DeskMemory::open(folder.path()).settings(), &DeskSettings::default());
    }
}
