//! A studio with the virtual camera on its cable, in a process of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use gradshot_camera::{
    Activity, CameraThread, Choice, Device, Event, Events, Fault, Limits, Setting, Shot, ShotRequest,
    gphoto::GphotoDriver,
};
use image::{Rgb, RgbImage};
use tempfile::TempDir;

/// Long enough for a busy machine; nothing waits for it when all is well.
const LONG: Duration = Duration::from_mins(1);
const STORE: &str = "VCAMERA_STORE";
const SWITCHES: &str = "VCAMERA_SWITCHES";
const LIVE: &str = "VCAMERA_LIVE";

/// The camera on its thread, and what it said.
pub struct Studio {
    /// The desk's end.
    pub camera: CameraThread,
    events: Events,
    switches: PathBuf,
}

/// Runs the test called `name` again as a process of its own with a virtual camera, and `story` in there.
pub fn with_camera(name: &str, story: impl FnOnce(&mut Studio)) {
    if env::var_os(STORE).is_some() {
        return story(&mut Studio::open());
    }
    let Some(iolibs) = iolibs() else { return };
    let folder = TempDir::new().unwrap();
    let card = folder.path().join("card/DCIM/100GPHOT");
    let switches = folder.path().join("switches");
    fs::create_dir_all(&card).unwrap();
    fs::create_dir_all(&switches).unwrap();
    let picture = |colour, width_px| RgbImage::from_pixel(width_px, 300, Rgb(colour));
    picture([200, 120, 90], 450).save(card.join("OLD_0001.JPG")).unwrap();
    picture([20, 120, 190], 640).save(folder.path().join("live.jpg")).unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env("IOLIBS", iolibs)
        .env("HOME", folder.path())
        .env(STORE, folder.path().join("card"))
        .env(SWITCHES, &switches)
        .env(LIVE, folder.path().join("live.jpg"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The virtual camera as the set-up built it. On Debian it has to be there.
fn iolibs() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/vcam/iolibs");
    if found.join("vusb.so").is_file() {
        return Some(found);
    }
    assert!(
        !Path::new("/etc/debian_version").exists(),
        "run `cargo xtask setup`: it builds the virtual camera"
    );
    println!("left out: the virtual camera is built from Debian's source");
    None
}

/// The photo that each capture copies.
pub fn stored_photo() -> Vec<u8> {
    fs::read(Path::new(&env::var_os(STORE).unwrap()).join("DCIM/100GPHOT/OLD_0001.JPG")).unwrap()
}

impl Studio {
    fn open() -> Self {
        let ms = Duration::from_millis(1);
        let limits = Limits {
            reopen_pause: 50 * ms,
            live_pause: 20 * ms,
            status_period: 100 * ms,
            ..Limits::default()
        };
        let driver = Arc::new(GphotoDriver::new());
        let (camera, events) = CameraThread::start(driver, Choice::First, limits).unwrap();
        Self { camera, events, switches: env::var_os(SWITCHES).unwrap().into() }
    }

    /// Lets a fault begin.
    pub fn switch_on(&self, fault: &str) {
        fs::write(self.switches.join(fault), "").unwrap();
    }

    /// Lets a fault end.
    pub fn switch_off(&self, fault: &str) {
        fs::remove_file(self.switches.join(fault)).unwrap();
    }

    /// The first event that the function picks.
    pub fn until<T>(&mut self, pick: impl Fn(Event) -> Option<T>) -> T {
        loop {
            if let Some(picked) = pick(self.events.wait(LONG).unwrap()) {
                return picked;
            }
        }
    }

    pub fn until_connected(&mut self) -> Device {
        self.until(|event| if let Event::Connected { device, .. } = event { Some(device) } else { None })
    }

    pub fn until_lost(&mut self) -> Fault {
        self.until(|event| if let Event::Disconnected { fault } = event { Some(fault) } else { None })
    }

    pub fn until_failed(&mut self) -> (Activity, Fault) {
        self.until(|event| match event {
            Event::Failed { activity, fault } => Some((activity, fault)),
            _ => None,
        })
    }

    pub fn until_frame(&mut self) -> (u32, u32) {
        self.until(|event| match event {
            Event::LiveFrame(frame) => Some((frame.width_px, frame.height_px)),
            _ => None,
        })
    }

    pub fn until_settings(&mut self) -> Vec<Setting> {
        self.until(|event| if let Event::Settings(settings) = event { Some(settings) } else { None })
    }

    pub fn until_shot(&mut self) -> (Option<ShotRequest>, Shot) {
        self.until(|event| match event {
            Event::Shot { request, shot } => Some((request, shot)),
            Event::Failed { activity: Activity::Shot(_), fault } => panic!("{fault}"),
            _ => None,
        })
    }

    /// Asks for a shot and waits for what comes of it.
    pub fn shoot(&mut self, number: u64) -> Result<Shot, Fault> {
        let wanted = ShotRequest(number);
        self.camera.shoot(wanted);
        self.until(|event| match event {
            Event::Shot { request, shot } if request == Some(wanted) => Some(Ok(shot)),
            Event::Failed { activity, fault } if activity == Activity::Shot(wanted) => Some(Err(fault)),
            _ => None,
        })
    }
}
