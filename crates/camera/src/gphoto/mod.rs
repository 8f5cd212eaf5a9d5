//! Cameras on a USB cable, by libgphoto2: Canon, Nikon, Sony, Fujifilm and some two thousand others.
//!
//! The library is the system's own, linked dynamically, and its wrapper is under LGPL-2.1-only: hence the feature. All
//! of its calls run one after the other on one thread of the wrapper's, which may block for as long as the camera
//! does and panic where the camera fails: this is what a [`crate::CameraThread`] is for.
//!
//! Shots go into the camera's own memory where it has such a thing, so that no face stays behind on a card; what lands
//! on the card all the same says so ([`crate::Shot::on_card`]) and can be deleted there.

mod camera;
mod config;
mod files;
mod words;

use std::sync::{Mutex, OnceLock};

use gphoto2::{Context, list::CameraDescriptor};

use crate::{Camera, Device, DeviceId, Driver, Fault, Limits, sync::lock};

const NAME: &str = "gphoto2";

/// The driver of all tethered cameras.
#[derive(Default)]
pub struct GphotoDriver {
    context: OnceLock<Context>,
    seen: Mutex<Vec<CameraDescriptor>>,
}

impl GphotoDriver {
    /// A driver; the library is loaded when it is first asked.
    pub fn new() -> Self {
        Self::default()
    }

    fn context(&self) -> Result<&Context, Fault> {
        if let Some(context) = self.context.get() {
            return Ok(context);
        }
        words::listen();
        let context = Context::new().map_err(|error| words::fault(&error))?;
        Ok(self.context.get_or_init(|| context))
    }
}

impl std::fmt::Debug for GphotoDriver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GphotoDriver")
    }
}

impl Driver for GphotoDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        let found = words::ask(self.context()?.list_cameras())?;
        // A card reader's folder is listed as a camera, too; it has neither lens nor shutter.
        let cameras: Vec<_> = found
            .filter(|camera| ["usb:", "ptpip:"].iter().any(|port| camera.port.starts_with(port)))
            .collect();
        lock(&self.seen).clone_from(&cameras);
        Ok(cameras
            .into_iter()
            .map(|camera| Device::usable(DeviceId::new(NAME, camera.port), camera.model))
            .collect())
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        let seen = lock(&self.seen).iter().find(|camera| camera.port == id.address()).cloned();
        let camera = words::ask(self.context()?.get_camera(&seen.ok_or(Fault::NotFound)?))?;
        Ok(Box::new(camera::GphotoCamera::open(self.context()?.clone(), camera, limits)?))
    }
}
