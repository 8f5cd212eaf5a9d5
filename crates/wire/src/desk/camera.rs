//! The camera at this station, and the panel where it is chosen and set.

use gradshot_domain::{Finding, ShotId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ShotProgress;

/// The camera at this station.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct CameraLink {
    /// What it calls itself.
    pub model: String,
    /// Whether it can shoot.
    pub ready: bool,
    /// Whether the desk releases its shutter; otherwise it is released on the body or by other software.
    pub shoots_on_request: bool,
    /// Whether it has live view.
    pub has_live_view: bool,
    /// Whether it can be set from here.
    pub has_settings: bool,
    /// Charge of its battery, 0 to 100, if it tells.
    pub battery_percent: Option<u8>,
    /// How many more shots its card holds, if it tells.
    pub shots_left: Option<u32>,
    /// What is wrong and what to do, in Chinese.
    pub trouble_zh: Option<String>,
    /// What is wrong and what to do, in English.
    pub trouble_en: Option<String>,
    /// Why live view stands still although the camera shoots, in Chinese.
    pub live_trouble_zh: Option<String>,
    /// Why live view stands still although the camera shoots, in English.
    pub live_trouble_en: Option<String>,
}

/// What the camera panel shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CameraPanel {
    /// Every camera in sight, also those that cannot be used now.
    pub devices: Vec<CameraDevice>,
    /// Id of the one that the operator chose; absent when the first usable one is taken.
    pub chosen: Option<String>,
    /// Id of the one that is open.
    pub open: Option<String>,
    /// The open camera's settings.
    pub settings: Vec<CameraSetting>,
    /// Names of the studio's presets.
    pub presets: Vec<String>,
    /// The test shot, while it is looked at.
    pub test: Option<TestShot>,
}

/// A camera in sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CameraDevice {
    /// What it is chosen by.
    pub id: String,
    /// Its model.
    pub name: String,
    /// Why it cannot be used now and what to do, in Chinese.
    pub trouble_zh: Option<String>,
    /// Why it cannot be used now and what to do, in English.
    pub trouble_en: Option<String>,
}

/// One setting as the camera words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CameraSetting {
    /// Which one.
    pub key: CameraSettingKey,
    /// Its present value.
    pub value: String,
    /// The values that the camera accepts; empty when any text may be tried.
    pub choices: Vec<String>,
    /// Whether it can be set now; a dial on the body may forbid it.
    pub writable: bool,
}

/// The settings that matter for a portrait against a plain wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CameraSettingKey {
    /// 感光度
    Iso,
    /// 光圈
    Aperture,
    /// 快门
    Shutter,
    /// 白平衡
    WhiteBalance,
    /// 对焦方式
    FocusMode,
    /// 画质
    ImageFormat,
    /// 尺寸
    Resolution,
    /// 亮度
    Brightness,
    /// 对比度
    Contrast,
    /// 饱和度
    Saturation,
    /// 锐度
    Sharpness,
    /// 增益
    Gain,
    /// 逆光补偿
    Backlight,
    /// 防闪烁
    AntiFlicker,
}

/// A shot of nobody in particular, to see whether camera and light are right. It belongs to no ticket and is never sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TestShot {
    /// Its pictures are asked for by this id.
    pub id: ShotId,
    /// What has become of it.
    pub progress: ShotProgress,
    /// What it says of the light; absent until it is developed.
    pub light: Option<LightTest>,
}

/// What came of a light test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LightTest {
    /// Whether the shot had one person in it, so that light could be measured at all.
    pub measured: bool,
    /// Whether everything is as the standard wants it.
    pub passed: bool,
    /// Each measure, with what to do.
    pub points: Vec<LightPoint>,
}

/// One measure of light.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LightPoint {
    /// The measured value against its limit.
    #[serde(flatten)]
    pub finding: Finding,
    /// What to do with lamps or camera, in Chinese; empty when all is well.
    pub advice_zh: String,
    /// What to do with lamps or camera, in English; empty when all is well.
    pub advice_en: String,
}
