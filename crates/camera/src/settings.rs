//! A camera's own settings, and its battery and card.

use serde::{Deserialize, Serialize};

use crate::Fault;

/// Reads and sets what a camera lets others set.
pub trait Settings {
    /// Every setting that the camera has, with its choices.
    fn read(&mut self) -> Result<Vec<Setting>, Fault>;

    /// Sets one; [`Fault::SettingRefused`] when the camera does not take the value.
    fn write(&mut self, key: SettingKey, value: &str) -> Result<(), Fault>;
}

/// Which setting; the few that matter for a portrait against a plain wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKey {
    /// Sensor sensitivity.
    Iso,
    /// The f-number.
    Aperture,
    /// Exposure time.
    Shutter,
    /// Colour of the light.
    WhiteBalance,
    /// Automatic or manual focus.
    FocusMode,
    /// File format and quality.
    ImageFormat,
    /// Width and height of the picture.
    Resolution,
    /// How bright a webcam makes its picture.
    Brightness,
    /// How far apart a webcam's light and dark are.
    Contrast,
    /// How strong a webcam's colours are.
    Saturation,
    /// How much a webcam sharpens.
    Sharpness,
    /// How much a webcam amplifies what its sensor saw.
    Gain,
    /// How much a webcam makes up for light behind the person.
    Backlight,
    /// The mains' frequency, in whose rhythm lamps flicker.
    AntiFlicker,
}

/// One setting as the camera words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Which one.
    pub key: SettingKey,
    /// Its present value.
    pub value: String,
    /// The values that the camera accepts; empty when any text may be tried.
    pub choices: Vec<String>,
    /// Whether it can be set now (a dial on the body may forbid it).
    pub writable: bool,
}

/// Battery and card. `None` means that the camera does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Charge of the battery, 0 to 100.
    pub battery_percent: Option<u8>,
    /// How many more shots the card holds at the present quality.
    pub shots_left: Option<u32>,
}
