//! A camera on its real threads: what the desk sees, and what it survives.

use std::{
    fs,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use image::{Rgb, RgbImage};
use tempfile::TempDir;

use super::*;
use crate::{
    Camera, Device, DeviceId, Fault, Setting, Settings, Shot, ShotFormat, StillCapture, simulated::*,
    sync::lock, watched_folder::WatchedFolderDriver,
};

/// Long enough for a busy machine; nothing waits for it when all is well.
const LONG: Duration = Duration::from_mins(1);
const ONE: ShotRequest = ShotRequest(1);

fn impatient() -> Limits {
    let ms = Duration::from_millis(1);
    Limits { reopen_pause: ms, status_period: ms, live_pause: ms, ..Limits::default() }
}

fn photos() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["1.jpg", "2.jpg"] {
        RgbImage::from_pixel(90, 60, Rgb([200, 100, 50])).save(folder.path().join(name)).unwrap();
    }
    folder
}

/// The first event that the function picks.
fn until<T>(events: &mut Events, pick: impl Fn(Event) -> Option<T>) -> T {
    loop {
        if let Some(picked) = pick(events.wait(LONG).unwrap()) {
            return picked;
        }
    }
}

fn until_connected(events: &mut Events) {
    until(events, |event| matches!(event, Event::Connected { .. }).then_some(()));
}

fn until_lost(events: &mut Events) -> Fault {
    until(events, |event| if let Event::Disconnected { fault } = event { Some(fault) } else { None })
}

fn until_shot(events: &mut Events) -> (Option<ShotRequest>, Shot) {
    until(
        events,
        |event| if let Event::Shot { request, shot } = event { Some((request, shot)) } else { None },
    )
}

fn until_failed(events: &mut Events) -> (Activity, Fault) {
    until(
        events,
        |event| {
            if let Event::Failed { activity, fault } = event { Some((activity, fault)) } else { None }
        },
    )
}

fn until_frame(events: &mut Events) {
    until(events, |event| matches!(event, Event::LiveFrame(_)).then_some(()));
}

#[test]
fn a_student_is_seen_and_photographed_and_a_pulled_cable_is_survived() {
    let folder = photos();
    let driver = SimulatedDriver::new(folder.path());
    let control = driver.control();
    let (camera, mut events) = CameraThread::start(Arc::new(driver), Choice::First, impatient()).unwrap();
    until_connected(&mut events);
    let viewer = camera.watch();
    until_frame(&mut events);
    camera.shoot(ONE);
    let (request, shot) = until_shot(&mut events);
    assert_eq!(request, Some(ONE));
    assert_eq!(shot.bytes, fs::read(folder.path().join("1.jpg")).unwrap());

    control.unplug();
    let fault = until_lost(&mut events);
    assert_eq!(fault, Fault::Unplugged);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events), (Activity::Shot(ONE), Fault::Unplugged));
    control.heal();
    until_connected(&mut events);
    until_frame(&mut events);
    drop(viewer);

    control.fail_next_shot(SimulatedFault::OutOfFocus);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events), (Activity::Shot(ONE), Fault::OutOfFocus));
    control.next_subject();
    control.press_body_shutter();
    let (request, shot) = until_shot(&mut events);
    assert_eq!((request, shot.file_name.as_str()), (None, "2.jpg"));
    drop(camera);
    assert_eq!(until_closed(&mut events), NoEvent::Closed);
}

fn until_closed(events: &mut Events) -> NoEvent {
    loop {
        if let Err(end) = events.wait(LONG) {
            return end;
        }
    }
}

#[test]
fn a_shutter_that_hangs_is_given_up_and_the_camera_comes_back() {
    let folder = photos();
    let driver = SimulatedDriver::new(folder.path());
    let control = driver.control();
    control.fail_next_shot(SimulatedFault::SlowShutter(LONG * 100));
    let limits = Limits { shot_timeout: Duration::from_millis(20), ..impatient() };
    let (camera, mut events) = CameraThread::start(Arc::new(driver), Choice::First, limits).unwrap();
    until_connected(&mut events);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events), (Activity::Shot(ONE), Fault::NotAnswering));
    until_connected(&mut events);
    control.heal();
}

#[test]
fn files_of_other_software_arrive_as_shots() {
    let (source, folder) = (photos(), TempDir::new().unwrap());
    let driver = WatchedFolderDriver::new(folder.path()).polled_every(Duration::from_millis(1));
    let (camera, mut events) = CameraThread::start(Arc::new(driver), Choice::First, impatient()).unwrap();
    until_connected(&mut events);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events).0, Activity::Shot(ONE), "the shutter is elsewhere");
    fs::copy(source.path().join("1.jpg"), folder.path().join("IMG_1.JPG")).unwrap();
    let (request, shot) = until_shot(&mut events);
    assert_eq!((request, shot.file_name.as_str()), (None, "IMG_1.JPG"));
}

/// A driver as bad as they come: panics in the call, and again when the camera is dropped.
#[derive(Debug, Default)]
struct Wild {
    opened: AtomicUsize,
    dropped: Arc<AtomicUsize>,
    settings: Arc<Mutex<String>>,
}

