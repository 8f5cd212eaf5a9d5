//! One tethered camera.

use std::{
    io::Cursor,
    path::Path,
    time::{Duration, Instant},
};

use gphoto2::{Context, camera::CameraEvent, file::CameraFilePath};
use image::ImageReader;

use super::{
    config,
    files::{Files, PAIR_WAIT},
    words::ask,
};
use crate::{
    Camera, Card, CardFile, Fault, FramePixels, Limits, LiveFrame, LiveView, OutsideShots, Setting,
    SettingKey, Settings, Shot, ShotFormat, Status, StillCapture,
};

/// One look for events; live view waits so long at most.
const LOOK: Duration = Duration::from_millis(20);
const POLL_PERIOD: Duration = Duration::from_millis(150);
/// 20 frames a second are enough to compose by and leave time for polls.
const FRAME_PERIOD: Duration = Duration::from_millis(50);
/// Events read in one look; a camera tells each changed setting, too.
const EVENTS_A_LOOK: usize = 32;
/// A camera that claims room for more does not know.
const SHOTS_LEFT_MAX: u64 = 1_000_000;
/// Where files on a card lie; others are in the camera's memory.
const CARDS: &str = "/store_";
/// `capturetarget`'s first choice, the camera's own memory, whatever the language.
const INTERNAL_MEMORY: usize = 0;

/// An open camera.
pub struct GphotoCamera {
    context: Context,
    camera: gphoto2::Camera,
    serial: Option<String>,
    shows: bool,
    live_runs: bool,
    files: Files,
    file_max_bytes: u64,
}

impl GphotoCamera {
    /// Talks to the camera for the first time, which is where one that another program holds or that sleeps says so.
    pub fn open(context: Context, camera: gphoto2::Camera, limits: &Limits) -> Result<Self, Fault> {
        let serial = config::text(&camera, "serialnumber")?.filter(|serial| !serial.trim().is_empty());
        config::prefer(&camera, "capturetarget", INTERNAL_MEMORY)?;
        let shows = camera.abilities().camera_operations().capture_preview();
        let file_max_bytes = limits.shot_max_bytes;
        Ok(Self { context, camera, serial, shows, live_runs: false, files: Files::default(), file_max_bytes })
    }

