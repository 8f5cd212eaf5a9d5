//! A studio with the kernel's test webcam (vivid), which is plugged in and out by binding its driver.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use gradshot_camera::{
    Activity, CameraThread, Choice, Device, Driver as _, Event, Events, Fault, FramePixels, Limits, Setting,
    SettingKey, Shot, ShotRequest, webcam::WebcamDriver,
};
use image::RgbImage;

#[path = "said.rs"]
mod said;

/// Set in the guest; `again` in a process that a test has started there.
pub const GUEST: &str = "GRADSHOT_WEBCAM_GUEST";
/// Long enough for a machine that is itself computed; nothing waits for it when all is well.
const LONG: Duration = Duration::from_mins(2);
const DRIVER: &str = "/sys/bus/platform/drivers/vivid";
const WEBCAM: &str = "vivid.0";

pub struct Studio {
    driver: Arc<WebcamDriver>,
    thread: Option<(CameraThread, Events)>,
}

/// Another program that has the webcam open.
pub struct Other(Child);

pub fn is_guest() -> bool {
    let is_guest = env::var_os(GUEST).is_some();
    if !is_guest {
        println!("left out: `cargo xtask test webcam` runs this in a guest with a webcam of its own");
    }
    is_guest
}

/// Whether this is a process that a test has started.
pub fn runs_again() -> bool {
    env::var(GUEST).is_ok_and(|value| value == "again")
}

pub fn unplug() {
    fs::write(format!("{DRIVER}/unbind"), WEBCAM).unwrap();
}

pub fn plug_in() {
    fs::write(format!("{DRIVER}/bind"), WEBCAM).unwrap();
}

impl Studio {
    /// In the guest, and nowhere else.
    pub fn visit(story: impl FnOnce(&mut Self)) {
        if is_guest() {
            said::listen();
            story(&mut Self { driver: Arc::new(WebcamDriver::new()), thread: None });
        }
    }

    pub fn list(&self) -> Vec<Device> {
        self.driver.list().unwrap()
    }

    /// Lets the camera's thread look for the webcam.
    pub fn start(&mut self) {
        let device = self.list().remove(0);
        self.begin(&device);
    }

    fn begin(&mut self, device: &Device) {
        let ms = Duration::from_millis(1);
        let limits = Limits {
            open_timeout: LONG,
            shot_timeout: LONG,
            call_timeout: LONG,
            release_timeout: LONG,
            reopen_pause: 100 * ms,
            live_pause: 50 * ms,
            status_period: 200 * ms,
            ..Limits::default()
        };
        let driver = Arc::clone(&self.driver);
        self.thread = Some(CameraThread::start(driver, Choice::this(device), limits).unwrap());
    }

    pub fn open(&mut self) {
        self.start();
        self.until_connected();
    }

    /// Opens the webcam of this name.
    pub fn open_named(&mut self, name: &str) {
        let device = self.list().into_iter().find(|device| device.name == name).unwrap();
        self.begin(&device);
        self.until_connected();
    }

    /// The same studio's other camera desk.
    pub fn beside(&self) -> Self {
        Self { driver: Arc::clone(&self.driver), thread: None }
    }

    pub fn close(&mut self) {
        self.thread = None;
    }

    pub fn camera(&self) -> &CameraThread {
        &self.thread.as_ref().unwrap().0
    }

    /// The first event that the function picks.
    pub fn until<T>(&mut self, pick: impl Fn(Event) -> Option<T>) -> T {
        let (_, events) = self.thread.as_mut().unwrap();
        loop {
            let event = events.wait(LONG).unwrap();
            if let Event::Disconnected { fault } = &event {
                println!("  lost: {fault}");
            }
            if let Some(picked) = pick(event) {
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

    pub fn until_failed(&mut self) -> Fault {
        self.until(|event| match event {
            Event::Failed { activity: Activity::Setting, fault } => Some(fault),
            _ => None,
        })
    }

    pub fn until_frame(&mut self) -> RgbImage {
        let jpeg = self.until(|event| match event {
            Event::LiveFrame(frame) => match frame.pixels {
                FramePixels::Jpeg(bytes) => Some(bytes),
                FramePixels::Rgb(_) => panic!("pages want JPEG files"),
            },
            _ => None,
        });
        image::load_from_memory(&jpeg).unwrap().into_rgb8()
    }

    pub fn until_settings(&mut self) -> Vec<Setting> {
        self.until(|event| match event {
            Event::Settings(settings) => Some(settings),
            Event::Failed { fault, .. } => panic!("{fault}"),
            _ => None,
        })
    }

    pub fn setting(&mut self, key: SettingKey) -> Setting {
        self.camera().read_settings();
        self.until_settings().into_iter().find(|setting| setting.key == key).unwrap()
    }

    /// Live view has ended: what is asked for after it was answered.
    pub fn until_status_rests(&mut self) {
        self.camera().read_settings();
        self.until_settings();
    }

    pub fn shoot(&mut self, number: u64) -> Result<Shot, Fault> {
        let wanted = ShotRequest(number);
        self.camera().shoot(wanted);
        self.until(|event| match event {
            Event::Shot { request, shot } if request == Some(wanted) => Some(Ok(shot)),
            Event::Failed { activity, fault } if activity == Activity::Shot(wanted) => Some(Err(fault)),
            _ => None,
        })
    }

    /// Starts another program that opens the webcam, and waits until it has.
    pub fn other(test: &str) -> Other {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([test, "--exact", "--nocapture"])
            .env(GUEST, "again")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(said.any(|line| line.unwrap().ends_with("held")));
        // What it says after this nobody reads.
        std::mem::forget(said);
        Other(child)
    }
}

impl Other {
    pub fn let_go(&mut self) {
        drop(self.0.stdin.take());
        assert!(self.0.wait().unwrap().success());
    }
}
