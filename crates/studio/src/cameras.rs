//! The cameras of this PC: which drivers there are, what is connected, and one camera looked at more closely.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

pub use gradshot_camera::{
    Abilities, Choice, Device, DeviceId, Driver, Fault, Setting, SettingKey, Shot, Status,
};
use gradshot_camera::{
    Activity, CameraThread, DriverSet, Event, Events, Limits, ShotRequest, simulated::SimulatedDriver,
    watched_folder::WatchedFolderDriver,
};
use serde::Serialize;

/// What a camera says of battery and card comes within this, or not at all.
const STATUS_WAIT: Duration = Duration::from_millis(1500);
/// Room for opening, focus, exposure and transfer together.
const LOOK_WAIT: Duration = Duration::from_mins(1);
const REQUEST: ShotRequest = ShotRequest(1);

/// Where this PC's cameras may be.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Folder that other software writes shots to. Whoever names one has that software hold the camera.
    pub watched_folder: Option<PathBuf>,
    /// Photos that a simulated camera shows.
    pub simulated: Option<PathBuf>,
}

/// A camera that was opened to be looked at.
#[derive(Debug, Serialize)]
pub struct Look {
    /// Which one.
    pub device: Device,
    /// What it can do.
    pub abilities: Abilities,
    /// Battery and card.
    pub status: Status,
    /// Its settings.
    pub settings: Vec<Setting>,
    /// The test shot, when one was asked for.
    #[serde(skip)]
    pub shot: Option<Shot>,
}

/// The drivers for these places, in the order in which a camera is chosen: a folder or photos that were named, else
/// what is on a cable. Webcams come last, and are taken only when somebody chooses them.
pub fn drivers(places: &Places) -> Arc<dyn Driver> {
    let mut drivers: Vec<Arc<dyn Driver>> = Vec::new();
    if let Some(photos) = &places.simulated {
        drivers.push(Arc::new(SimulatedDriver::new(photos)));
    }
    if let Some(folder) = &places.watched_folder {
        drivers.push(Arc::new(WatchedFolderDriver::new(folder)));
    }
    if drivers.is_empty() {
        drivers.extend(on_cables());
    }
    if places.simulated.is_none() {
        drivers.extend(webcams());
    }
    Arc::new(DriverSet::new(drivers))
}

#[cfg(all(feature = "gphoto2", target_os = "linux"))]
#[cfg_attr(
    feature = "gphoto2",
    expect(clippy::unnecessary_wraps, reason = "without the feature there is none")
)]
fn on_cables() -> Option<Arc<dyn Driver>> {
    Some(Arc::new(gradshot_camera::gphoto::GphotoDriver::new()))
}

#[cfg(not(all(feature = "gphoto2", target_os = "linux")))]
fn on_cables() -> Option<Arc<dyn Driver>> {
    None
}

#[cfg(feature = "webcam")]
#[cfg_attr(
    feature = "webcam",
    expect(clippy::unnecessary_wraps, reason = "without the feature there is none")
)]
fn webcams() -> Option<Arc<dyn Driver>> {
    Some(Arc::new(gradshot_camera::webcam::WebcamDriver::new()))
}

#[cfg(not(feature = "webcam"))]
fn webcams() -> Option<Arc<dyn Driver>> {
    None
}

/// Opens one camera, asks it about everything, takes a shot if wanted, and closes it. Blocks.
pub fn look(driver: Arc<dyn Driver>, choice: Choice, shoot: bool) -> Result<Look, Fault> {
    let (camera, mut events) =
        CameraThread::start(driver, choice, Limits::default()).map_err(|_| Fault::DriverFailed)?;
    let until = Instant::now() + LOOK_WAIT;
    let (device, abilities) = wait(&mut events, until, |event| match event {
        Event::Connected { device, abilities } => Some(Ok((device, abilities))),
        Event::Disconnected { fault } => Some(Err(fault)),
        _ => None,
    })?;
    let mut look = Look { device, abilities, status: Status::default(), settings: Vec::new(), shot: None };
    // The status comes by itself, and only when the camera has something to tell.
    let status = wait(&mut events, Instant::now() + STATUS_WAIT, |event| match event {
        Event::Status(status) => Some(Ok(status)),
        Event::Disconnected { fault } => Some(Err(fault)),
        _ => None,
    });
    match status {
        Ok(status) => look.status = status,
        Err(Fault::NotAnswering) => {}
        Err(fault) => return Err(fault),
    }
    if abilities.settings {
        camera.read_settings();
        look.settings = wait(&mut events, until, |event| match event {
            Event::Settings(settings) => Some(Ok(settings)),
            Event::Failed { activity: Activity::Setting, fault } | Event::Disconnected { fault } => {
                Some(Err(fault))
            }
            _ => None,
        })?;
    }
    if shoot {
        camera.shoot(REQUEST);
        look.shot = Some(wait(&mut events, until, |event| match event {
            Event::Shot { request: Some(REQUEST), shot } => Some(Ok(shot)),
            Event::Failed { activity: Activity::Shot(_), fault } | Event::Disconnected { fault } => {
                Some(Err(fault))
            }
            _ => None,
        })?);
    }
    Ok(look)
}

/// The first event that the function picks; what does not come in time does not answer.
fn wait<T>(
    events: &mut Events,
    until: Instant,
    pick: impl Fn(Event) -> Option<Result<T, Fault>>,
) -> Result<T, Fault> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let event = events.wait(left).map_err(|_| Fault::NotAnswering)?;
        if let Some(picked) = pick(event) {
            return picked;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_looked_at_and_takes_a_test_shot() {
        let photos = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/photos");
        let driver = drivers(&Places { simulated: Some(photos), ..Places::default() });
        assert_eq!(driver.list().unwrap().len(), 1);
        let look = look(driver, Choice::First, true).unwrap();
        assert!(look.abilities.still && !look.shot.unwrap().bytes.is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_says_so() {
        let folder = tempfile::tempdir().unwrap().path().join("gone");
        let driver = drivers(&Places { watched_folder: Some(folder), ..Places::default() });
        assert_eq!(driver.list().unwrap()[0].unusable, Some(Fault::FolderUnreachable));
        assert_eq!(look(driver, Choice::First, false).unwrap_err(), Fault::FolderUnreachable);
    }
}
