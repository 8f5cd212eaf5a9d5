//! The camera's thread and the desk's task.

use gradshot_camera::{Events, Fault, FramePixels, LiveFrame, Setting, SettingKey};
use gradshot_wire::desk::{CameraDevice, CameraSetting, CameraSettingKey};
use tokio::sync::{mpsc, watch};

use super::{Frame, Input};
use crate::session::Failure;

/// Hands the camera's events over: frames to whoever looks, the rest to the desk's task. Ends with either side.
/// `generation` tells the events of the camera before from this one's.
pub(super) async fn forward(
    mut events: Events,
    generation: u32,
    inbox: mpsc::WeakSender<Input>,
    frames: watch::Sender<Option<Frame>>,
) {
    while let Some(event) = std::future::poll_fn(|context| events.poll_next(context)).await {
        match event {
            gradshot_camera::Event::LiveFrame(frame) => {
                frames.send_replace(jpeg(frame));
            }
            event => {
                if matches!(event, gradshot_camera::Event::Disconnected { .. }) {
                    frames.send_replace(None);
                }
                let Some(inbox) = inbox.upgrade() else { return };
                if inbox.send(Input::Camera(generation, Box::new(event))).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Pages show JPEG files; cameras that give bare pixels are not among the drivers that ship yet.
fn jpeg(frame: LiveFrame) -> Option<Frame> {
    match frame.pixels {
        FramePixels::Jpeg(bytes) => Some(bytes),
        FramePixels::Rgb(_) => None,
    }
}

/// What is wrong with a camera and what to do, in both languages.
pub(super) fn in_words(fault: Fault) -> Failure {
    let advice = fault.advice();
    Failure::new(
        format!("{}，{}", advice.zh, advice.remedy_zh),
        format!("{}: {}", advice.en, advice.remedy_en),
    )
}

/// What is wrong with the webcam that scans.
pub(super) fn of_scanner(fault: Fault) -> Failure {
    let words = in_words(fault);
    Failure::new(format!("扫码摄像头：{}", words.zh), format!("Scanning webcam: {}", words.en))
}

/// A listed camera as pages see it.
pub(super) fn device(device: &gradshot_camera::Device) -> CameraDevice {
    let trouble = device.unusable.map(in_words);
    CameraDevice {
        id: device.id.to_string(),
        name: device.name.clone(),
        trouble_zh: trouble.as_ref().map(|words| words.zh.clone()),
        trouble_en: trouble.map(|words| words.en),
    }
}

/// A setting as pages see it.
pub(super) fn setting(setting: Setting) -> CameraSetting {
    let key = match setting.key {
        SettingKey::Iso => CameraSettingKey::Iso,
        SettingKey::Aperture => CameraSettingKey::Aperture,
        SettingKey::Shutter => CameraSettingKey::Shutter,
        SettingKey::WhiteBalance => CameraSettingKey::WhiteBalance,
        SettingKey::FocusMode => CameraSettingKey::FocusMode,
        SettingKey::ImageFormat => CameraSettingKey::ImageFormat,
        SettingKey::Resolution => CameraSettingKey::Resolution,
        SettingKey::Brightness => CameraSettingKey::Brightness,
        SettingKey::Contrast => CameraSettingKey::Contrast,
        SettingKey::Saturation => CameraSettingKey::Saturation,
        SettingKey::Sharpness => CameraSettingKey::Sharpness,
        SettingKey::Gain => CameraSettingKey::Gain,
        SettingKey::Backlight => CameraSettingKey::Backlight,
        SettingKey::AntiFlicker => CameraSettingKey::AntiFlicker,
    };
    CameraSetting { key, value: setting.value, choices: setting.choices, writable: setting.writable }
}

/// A setting's key as the camera knows it.
pub(super) const fn key(key: CameraSettingKey) -> SettingKey {
    match key {
        CameraSettingKey::Iso => SettingKey::Iso,
        CameraSettingKey::Aperture => SettingKey::Aperture,
        CameraSettingKey::Shutter => SettingKey::Shutter,
        CameraSettingKey::WhiteBalance => SettingKey::WhiteBalance,
        CameraSettingKey::FocusMode => SettingKey::FocusMode,
        CameraSettingKey::ImageFormat => SettingKey::ImageFormat,
        CameraSettingKey::Resolution => SettingKey::Resolution,
        CameraSettingKey::Brightness => SettingKey::Brightness,
        CameraSettingKey::Contrast => SettingKey::Contrast,
        CameraSettingKey::Saturation => SettingKey::Saturation,
        CameraSettingKey::Sharpness => SettingKey::Sharpness,
        CameraSettingKey::Gain => SettingKey::Gain,
        CameraSettingKey::Backlight => SettingKey::Backlight,
        CameraSettingKey::AntiFlicker => SettingKey::AntiFlicker,
    }
}
