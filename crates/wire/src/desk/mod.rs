//! What the desk's pages and the station say to each other, over the window's own channel or a local socket.

mod camera;
mod coach;
mod command;
mod day;
mod outbox;
mod printing;
mod settings;
mod student;
mod voice;

use gradshot_domain::StationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::queue::Queue;

pub use camera::{
    CameraDevice, CameraLink, CameraPanel, CameraSetting, CameraSettingKey, LightPoint, LightTest, TestShot,
};
pub use coach::{CoachBox, CoachFace, CoachHint, CoachSpan, Coaching};
pub use command::DeskCommand;
pub use day::{DayHour, DayReport, DayStudent, RetakeReason};
pub use outbox::{OutboxEntry, OutboxState};
pub use printing::{
    COPIES_MAX, FoundPrinter, LastPortrait, PrintSettings, PrintStage, PrintWay, PrinterLink, PrinterPanel,
    PrinterStanding, PrinterTrouble, SheetPaper,
};
pub use settings::DeskSettings;
pub use student::{
    ArrivalProof, Countdown, CropNudge, CropWindow, CurrentStudent, Shot, ShotProgress, StudentPhase,
    WaitingForYes,
};
pub use voice::{VoiceLanguage, VoiceSettings, VoiceSpeaks};

/// Everything the desk shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeskState {
    /// Grows with each change, so that an older state never replaces a newer one.
    pub revision: u64,
    /// This station's name.
    pub station_name: String,
    /// The studio's name.
    pub studio_name: String,
    /// Whether this is the demonstration, where cameras and students are simulated.
    pub demo: bool,
    /// The queue; absent until the server first answered.
    pub queue: Option<Queue>,
    /// Whether this station rests and calls nobody.
    pub paused: bool,
    /// The studio's other stations, to hand somebody over to.
    pub colleagues: Vec<Colleague>,
    /// The student at this station.
    pub current: Option<CurrentStudent>,
    /// Students whose portrait was sealed here and who have not said yes yet, or objected.
    pub waiting_for_yes: Vec<WaitingForYes>,
    /// Portraits that were sealed here and have not reached the server, the oldest first.
    pub outbox: Vec<OutboxEntry>,
    /// The server's line.
    pub server: ServerLink,
    /// The camera.
    pub camera: CameraLink,
    /// What the camera panel shows.
    pub panel: CameraPanel,
    /// The printer.
    pub printer: PrinterPanel,
    /// The portrait that can be printed now.
    pub last_portrait: Option<LastPortrait>,
    /// The disk that the outbox lies on; absent when the system does not tell.
    pub disk: Option<Disk>,
    /// How this desk works.
    pub settings: DeskSettings,
    /// Something to tell the operator.
    pub notice: Option<Notice>,
}

/// Another station of the studio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Colleague {
    /// Which.
    pub station: StationId,
    /// Its name on the board.
    pub name: String,
}

/// The disk that the outbox lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Disk {
    /// Free bytes.
    pub free_bytes: u64,
    /// Whether so little is left that somebody should make room.
    pub low: bool,
}

/// The line to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServerLink {
    /// Not tried yet.
    Connecting,
    /// In order.
    Connected,
    /// Lost; tried again by itself.
    Lost,
}

/// Something to tell the operator; stands in a bar, never in the way of the shutter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// How urgent.
    pub level: NoticeLevel,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLevel {
    /// Good to know.
    Info,
    /// Something to do.
    Warning,
}

/// What the desk's socket pushes as text. Live view frames come as binary messages, each a JPEG file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum DeskEvent {
    /// The state changed; sent whole.
    State(Box<DeskState>),
    /// The coach looked at a frame; absent when it stopped looking.
    Coaching(Option<Box<Coaching>>),
}
