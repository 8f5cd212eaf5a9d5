//! One open webcam.

use std::time::{Duration, Instant, SystemTime};

use nokhwa::{
    Buffer,
    utils::{
        CameraFormat, CameraIndex, CameraInfo, KnownCameraControl, RequestedFormat, RequestedFormatType,
        Resolution,
    },
};

#[cfg(target_os = "linux")]
use super::plain;
use super::{
    Kept, dials,
    formats::{self, KINDS, Plan, Wish},
    frame, names, words,
};
use crate::{
    Camera, DeviceId, Fault, Limits, LiveFrame, LiveView, Setting, SettingKey, Settings, Shot, ShotFormat,
    Status, StillCapture, sync::lock,
};

/// Frames that the system holds ready; they were exposed before anybody asked.
const HELD_FRAMES: usize = 4;
/// Light and colour settle so long after a stream began.
const SETTLING: Duration = Duration::from_millis(400);
/// Frames looked at for one shot, at most: some come broken, some are old.
const FRAMES_A_SHOT: usize = 60;
/// A frame that is this much older than two frames' time has waited for somebody.
const STALE: Duration = Duration::from_millis(100);
/// Frames above this are shown at half the pace: they cost the page and the coach as much as two.
const LARGE_PX: u64 = 2_200_000;
const LARGE_FRAME_PERIOD: Duration = Duration::from_millis(66);

/// Where what was set on a webcam is kept while it is gone.
pub struct Keeper {
    pub id: DeviceId,
    pub kept: Kept,
}

/// An open webcam.
pub struct WebcamCamera {
    camera: nokhwa::Camera,
    usable: Vec<CameraFormat>,
    controls: Vec<KnownCameraControl>,
    wish: Wish,
    plan: Plan,
    /// The format that the stream runs in.
    runs: Option<CameraFormat>,
    live_runs: bool,
    serial: Option<String>,
    shots: u32,
    keeper: Keeper,
    file_max_bytes: u64,
}

impl WebcamCamera {
    pub fn open(index: &CameraIndex, keeper: Keeper, limits: &Limits) -> Result<Self, Fault> {
        #[cfg(target_os = "linux")]
        plain::make_plain(index);
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &KINDS);
        let mut camera = ask(nokhwa::Camera::new(index.clone(), any))?;
        let usable = formats::usable(listed(&mut camera, index)?);
        let wish = Wish::default();
        let plan = formats::plan(&usable, wish).ok_or(Fault::NoFormat)?;
        let controls = dials::present(&camera);
        let serial = names::serial(&CameraInfo::new("", "", "", index.clone()));
        let mut opened = Self {
            camera,
            usable,
            controls,
            wish,
            plan,
            runs: None,
            live_runs: false,
            serial,
            shots: 0,
            keeper,
            file_max_bytes: limits.shot_max_bytes,
        };
        // Where another program holds the stream, it says so here and not when the first student stands there.
        opened.stream(plan.live)?;
        opened.rest()?;
        Ok(opened)
    }

    /// Lets the stream run in this format; true when it did not before.
    fn stream(&mut self, format: CameraFormat) -> Result<bool, Fault> {
        if self.runs == Some(format) {
            return Ok(false);
        }
        self.rest()?;
        // Also when it was so before: another program may have set it to something else meanwhile.
        #[expect(deprecated, reason = "the other way asks the webcam for all of its formats each time")]
        ask(self.camera.set_camera_format(format))?;
        ask(self.camera.open_stream())?;
        self.runs = Some(format);
        Ok(true)
    }

    fn rest(&mut self) -> Result<(), Fault> {
        match self.runs.take() {
            Some(_) => ask(self.camera.stop_stream()),
            None => Ok(()),
        }
    }

    fn frame(&mut self) -> Result<Buffer, Fault> {
        ask(self.camera.frame())
    }

    /// The newest frame: those that waited for somebody are passed over.
    fn newest(&mut self) -> Result<Buffer, Fault> {
        let fps = self.plan.live.frame_rate().max(1);
        let stale = STALE + Duration::from_secs(2) / fps;
        let mut newest = self.frame()?;
        for _ in 0..HELD_FRAMES {
            if frame::age(&newest) <= stale {
                break;
            }
            newest = self.frame()?;
        }
        Ok(newest)
    }

    /// The first whole frame that is the picture asked for: exposed after `asked_at`, and with settled light when the
    /// stream has only just begun.
    fn picture(
        &mut self,
        asked_at: SystemTime,
        is_new: bool,
    ) -> Result<(Buffer, ShotFormat, Vec<u8>), Fault> {
        let settled_at = Instant::now() + if is_new { SETTLING } else { Duration::ZERO };
        let mut broken = Fault::BrokenFile;
        for count in 0..FRAMES_A_SHOT {
            let taken = self.frame()?;
            let is_old = match frame::exposed_at(&taken) {
                Some(at) => at < asked_at,
                None => count < HELD_FRAMES,
            };
            if is_old || Instant::now() < settled_at {
                continue;
            }
            match frame::file(&taken) {
                Ok((format, bytes)) => return Ok((taken, format, bytes)),
                Err(fault) => broken = fault,
            }
        }
        Err(broken)
    }

    fn sizes(&self) -> Vec<String> {
        formats::sizes(&self.usable).into_iter().map(formats::size_name).collect()
    }

    /// Takes another size or format, as far as the webcam has it.
    fn change_plan(&mut self, wish: Wish) -> Result<(), Fault> {
        let plan = formats::plan(&self.usable, wish).ok_or(Fault::NoFormat)?;
        if self.live_runs {
            self.stream(plan.live)?;
        }
        (self.wish, self.plan) = (wish, plan);
        Ok(())
    }

    fn set(&mut self, key: SettingKey, value: &str) -> Result<(), Fault> {
        match key {
            SettingKey::Resolution => {
                let size = formats::sizes(&self.usable)
                    .into_iter()
                    .find(|size: &Resolution| formats::size_name(*size) == value)
                    .ok_or(Fault::SettingRefused)?;
                self.change_plan(Wish { size: Some(size), ..self.wish })
            }
            SettingKey::ImageFormat => {
                let kind = formats::kinds(&self.usable, self.plan.shot.resolution())
                    .into_iter()
                    .find(|kind| kind.to_string() == value)
                    .ok_or(Fault::SettingRefused)?;
                self.change_plan(Wish { kind: Some(kind), ..self.wish })
            }
            key => dials::write(&mut self.camera, &self.controls, key, value),
        }
    }
}