struct WildCamera {
    first: bool,
    dropped: Arc<AtomicUsize>,
    settings: Arc<Mutex<String>>,
    /// Real drivers' handles are tied to their thread; so is this one.
    _not_send: std::rc::Rc<()>,
}

impl Driver for Wild {
    fn name(&self) -> &'static str {
        "wild"
    }

    fn list(&self) -> Result<Vec<Device>, Fault> {
        let address = self.opened.load(Ordering::Relaxed);
        Ok(vec![Device::usable(DeviceId::new("wild", address), "Camera with a new address each time")])
    }

    fn open(&self, _: &DeviceId, _: &Limits) -> Result<Box<dyn Camera>, Fault> {
        let opened = self.opened.fetch_add(1, Ordering::Relaxed);
        assert!(opened != 1, "the second opening panics as well");
        let (dropped, settings) = (Arc::clone(&self.dropped), Arc::clone(&self.settings));
        Ok(Box::new(WildCamera { first: opened == 0, dropped, settings, _not_send: std::rc::Rc::default() }))
    }
}

impl Camera for WildCamera {
    fn still(&mut self) -> Option<&mut dyn StillCapture> {
        Some(self)
    }

    fn settings(&mut self) -> Option<&mut dyn Settings> {
        Some(self)
    }
}

impl StillCapture for WildCamera {
    fn shoot(&mut self) -> Result<Shot, Fault> {
        assert!(!self.first, "the first camera panics");
        Ok(Shot {
            file_name: "a.jpg".into(),
            format: ShotFormat::Jpeg,
            bytes: vec![7; 200],
            modified_at: None,
            on_card: None,
        })
    }
}

impl Settings for WildCamera {
    fn read(&mut self) -> Result<Vec<Setting>, Fault> {
        let value = lock(&self.settings).clone();
        Ok(vec![Setting { key: SettingKey::Iso, value, choices: Vec::new(), writable: true }])
    }

    fn write(&mut self, _: SettingKey, value: &str) -> Result<(), Fault> {
        if value == "impossible" {
            return Err(Fault::SettingRefused);
        }
        value.clone_into(&mut lock(&self.settings));
        Ok(())
    }
}

impl Drop for WildCamera {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
        assert!(!self.first, "and panics again when it is dropped");
    }
}

#[test]
fn a_driver_that_panics_everywhere_ends_nothing_but_itself() {
    let driver = Arc::new(Wild::default());
    let dropped = Arc::clone(&driver.dropped);
    let (camera, mut events) = CameraThread::start(driver, Choice::First, impatient()).unwrap();
    until_connected(&mut events);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events), (Activity::Shot(ONE), Fault::DriverFailed));
    until_connected(&mut events);
    camera.shoot(ShotRequest(2));
    assert_eq!(until_shot(&mut events).0, Some(ShotRequest(2)));
    drop(camera);
    assert_eq!(dropped.load(Ordering::Relaxed), 2, "each opened camera was closed");
}

#[test]
fn settings_are_read_set_and_refused() {
    let driver = Arc::new(Wild::default());
    let (camera, mut events) = CameraThread::start(driver, Choice::First, impatient()).unwrap();
    until_connected(&mut events);
    camera.set(SettingKey::Iso, "200");
    let settings =
        until(&mut events, |event| if let Event::Settings(all) = event { Some(all) } else { None });
    assert_eq!(settings[0].value, "200");
    camera.set(SettingKey::Iso, "impossible");
    assert_eq!(until_failed(&mut events), (Activity::Setting, Fault::SettingRefused));
    camera.read_settings();
    let again = until(&mut events, |event| if let Event::Settings(all) = event { Some(all) } else { None });
    assert_eq!(again, settings);
}

#[test]
fn a_file_beyond_the_limit_is_refused_whatever_the_driver_thinks() {
    let driver = Arc::new(Wild { opened: AtomicUsize::new(2), ..Wild::default() });
    let limits = Limits { shot_max_bytes: 100, ..impatient() };
    let (camera, mut events) = CameraThread::start(driver, Choice::First, limits).unwrap();
    until_connected(&mut events);
    camera.shoot(ONE);
    assert_eq!(until_failed(&mut events), (Activity::Shot(ONE), Fault::FileTooLarge));
}

#[test]
fn nobody_reading_closes_the_camera() {
    let driver = Arc::new(Wild { opened: AtomicUsize::new(2), ..Wild::default() });
    let held = Arc::downgrade(&driver);
    let (camera, events) = CameraThread::start(driver, Choice::First, impatient()).unwrap();
    drop(events);
    // The shot's answer finds nobody; then the thread lets go of the driver, and this returns.
    camera.shoot(ONE);
    let (done, finished) = mpsc::channel();
    thread::spawn(move || {
        drop(camera);
        let _ = done.send(());
    });
    finished.recv_timeout(LONG).unwrap();
    // A busy machine may let the worker's own thread end a moment later.
    let given_up = Instant::now() + LONG;
    while held.upgrade().is_some() {
        assert!(Instant::now() < given_up, "the driver is still held");
        thread::yield_now();
    }
}
