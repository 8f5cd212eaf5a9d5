//! What a studio can choose about the voice that calls numbers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How this PC calls numbers aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct VoiceSettings {
    /// Whether this PC speaks at all.
    pub speaks: VoiceSpeaks,
    /// In which languages, in this order; silence when empty.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceSpeaks {
    /// If the studio's server runs on it, so that of several desks one speaks for all.
    #[default]
    AtTheServer,
    /// In any case.
    Always,
    /// Never: another desk or a board does.
    Never,
}

/// A language that there are clips in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
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
            speaks: VoiceSpeaks::default(),
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
    /// Most stations that can be named.
    pub const MOST_STATIONS: usize = 100;

    /// The same within its limits, each language once.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        self.times = self.times.clamp(1, Self::MOST_TIMES);
        self.volume = self.volume.min(100);
        self.stations.truncate(Self::MOST_STATIONS);
        self.languages.dedup();
        self.languages.truncate(2);
        self
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
    pub const fn speaks(&self, is_at_the_server: bool) -> bool {
        match self.speaks {
            VoiceSpeaks::AtTheServer => is_at_the_server,
            VoiceSpeaks::Always => true,
            VoiceSpeaks::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_desks_only_the_one_at_the_server_speaks() {
        let settings = VoiceSettings::default();
        assert!(settings.speaks(true) && !settings.speaks(false));
        assert!(VoiceSettings { speaks: VoiceSpeaks::Always, ..settings.clone() }.speaks(false));
        assert!(!VoiceSettings { speaks: VoiceSpeaks::Never, ..settings }.speaks(true));
    }

    #[test]
    fn what_is_too_much_is_brought_within_limits() {
        let both = vec![VoiceLanguage::Zh, VoiceLanguage::Zh];
        let settings = VoiceSettings { volume: 200, times: 0, languages: both, ..VoiceSettings::default() };
        assert_eq!(
            settings.within_limits(),
            VoiceSettings { volume: 100, times: 1, ..VoiceSettings::default() }
        );
    }
}
