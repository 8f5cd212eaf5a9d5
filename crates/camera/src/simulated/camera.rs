//! The simulated camera itself.

use std::{path::PathBuf, time::Duration};

use super::{
    SimulatedControl, SimulatedFault, photos,
    preview::{FRAME_PERIOD, Preview},
};
use crate::{
    Camera, Fault, Limits, LiveFrame, LiveView, OutsideShots, Shot, ShotFormat, Status, StillCapture,
};

/// Photos as a camera.
pub(super) struct SimulatedCamera {
    folder: PathBuf,
    /// Never empty.
    photos: Vec<PathBuf>,
    control: SimulatedControl,
    shot_max_bytes: u64,
    preview: Preview,
}

impl SimulatedCamera {
    pub(super) fn new(
        folder: PathBuf,
        photos: Vec<PathBuf>,
        control: SimulatedControl,
        limits: &Limits,
    ) -> Self {
        let shot_max_bytes = limits.shot_max_bytes;
        Self { folder, photos, control, shot_max_bytes, preview: Preview::new(shot_max_bytes) }
    }

    fn photo(&self) -> &PathBuf {
        &self.photos[self.control.subject() % self.photos.len()]
    }

    fn present_or_fault(&self) -> Result<(), Fault> {
        self.control.present_or_fault()?;
        super::plugged_in(&self.folder)
    }

    fn release(&self) -> Result<Shot, Fault> {
        self.present_or_fault()?;
        let fault = self.control.take_shot_fault();
        match fault {
            Some(SimulatedFault::OutOfFocus) => return Err(Fault::OutOfFocus),
            Some(SimulatedFault::CardFull) => return Err(Fault::CardFull),
            Some(SimulatedFault::CardMissing) => return Err(Fault::CardMissing),
            Some(SimulatedFault::RawOnly) => return Err(Fault::RawOnly),
            Some(SimulatedFault::Refused) => return Err(Fault::Refused),
            _ => {}
        }
        // Who stands there now is on the picture, however long the transfer takes.
        let path = self.photo();
        if let Some(SimulatedFault::SlowShutter(wait)) = fault {
            self.control.linger(wait);
            self.control.present_or_fault()?;
        }
        let mut bytes = photos::read(path, self.shot_max_bytes)?;
        match fault {
            Some(SimulatedFault::CorruptFile) => bytes.iter_mut().skip(4).for_each(|byte| *byte ^= 0x5A),
            Some(SimulatedFault::TruncatedFile) => bytes.truncate(bytes.len() / 2),
            _ => {}
        }
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let format = ShotFormat::of_name(path).ok_or(Fault::BrokenFile)?;
        Ok(Shot { file_name, format, bytes, modified_at: None, on_card: None })
    }
}

impl Camera for SimulatedCamera {
    fn status(&mut self) -> Result<Status, Fault> {
        self.present_or_fault()?;
        Ok(Status { battery_percent: None, shots_left: self.control.card_is_full().then_some(0) })
    }

    fn still(&mut self) -> Option<&mut dyn StillCapture> {
        Some(self)
    }

    fn live(&mut self) -> Option<&mut dyn LiveView> {
        Some(self)
    }

    fn outside(&mut self) -> Option<&mut dyn OutsideShots> {
        Some(self)
    }
}

impl StillCapture for SimulatedCamera {
    fn shoot(&mut self) -> Result<Shot, Fault> {
        self.release()
    }
}

impl LiveView for SimulatedCamera {
    fn start(&mut self) -> Result<(), Fault> {
        self.control.live_or_fault()
    }

    fn next_frame(&mut self) -> Result<LiveFrame, Fault> {
        self.control.live_or_fault()?;
        super::plugged_in(&self.folder)?;
        let path = self.photo().clone();
        self.preview.next_frame(&path)
    }

    fn stop(&mut self) {
        self.preview.forget();
    }

    fn period(&self) -> Duration {
        self.control.live_period().unwrap_or(FRAME_PERIOD)
    }
}

impl OutsideShots for SimulatedCamera {
    fn poll(&mut self) -> Result<Option<Shot>, Fault> {
        if self.control.take_body_release() { self.release().map(Some) } else { Ok(None) }
    }

    fn has_more(&self) -> bool {
        self.control.body_released()
    }

    fn period(&self) -> Duration {
        Duration::from_millis(100)
    }
}
