//! The student at this station, and those who have not said yes yet.

use gradshot_domain::{Category, MaskedName, PortraitId, ShotId, TicketId, TicketNumber, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::portrait::PortraitStateName;
use crate::queue::OtherStudio;

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
    /// The automatic shutter's countdown, while it runs.
    pub countdown: Option<Countdown>,
    /// Whether a shot shows another face than the shots before it.
    pub other_face: bool,
    /// Other studios where this student may be sent, the nearest first; absent until they were asked for.
    #[serde(default)]
    pub studios: Option<Vec<OtherStudio>>,
}

/// The automatic shutter's countdown. It starts once everything is in order and ends by itself when it no longer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Countdown {
    /// Which one of the day, so that a page sees a new one begin.
    pub serial: u32,
    /// How long it lasts, milliseconds.
    pub millis: u32,
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
    /// How the operator moved the crop.
    pub nudge: CropNudge,
    /// Whether the portrait is being composed anew with another crop.
    pub composing: bool,
    /// Grows with each portrait that was made of the shot, so that a page asks for the picture again.
    pub edition: u32,
}

/// How far the operator moves the crop that was solved; the limits of the standard hold it inside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CropNudge {
    /// The face moves this far to the right in the portrait, pixels.
    pub right_px: i16,
    /// The face moves this far down in the portrait, pixels.
    pub down_px: i16,
    /// The face gets larger by so many thousandths.
    pub larger_permille: i16,
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
        /// Where the portrait was cut from the upright shot, as shares of the shot's width and height.
        crop: Option<CropWindow>,
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

/// A part of a shot, as shares of its width and height; it may reach beyond the shot where nothing of the body is cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CropWindow {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}
