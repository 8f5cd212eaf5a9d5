//! A camera before it is opened.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Fault;

/// A camera that a driver sees, usable or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Device {
    /// What to open it by.
    pub id: DeviceId,
    /// Its model, as a person would call it.
    pub name: String,
    /// The serial number, known once it was opened, if it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Why it cannot be used now, with what to do about it; `None` when it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unusable: Option<Fault>,
    /// Whether it is taken only when somebody chooses it: a webcam is seldom the camera that portraits are taken with,
    /// and must not take its place while it is off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_when_chosen: bool,
}

/// `driver:address`, such as `simulated:0`. An address may change when a camera is plugged in again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceId(String);

/// Which camera to open, and to look for again after it was gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The first usable one of those that need not be chosen; when none is usable, the first one's fault says why.
    First,
    /// This one; when its address is gone, the only one of the same model (a camera gets a new address each time it
    /// is plugged in).
    This {
        /// The address it had when it was chosen.
        id: DeviceId,
        /// Its model.
        name: String,
    },
}

impl Device {
    /// A device that can be opened.
    pub fn usable(id: DeviceId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), serial: None, unusable: None, only_when_chosen: false }
    }

    /// A device that is seen and cannot be used, and why.
    pub fn unusable(id: DeviceId, name: impl Into<String>, fault: Fault) -> Self {
        Self { unusable: Some(fault), ..Self::usable(id, name) }
    }

    /// The same device, taken only when somebody chooses it.
    #[must_use]
    pub fn only_when_chosen(self) -> Self {
        Self { only_when_chosen: true, ..self }
    }
}

impl DeviceId {
    /// Joins a driver's name and an address that is unique within that driver.
    pub fn new(driver: &str, address: impl fmt::Display) -> Self {
        Self(format!("{driver}:{address}"))
    }

    /// The driver's name.
    pub fn driver(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(driver, _)| driver)
    }

    /// The address within the driver.
    pub fn address(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, address)| address)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Choice {
    /// Chooses a listed device.
    pub fn this(device: &Device) -> Self {
        Self::This { id: device.id.clone(), name: device.name.clone() }
    }

    /// Finds the chosen device in a list; the fault says why there is none to open.
    pub fn pick<'a>(&self, devices: &'a [Device]) -> Result<&'a Device, Fault> {
        let found = match self {
            Self::First => {
                let mut cameras = devices.iter().filter(|device| !device.only_when_chosen).peekable();
                let first = cameras.peek().copied();
                if first.is_none() && !devices.is_empty() {
                    return Err(Fault::OnlyWebcams);
                }
                cameras.find(|device| device.unusable.is_none()).or(first)
            }
            Self::This { id, name } => devices
                .iter()
                .find(|device| device.id == *id)
                .or_else(|| only(devices.iter().filter(|device| device.name == *name))),
        };
        let device = found.ok_or(Fault::NotFound)?;
        device.unusable.map_or(Ok(device), Err)
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(address: &str) -> Device {
        Device::usable(DeviceId::new("usb", address), "Nikon D750")
    }

    #[test]
    fn first_prefers_a_usable_device_and_else_says_why_not() {
        let held = Device::unusable(DeviceId::new("usb", 1), "Canon R6", Fault::HeldByAnotherProgram);
        assert_eq!(Choice::First.pick(&[held.clone(), device("2")]).unwrap().id, device("2").id);
        assert_eq!(Choice::First.pick(&[held]), Err(Fault::HeldByAnotherProgram));
        assert_eq!(Choice::First.pick(&[]), Err(Fault::NotFound));
    }

    #[test]
    fn a_webcam_never_takes_the_cameras_place_unasked() {
        let webcam = Device::usable(DeviceId::new("webcam", 0), "Webcam").only_when_chosen();
        assert_eq!(Choice::First.pick(std::slice::from_ref(&webcam)), Err(Fault::OnlyWebcams));
        assert_eq!(Choice::First.pick(&[webcam.clone(), device("1")]).unwrap().id, device("1").id);
        assert_eq!(Choice::this(&webcam).pick(std::slice::from_ref(&webcam)).unwrap().id, webcam.id);
    }

    #[test]
    fn a_replugged_camera_is_found_by_its_model_only_when_there_is_no_doubt() {
        let choice = Choice::this(&device("1"));
        assert_eq!(choice.pick(&[device("7")]).unwrap().id, device("7").id);
        assert_eq!(choice.pick(&[device("7"), device("8")]), Err(Fault::NotFound));
    }

    #[test]
    fn an_id_is_taken_apart_at_its_first_colon() {
        let id = DeviceId::new("gphoto2", "usb:001,004");
        assert_eq!((id.driver(), id.address()), ("gphoto2", "usb:001,004"));
    }
}
