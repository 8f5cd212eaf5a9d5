//! How this desk works, as its operator set it. Kept on this station.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PrintSettings, VoiceSettings};

/// The desk's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "switches that do not depend on each other")]
pub struct DeskSettings {
    /// Whether the live coach looks at preview frames.
    pub coach: bool,
    /// Whether the shutter fires by itself once everything is in order.
    pub auto_shutter: bool,
    /// How long the automatic shutter counts down, milliseconds, 500 to 5000.
    pub countdown_ms: u32,
    /// Whether the preview is shown mirrored. Files never are.
    pub mirror_preview: bool,
    /// Whether a shot's face is compared with the student's earlier shots, in memory alone.
    pub compare_faces: bool,
    /// What the scanner types before a code.
    pub scanner_prefix: String,
    /// What the scanner types after a code, besides Enter.
    pub scanner_suffix: String,
    /// Id of the webcam in whose pictures codes are read; empty when there is none.
    pub scanner_webcam: String,
    /// How many go first before somebody who was passed over; 0 puts them next.
    pub back_after: u16,
    /// Whether shots are deleted from the camera's card once their portrait is sealed.
    pub empties_card: bool,
    /// How this PC calls numbers aloud.
    pub voice: VoiceSettings,
    /// How this desk prints.
    pub printing: PrintSettings,
    /// Whether the first-run assistant was gone through.
    pub set_up: bool,
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            coach: true,
            auto_shutter: false,
            countdown_ms: 1500,
            mirror_preview: false,
            compare_faces: true,
            scanner_prefix: String::new(),
            scanner_suffix: String::new(),
            scanner_webcam: String::new(),
            back_after: 3,
            empties_card: false,
            voice: VoiceSettings::default(),
            printing: PrintSettings::default(),
            set_up: false,
        }
    }
}
