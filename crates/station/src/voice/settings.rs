//! What a studio can choose about the voice, kept in one file beside the outbox.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Name of the file in the station's folder.
pub const FILE_NAME: &str = "voice.json";

/// What a studio can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VoiceSettings {
    /// Whether this PC speaks at all.
    pub speaks: Speaks,
    /// In which languages, in this order.
    pub languages: Vec<VoiceLanguage>,
    /// How often each call is said, 1 to 3.
    pub times: u8,
    /// Whether a chime sounds before each call.
    pub chime: bool,
    /// 0 to 100; 0 is silence.
    pub volume: u8,
    /// Names of the stations whose calls are said; all when empty.
    pub stations: Vec<String>,
}

/// Whether a PC speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaks {
    /// If the studio's server runs on it, so that of several desks one speaks for all.
    #[default]
    AtTheServer,
    /// In any case.
    Always,
    /// Never: another desk or a board does.
    Never,
}

/// A language that there are clips in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoiceLanguage {
    /// Mandarin.
    Zh,
    /// English.
    En,
}

impl Default for VoiceSettings {
    fn default() -> Self {
        Self {
            speaks: Speaks::default(),
            languages: vec![VoiceLanguage::Zh],
            times: 2,
            chime: true,
            volume: 80,
            stations: Vec::new(),
        }
    }
}

impl VoiceSettings {
    /// Most times that a call is said.
    pub const MOST_TIMES: u8 = 3;

    /// What is kept in this folder; what a new studio has when nothing is, or nothing that can be read.
    pub fn load(folder: &Path) -> Self {
        let Ok(text) = fs::read_to_string(folder.join(FILE_NAME)) else { return Self::default() };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "{FILE_NAME} cannot be read; the voice is as in a new studio");
            Self::default()
        })
    }

    /// Keeps these, so that somebody finds what can be chosen.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        fs::write(folder.join(FILE_NAME), serde_json::to_string_pretty(self)? + "\n")
    }

    /// Whether anything is said at all.
    pub fn is_silent(&self) -> bool {
        self.volume == 0 || self.languages.is_empty()
    }

    /// Whether calls to this station are said.
    pub fn is_for(&self, station_name: &str) -> bool {
        self.stations.is_empty() || self.stations.iter().any(|name| name == station_name)
    }

    /// Whether a PC speaks on which the studio's server runs, or does not.
    pub fn speaks(&self, is_at_the_server: bool) -> bool {
        match self.speaks {
            Speaks::AtTheServer => is_at_the_server,
            Speaks::Always => true,
            Speaks::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_file_is_as_in_a_new_studio() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(VoiceSettings::load(folder.path()), VoiceSettings::default());
        fs::write(folder.path().join(FILE_NAME), r#"{"volume": 30, "languages": ["zh", "en"]}"#).unwrap();
        let settings = VoiceSettings::load(folder.path());
        assert_eq!((settings.volume, settings.times), (30, 2));
        settings.save(folder.path()).unwrap();
        assert_eq!(VoiceSettings::load(folder.path()), settings);
        fs::write(folder.path().join(FILE_NAME), "{").unwrap();
        assert_eq!(VoiceSettings::load(folder.path()), VoiceSettings::default());
    }

    #[test]
    fn of_several_desks_only_the_one_at_the_server_speaks() {
        let settings = VoiceSettings::default();
        assert!(settings.speaks(true) && !settings.speaks(false));
        assert!(VoiceSettings { speaks: Speaks::Always, ..settings.clone() }.speaks(false));
        assert!(!VoiceSettings { speaks: Speaks::Never, ..settings }.speaks(true));
    }
}
