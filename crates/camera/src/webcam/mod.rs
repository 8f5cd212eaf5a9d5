//! Webcams, by what the system has for them: V4L2 on Linux, Media Foundation on Windows, `AVFoundation` on
//! macOS.
//!
//! A webcam has no shutter: a shot is a frame of its stream, taken after it was asked for, in the best size that it
//! has. Where that size is too slow for a live view, the stream is changed over for the shot. A frame that comes as a
//! JPEG stays that JPEG; bare pixels become a PNG, which loses nothing. No frame is ever mirrored.
//!
//! A webcam forgets its settings with its power, so the driver sets it again whenever it is opened anew.

mod camera;
mod dials;
mod formats;
mod frame;
mod jpeg;
mod names;
#[cfg(target_os = "linux")]
mod plain;
mod words;

use std::{
    collections::BTreeMap,
    fmt,
    panic::catch_unwind,
    sync::{Arc, Mutex},
};

use nokhwa::utils::{ApiBackend, CameraIndex};

use crate::{Camera, Device, DeviceId, Driver, Fault, Limits, SettingKey, Settings as _, sync::lock};

const NAME: &str = "webcam";

/// What somebody set on each webcam, by its address.
type Kept = Arc<Mutex<BTreeMap<DeviceId, BTreeMap<SettingKey, String>>>>;

/// The driver of all webcams.
#[derive(Default)]
pub struct WebcamDriver {
    seen: Mutex<Vec<(DeviceId, CameraIndex)>>,
    kept: Kept,
}

impl WebcamDriver {
    /// A driver; the system is asked when somebody asks the driver.
    pub fn new() -> Self {
        Self::default()
    }
}

impl fmt::Debug for WebcamDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebcamDriver")
    }
}

impl Driver for WebcamDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        // The library trips over files in /dev whose names it did not expect.
        let found = catch_unwind(|| nokhwa::query(ApiBackend::Auto))
            .map_err(|_| Fault::DriverFailed)?
            .map_err(|error| words::fault(&error))?;
        let mut seen = Vec::new();
        let mut devices = Vec::new();
        for info in found.iter().filter(|info| names::shows_pictures(info)) {
            let id = DeviceId::new(NAME, names::address(info));
            let name = names::plain(&info.human_name());
            let device = match names::reachable(info) {
                Ok(()) => Device::usable(id.clone(), name),
                Err(fault) => Device::unusable(id.clone(), name, fault),
            };
            devices.push(device.only_when_chosen());
            seen.push((id, info.index().clone()));
        }
        devices.sort_by(|one, other| one.id.cmp(&other.id));
        *lock(&self.seen) = seen;
        Ok(devices)
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        let index = lock(&self.seen).iter().find(|(seen, _)| seen == id).map(|(_, index)| index.clone());
        let index = index.ok_or(Fault::NotFound)?;
        let keeper = camera::Keeper { id: id.clone(), kept: Arc::clone(&self.kept) };
        let mut camera = camera::WebcamCamera::open(&index, keeper, limits)?;
        let settings = lock(&self.kept).get(id).cloned().unwrap_or_default();
        for (key, value) in settings {
            match camera.write(key, &value) {
                Err(fault) if fault.loses_camera() => return Err(fault),
                // What it took before the light changed it may refuse now.
                _ => {}
            }
        }
        Ok(Box::new(camera))
    }
}
