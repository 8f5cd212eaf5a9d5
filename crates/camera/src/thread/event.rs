//! What a camera's thread tells.

use serde::{Deserialize, Serialize};

use crate::{Abilities, Device, Fault, LiveFrame, Setting, Shot, Status};

/// Something that happened to a camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The camera is open.
    Connected {
        /// Which one.
        device: Device,
        /// What it can do.
        abilities: Abilities,
    },
    /// The camera is gone, or was not found; it is looked for again. Told once for each new reason.
    Disconnected {
        /// Why, with what to do.
        fault: Fault,
    },
    /// Battery or card changed.
    Status(Status),
    /// All settings, after they were asked for or changed.
    Settings(Vec<Setting>),
    /// The newest frame of live view.
    LiveFrame(LiveFrame),
    /// A file.
    Shot {
        /// The request that it answers; `None` when it was released on the body or by other software.
        request: Option<ShotRequest>,
        /// The file.
        shot: Shot,
    },
    /// Something did not work, and the camera may still be connected.
    Failed {
        /// What was being done.
        activity: Activity,
        /// Why it failed, with what to do.
        fault: Fault,
    },
}

/// The caller's own number for a shot, by which the answer is bound to the student it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShotRequest(pub u64);

/// What a camera was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Shooting on request.
    Shot(ShotRequest),
    /// Fetching a shot that was released elsewhere.
    OutsideShot,
    /// Live view; it is started again by itself. Told once for each new reason.
    Live,
    /// Reading or changing a setting.
    Setting,
    /// Deleting a file from the card.
    Card,
}