impl Camera for WebcamCamera {
    /// A webcam has neither battery nor card; asking for its format is how its absence is noticed while nobody looks.
    fn status(&mut self) -> Result<Status, Fault> {
        if self.runs.is_none() {
            match ask(self.camera.refresh_camera_format()) {
                Err(fault) if fault.loses_camera() => return Err(fault),
                // Whatever another program has set it to, it is set again before it is used.
                _ => {}
            }
        }
        Ok(Status::default())
    }

    fn serial(&mut self) -> Option<String> {
        self.serial.clone()
    }

    fn still(&mut self) -> Option<&mut dyn StillCapture> {
        Some(self)
    }

    fn live(&mut self) -> Option<&mut dyn LiveView> {
        Some(self)
    }

    fn settings(&mut self) -> Option<&mut dyn Settings> {
        Some(self)
    }
}

impl StillCapture for WebcamCamera {
    /// After a shot in another format the live view's next frame changes the stream back.
    fn shoot(&mut self) -> Result<Shot, Fault> {
        let asked_at = frame::now();
        let is_new = self.stream(self.plan.shot)?;
        let picture = self.picture(asked_at, is_new);
        if !self.live_runs {
            self.rest()?;
        }
        let (taken, format, bytes) = picture?;
        if bytes.len() as u64 > self.file_max_bytes {
            return Err(Fault::FileTooLarge);
        }
        self.shots += 1;
        let ending = if format == ShotFormat::Jpeg { "jpg" } else { "png" };
        Ok(Shot {
            file_name: format!("webcam-{:04}.{ending}", self.shots),
            format,
            bytes,
            modified_at: frame::exposed_at(&taken),
            on_card: None,
        })
    }
}

impl LiveView for WebcamCamera {
    fn start(&mut self) -> Result<(), Fault> {
        self.stream(self.plan.live)?;
        self.live_runs = true;
        Ok(())
    }

    fn next_frame(&mut self) -> Result<LiveFrame, Fault> {
        self.stream(self.plan.live)?;
        let mut broken = Fault::BrokenFile;
        for _ in 0..HELD_FRAMES {
            match frame::live(&self.newest()?) {
                Ok(live) => return Ok(live),
                Err(fault) => broken = fault,
            }
        }
        Err(broken)
    }

    fn stop(&mut self) {
        self.live_runs = false;
        if let Err(fault) = self.rest() {
            tracing::debug!(?fault, "the webcam's stream was not ended");
        }
    }

    fn period(&self) -> Duration {
        let size = self.plan.live.resolution();
        let pixels = u64::from(size.width()) * u64::from(size.height());
        if pixels > LARGE_PX { LARGE_FRAME_PERIOD } else { Duration::ZERO }
    }
}

impl Settings for WebcamCamera {
    fn read(&mut self) -> Result<Vec<Setting>, Fault> {
        let listed = |key, value: String, choices: Vec<String>| {
            let writable = choices.len() > 1;
            Setting { key, value, choices, writable }
        };
        let shot = self.plan.shot;
        let kinds = formats::kinds(&self.usable, shot.resolution());
        let mut settings = vec![
            listed(SettingKey::Resolution, formats::size_name(shot.resolution()), self.sizes()),
            listed(
                SettingKey::ImageFormat,
                shot.format().to_string(),
                kinds.iter().map(ToString::to_string).collect(),
            ),
        ];
        settings.extend(dials::read(&self.camera, &self.controls)?);
        Ok(settings)
    }

    fn write(&mut self, key: SettingKey, value: &str) -> Result<(), Fault> {
        self.set(key, value)?;
        let mut kept = lock(&self.keeper.kept);
        kept.entry(self.keeper.id.clone()).or_default().insert(key, value.to_owned());
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn listed(_: &mut nokhwa::Camera, index: &CameraIndex) -> Result<Vec<CameraFormat>, Fault> {
    plain::formats(index).map_err(|error| words::system(&error))
}

#[cfg(not(target_os = "linux"))]
fn listed(camera: &mut nokhwa::Camera, _: &CameraIndex) -> Result<Vec<CameraFormat>, Fault> {
    ask(camera.compatible_camera_formats())
}

fn ask<T>(answer: Result<T, nokhwa::NokhwaError>) -> Result<T, Fault> {
    answer.map_err(|error| words::fault(&error))
}
