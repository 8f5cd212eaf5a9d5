//! A camera made of photos in a folder: for demonstrations, for training operators, and for tests.
//!
//! Each photo is a student. A shot is the photo's file, byte for byte; live view is the same photo, made small, with
//! the slight sway of somebody breathing. A [`SimulatedControl`] says who stands before the lens, and makes things go
//! wrong on request. A file named `unplugged` in the folder pulls the cable until it is gone, so that somebody in another
//! program can do it too; a folder named `second` in it is a second camera, as a webcam beside the first would be.

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
/// The folder that is the second camera.
const SECOND: &str = "second";
/// The file that pulls the cable.
const UNPLUGGED: &str = "unplugged";

fn plugged_in(folder: &Path) -> Result<(), Fault> {
    if folder.join(UNPLUGGED).exists() { Err(Fault::Unplugged) } else { Ok(()) }
}

/// The driver of a simulated camera, or of two.
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

    /// The strings to pull at the first camera; all clones pull the same ones.
    pub fn control(&self) -> SimulatedControl {
        self.control.clone()
    }

    fn id(place: usize) -> DeviceId {
        DeviceId::new(NAME, place)
    }

    /// Each camera's folder and its strings.
    fn cameras(&self) -> Vec<(PathBuf, SimulatedControl)> {
        let first = (self.folder.to_path_buf(), self.control.clone());
        let second = Some(self.folder.join(SECOND)).filter(|folder| folder.is_dir());
        std::iter::once(first).chain(second.map(|folder| (folder, SimulatedControl::default()))).collect()
    }
}

impl Driver for SimulatedDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        const MODEL: &str = "模拟相机 Simulated camera";
        let cameras = self.cameras().into_iter().enumerate();
        let looked_at = cameras.map(|(place, (folder, control))| {
            let unusable = control
                .absence()
                .or_else(|| plugged_in(&folder).err())
                .or_else(|| photos::list(&folder).err());
            match unusable {
                None => Device::usable(Self::id(place), MODEL),
                Some(fault) => Device::unusable(Self::id(place), MODEL, fault),
            }
        });
        Ok(looked_at.collect())
    }

    fn open(&self, id: &DeviceId, limits: &Limits) -> Result<Box<dyn Camera>, Fault> {
        let mut cameras = self.cameras().into_iter().enumerate();
        let found = cameras.find(|(place, _)| *id == Self::id(*place));
        let (_, (folder, control)) = found.ok_or(Fault::NotFound)?;
        control.present_or_fault()?;
        plugged_in(&folder)?;
        let photos = photos::list(&folder)?;
        Ok(Box::new(camera::SimulatedCamera::new(folder, photos, control, limits)))
    }
}
