//! How a webcam is called, and what the system tells of it without its being opened.

use nokhwa::utils::CameraInfo;

use crate::Fault;

/// A model's name as a person would say it: Linux writes it twice, the second time cut off.
pub fn plain(name: &str) -> String {
    let name = name.trim();
    match name.split_once(": ") {
        Some((first, again)) if !again.is_empty() && first.starts_with(again.trim_end()) => first.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::{
        fs,
        io::ErrorKind,
        path::{Path, PathBuf},
    };

    use super::{CameraInfo, Fault};

    fn folder(info: &CameraInfo) -> PathBuf {
        Path::new("/sys/class/video4linux").join(format!("video{}", info.index().as_string()))
    }

    fn text(path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A webcam's further nodes carry what is said about its pictures, not pictures.
    pub fn shows_pictures(info: &CameraInfo) -> bool {
        text(&folder(info).join("index")).is_none_or(|index| index == "0")
    }

    /// The port it is plugged into, which stays when the system counts its nodes in another order.
    pub fn address(info: &CameraInfo) -> String {
        let device = fs::canonicalize(folder(info).join("device")).ok();
        let name =
            device.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| format!("video{}", info.index().as_string()))
    }

    /// The serial number of the USB device that the pictures come from.
    pub fn serial(info: &CameraInfo) -> Option<String> {
        let interface = fs::canonicalize(folder(info).join("device")).ok()?;
        text(&interface.parent()?.join("serial"))
    }

    /// Whether this program may open it. Opening a node begins nothing.
    pub fn reachable(info: &CameraInfo) -> Result<(), Fault> {
        match fs::File::open(format!("/dev/video{}", info.index().as_string())) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(Fault::NotPermitted),
            _ => Ok(()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{CameraInfo, Fault};

    pub fn shows_pictures(_: &CameraInfo) -> bool {
        true
    }

    /// The system's own lasting name, where it gives one.
    pub fn address(info: &CameraInfo) -> String {
        Some(info.misc()).filter(|misc| !misc.is_empty()).unwrap_or_else(|| info.index().as_string())
    }

    pub fn serial(_: &CameraInfo) -> Option<String> {
        None
    }

    /// Whether the person at this PC has allowed cameras; where nobody was asked yet, asks.
    pub fn reachable(_: &CameraInfo) -> Result<(), Fault> {
        if nokhwa::nokhwa_check() {
            return Ok(());
        }
        nokhwa::nokhwa_initialize(|_| {});
        Err(Fault::NotPermitted)
    }
}

pub use system::{address, reachable, serial, shows_pictures};

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_said_once() {
        assert_eq!(plain("HD Pro Webcam C920: HD Pro Webca"), "HD Pro Webcam C920");
        assert_eq!(plain("Integrated Camera: Integrated C"), "Integrated Camera");
        assert_eq!(plain("Studio: left"), "Studio: left");
        assert_eq!(plain(" OBSBOT "), "OBSBOT");
    }
}
