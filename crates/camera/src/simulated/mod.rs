//! A camera made of photos in a folder: for demonstrations, for training operators, and for tests.
//!
//! Each photo is a student. A shot is the photo's file, byte for byte; live view is the same photo, made small, with
//! the slight sway of somebody breathing. A [`SimulatedControl`] says who stands before the lens, and makes things go
//! wrong on request. A file named `unplugged` in the folder pulls the cable until it is gone, so that somebody in another
//! program can do it too.

mod camera;
mod control;
mod photos;
mod preview;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use control::{SimulatedControl, SimulatedFault};

use crate::{Camera, Device, DeviceId, Driver, Fault, Limits};

const NAME: &str = "simulated";
/// The file that pulls the cable.
const UNPLUGGED: &str = "unplugged";

fn plugged_in(folder: &Path) -> Result<(), Fault> {
    if folder.join(UNPLUGGED).exists() { Err(Fault::Unplugged) } else { Ok(()) }
}

/// The driver of one simulated camera.
#[derive(Debug, Clone)]
pub struct SimulatedDriver {
    folder: Arc<PathBuf>,
    control: SimulatedControl,
}

impl SimulatedDriver {
    /// A camera before which the people on this folder's JPEG and PNG photos stand, by order of file names. The
    /// folder is read when the camera is opened.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Arc::new(folder.into()), control: SimulatedControl::default() }
    }

    /// The strings to pull; all clones pull the same ones.
    pub fn control(&self) -> SimulatedControl {
        self.control.clone()
    }

    fn id() -> DeviceId {
        DeviceId::new(NAME, 0)
    }
}

impl Driver for SimulatedDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        const MODEL: &str = "模拟相机 Simulated camera";
        let unusable = self
            .control
            .absence()
            .or_else(|| plugged_in(&self.folder).err())
            .or_else(|| photos::list(&self.folder).err());
        Ok(vec![match unusable {
            None => Device::usable(Self::id(), MODEL),
            Some(fault) => Device::unusable(Self::id(), MODEL, fault),
        }])
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        if *id != Self::id() {
            return Err(Fault::NotFound);
        }
        self.control.present_or_fault()?;
        plugged_in(&self.folder)?;
        let photos = photos::list(&self.folder)?;
        Ok(Box::new(camera::SimulatedCamera::new(
            self.folder.to_path_buf(),
            photos,
            self.control.clone(),
            limits,
        )))
    }
}
