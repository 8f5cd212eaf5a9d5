//! What the desk's pages and the station say to each other, over the window's own channel or a local socket.

use gradshot_domain::{
    BackInLine, Category, MaskedName, Outcome, PortraitId, ShotId, TicketId, TicketNumber, Verdict,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::portrait::PortraitStateName;
use crate::queue::Queue;

/// Everything an operator can do. Each answers with the new state or with a [`crate::Problem`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum DeskCommand {
    /// Gives the present state.
    Look,
    /// 叫下一位
    CallNext,
    /// 呼叫指定号码
    CallTicket {
        /// Which.
        ticket: TicketId,
    },
    /// 复呼
    Recall,
    /// 过号
    Skip,
    /// 排回队列
    ComeBack {
        /// Which.
        ticket: TicketId,
        /// Where.
        rule: BackInLine,
    },
    /// The arrival scan: a ticket's token as a scanner types it, or its number typed by hand.
    Scan {
        /// What was scanned or typed.
        text: String,
    },
    /// 拍摄
    Shoot,
    /// Looks at one of the shots.
    SelectShot {
        /// Which.
        shot: ShotId,
    },
    /// 通过: seals the selected shot's portrait and makes room for the next student.
    Accept,
    /// 不是此人: throws all shots away and asks for the arrival scan again.
    NotThisPerson,
    /// Sends everything in the outbox now.
    RetryOutbox,
    /// Opens the camera again.
    ReopenCamera,
    /// Takes the notice away.
    DismissNotice,
}

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
    /// Something to tell the operator.
    pub notice: Option<Notice>,
}

/// The student at this station.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CurrentStudent {
    /// The ticket that every shot is bound to.
    pub ticket: TicketId,
    /// The number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// Kind of studies.
    pub category: Category,
    /// How far along.
    pub phase: StudentPhase,
    /// How often called.
    pub times_called: u8,
    /// How the arrival was proved.
    pub arrival: Option<ArrivalProof>,
    /// The shots, the oldest first.
    pub shots: Vec<Shot>,
    /// The one looked at.
    pub selected: Option<ShotId>,
}

/// How far along a student at the station is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StudentPhase {
    /// Called, not here yet.
    Called,
    /// Here, before the camera.
    Arrived,
    /// The portrait is being sealed.
    Sealing,
}

/// How the arrival was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArrivalProof {
    /// By the ticket's signed code.
    Scanned,
    /// By the number typed by hand.
    Typed,
}

/// One shot 原片. Picture bytes are asked for separately by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Shot {
    /// Which.
    pub id: ShotId,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// What has become of it.
    pub progress: ShotProgress,
}

/// What has become of a shot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum ShotProgress {
    /// The portrait is being made.
    Developing,
    /// The portrait is there.
    Ready {
        /// What was found out; the portrait is absent when nothing could be made of the shot.
        verdict: Verdict,
        /// Whether there is a portrait.
        has_portrait: bool,
        /// Milliseconds from shot to portrait.
        millis: u32,
    },
    /// The shot could not be read.
    Unreadable {
        /// Why and what to do, in Chinese.
        zh: String,
        /// Why and what to do, in English.
        en: String,
    },
}

/// A student who was photographed here and has not said yes yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WaitingForYes {
    /// The portrait.
    pub portrait: PortraitId,
    /// The number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// Where the portrait stands.
    pub state: PortraitStateName,
    /// Since when.
    pub since: Timestamp,
}

/// A sealed portrait on its way to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutboxEntry {
    /// Which.
    pub portrait: PortraitId,
    /// The number it belongs to.
    pub number: TicketNumber,
    /// What the verdict came to.
    pub outcome: Outcome,
    /// Size of the sealed bytes.
    pub bytes: u64,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// Where it stands.
    pub state: OutboxState,
    /// How often sending failed.
    pub attempts: u32,
    /// Why it waits, in Chinese.
    pub waits_because_zh: Option<String>,
    /// Why it waits, in English.
    pub waits_because_en: Option<String>,
}

/// Where a sealed portrait stands in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits for its turn.
    Queued,
    /// On its way.
    Sending,
    /// The server refused it for good; a person has to look.
    Refused,
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

/// The camera at this station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CameraLink {
    /// What it calls itself.
    pub model: String,
    /// Whether it can shoot.
    pub ready: bool,
    /// What is wrong and what to do, in Chinese.
    pub trouble_zh: Option<String>,
    /// What is wrong and what to do, in English.
    pub trouble_en: Option<String>,
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
}
