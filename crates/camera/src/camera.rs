//! What an open camera can do: one trait, and one small trait for each ability.

use std::time::Duration;

use serde::Serialize;

use crate::{CardFile, Fault, LiveView, Settings, Shot, Status};

/// An open camera. Dropping it closes the connection.
///
/// All calls block and come from one thread, the one that opened it; a camera need not be `Send`. An ability that a
/// camera does not have is `None`, which is also the default.
pub trait Camera {
    /// Battery and card, as far as the camera tells; asked every second or two, so an error here is how an idle
    /// camera's absence is noticed.
    fn status(&mut self) -> Result<Status, Fault> {
        Ok(Status::default())
    }

    /// The serial number of this very camera, by which its settings are remembered; asked once, after opening.
    fn serial(&mut self) -> Option<String> {
        None
    }

    /// Releases the shutter on request.
    fn still(&mut self) -> Option<&mut dyn StillCapture> {
        None
    }

    /// Shows what the lens sees.
    fn live(&mut self) -> Option<&mut dyn LiveView> {
        None
    }

    /// Reports shots released elsewhere.
    fn outside(&mut self) -> Option<&mut dyn OutsideShots> {
        None
    }

    /// Exposure, white balance and the like.
    fn settings(&mut self) -> Option<&mut dyn Settings> {
        None
    }

    /// The memory card.
    fn card(&mut self) -> Option<&mut dyn Card> {
        None
    }
}

/// A camera's memory card.
pub trait Card {
    /// Deletes one file; one that is gone already is no fault.
    fn delete(&mut self, file: &CardFile) -> Result<(), Fault>;
}

/// Still capture into memory.
pub trait StillCapture {
    /// Focuses, releases the shutter and fetches the file. Works while live view is on: a camera that has to
    /// interrupt live view for it resumes with the next frame.
    fn shoot(&mut self) -> Result<Shot, Fault>;
}

/// Shots that were released outside this program: on the camera's body, or by the vendor's tethering software.
pub trait OutsideShots {
    /// The next finished file, if there is one. Answers within about 50 ms plus the time the file takes to fetch.
    fn poll(&mut self) -> Result<Option<Shot>, Fault>;

    /// Whether another finished file is already known, so that waiting for [`Self::period`] would waste time.
    fn has_more(&self) -> bool {
        false
    }

    /// How long to wait between two polls.
    fn period(&self) -> Duration;
}

/// What a camera can do, as the screens need to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not depend on each other")]
pub struct Abilities {
    /// Shoots on request.
    pub still: bool,
    /// Shows live view.
    pub live: bool,
    /// Reports shots released elsewhere.
    pub outside: bool,
    /// Has settings to read and set.
    pub settings: bool,
}

impl Abilities {
    /// Asks the camera.
    pub fn of(camera: &mut dyn Camera) -> Self {
        Self {
            still: camera.still().is_some(),
            live: camera.live().is_some(),
            outside: camera.outside().is_some(),
            settings: camera.settings().is_some(),
        }
    }
}