    /// Takes in what the camera has to tell.
    fn look(&mut self, at_most: Duration) -> Result<(), Fault> {
        for _ in 0..EVENTS_A_LOOK {
            match ask(self.camera.wait_event(at_most))? {
                CameraEvent::NewFile(path) => {
                    self.files.appeared(card_file(&path), Instant::now());
                    return Ok(());
                }
                CameraEvent::Timeout => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn fetch(&self, file: CardFile) -> Result<Shot, Fault> {
        let files = self.camera.fs();
        let format = ShotFormat::of_name(Path::new(&file.name)).ok_or(Fault::BrokenFile)?;
        let info = ask(files.file_info(&file.folder, &file.name))?;
        if info.file().size().is_some_and(|bytes| bytes > self.file_max_bytes) {
            return Err(Fault::FileTooLarge);
        }
        let bytes = ask(ask(files.download(&file.folder, &file.name))?.get_data(&self.context))?.into_vec();
        if !format.is_complete(&bytes) {
            return Err(Fault::BrokenFile);
        }
        let is_on_card = file.folder.starts_with(CARDS);
        if !is_on_card {
            // The library keeps what was shot into the camera's memory until it is deleted.
            match ask(files.delete_file(&file.folder, &file.name)) {
                Err(fault) if fault.loses_camera() => {
                    tracing::debug!(?fault, "the camera went after its file came");
                }
                _ => {}
            }
        }
        let file_name = file.name.clone();
        Ok(Shot { file_name, format, bytes, modified_at: None, on_card: is_on_card.then_some(file) })
    }

    /// Live view holds the lens where it was: focus anew, and take no picture when that fails.
    fn focus(&self) -> Result<(), Fault> {
        if self.live_runs && !config::is_manual_focus(&self.camera)? {
            match config::toggle(&self.camera, "autofocusdrive", true) {
                Err(fault) if fault == Fault::OutOfFocus || fault.loses_camera() => return Err(fault),
                // A lens without a motor, or a camera that focuses with its shutter.
                _ => {}
            }
        }
        Ok(())
    }
}

impl Camera for GphotoCamera {
    fn status(&mut self) -> Result<Status, Fault> {
        let battery_percent = config::battery_percent(&self.camera)?;
        let storages = match ask(self.camera.storages()) {
            Err(fault) if fault.loses_camera() => return Err(fault),
            storages => storages.unwrap_or_default(),
        };
        let room: Vec<u64> = storages
            .iter()
            .filter_map(gphoto2::filesys::StorageInfo::free_images)
            .filter(|shots| *shots < SHOTS_LEFT_MAX)
            .collect();
        let shots_left = (!room.is_empty()).then(|| room.iter().sum::<u64>() as u32);
        Ok(Status { battery_percent, shots_left })
    }

    fn serial(&mut self) -> Option<String> {
        self.serial.clone()
    }

    fn still(&mut self) -> Option<&mut dyn StillCapture> {
        let can = self.camera.abilities().camera_operations().capture_image();
        can.then_some(self as &mut dyn StillCapture)
    }

    fn live(&mut self) -> Option<&mut dyn LiveView> {
        self.shows.then_some(self as &mut dyn LiveView)
    }

    fn outside(&mut self) -> Option<&mut dyn OutsideShots> {
        Some(self)
    }

    fn settings(&mut self) -> Option<&mut dyn Settings> {
        Some(self)
    }

    fn card(&mut self) -> Option<&mut dyn Card> {
        Some(self)
    }
}

impl StillCapture for GphotoCamera {
    fn shoot(&mut self) -> Result<Shot, Fault> {
        self.focus()?;
        let shot = card_file(&ask(self.camera.capture_image())?);
        let since = Instant::now();
        self.files.appeared(shot.clone(), since);
        // A RAW waits here for its JPEG; what was shot on the body meanwhile stays for the next poll.
        while since.elapsed() < PAIR_WAIT {
            match self.files.take(&shot)? {
                Some(photo) => return self.fetch(photo),
                None => self.look(LOOK)?,
            }
        }
        self.files.give_up(&shot);
        Err(Fault::RawOnly)
    }
}

impl LiveView for GphotoCamera {
    fn start(&mut self) -> Result<(), Fault> {
        // The first frame raises the mirror.
        self.next_frame().map(drop)
    }

    fn next_frame(&mut self) -> Result<LiveFrame, Fault> {
        let file = ask(self.camera.capture_preview())?;
        self.live_runs = true;
        let bytes = ask(file.get_data(&self.context))?;
        let (width_px, height_px) = ImageReader::new(Cursor::new(&bytes[..]))
            .with_guessed_format()
            .ok()
            .and_then(|reader| reader.into_dimensions().ok())
            .ok_or(Fault::Refused)?;
        Ok(LiveFrame { width_px, height_px, pixels: FramePixels::Jpeg(bytes.into()) })
    }

    fn stop(&mut self) {
        self.live_runs = false;
        if let Err(fault) = config::toggle(&self.camera, "viewfinder", false) {
            tracing::debug!(?fault, "live view was not ended");
        }
    }

    fn period(&self) -> Duration {
        FRAME_PERIOD
    }
}

impl OutsideShots for GphotoCamera {
    fn poll(&mut self) -> Result<Option<Shot>, Fault> {
        if !self.files.has_photo() {
            self.look(LOOK)?;
        }
        self.files.next(Instant::now())?.map(|file| self.fetch(file)).transpose()
    }

    fn has_more(&self) -> bool {
        self.files.has_photo()
    }

    fn period(&self) -> Duration {
        POLL_PERIOD
    }
}

impl Settings for GphotoCamera {
    fn read(&mut self) -> Result<Vec<Setting>, Fault> {
        config::read(&self.camera)
    }

    fn write(&mut self, key: SettingKey, value: &str) -> Result<(), Fault> {
        config::write(&self.camera, key, value)
    }
}

impl Card for GphotoCamera {
    fn delete(&mut self, file: &CardFile) -> Result<(), Fault> {
        match ask(self.camera.fs().delete_file(&file.folder, &file.name)) {
            // Somebody was quicker on the camera's own screen.
            Err(Fault::BrokenFile) => Ok(()),
            deleted => deleted,
        }
    }
}

fn card_file(path: &CameraFilePath) -> CardFile {
    CardFile { folder: path.folder().into_owned(), name: path.name().into_owned() }
}
