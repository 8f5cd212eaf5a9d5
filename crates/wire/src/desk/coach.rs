//! What the live coach says to one preview frame. It changes many times a second, so it travels beside the state.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Hints and lines for one frame of the live view. Lengths are pixels of that frame; left and right in texts are the
/// person's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Coaching {
    /// Width of the frame.
    pub width_px: f32,
    /// Height of the frame.
    pub height_px: f32,
    /// What to put right, the first thing first, at most three.
    pub hints: Vec<CoachHint>,
    /// Everything has been in order for half a second.
    pub ready: bool,
    /// People in the frame.
    pub faces: u32,
    /// What a shot at this moment would show.
    pub crop: CoachBox,
    /// Rows between which the hair has to end.
    pub hairline: CoachSpan,
    /// Rows between which the eyes have to be.
    pub eye_line: CoachSpan,
    /// Columns of the narrowest face allowed.
    pub narrowest: CoachSpan,
    /// Columns of the widest face allowed.
    pub widest: CoachSpan,
    /// The face that is followed.
    pub face: Option<CoachFace>,
    /// How long the look took, milliseconds.
    pub millis: f32,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoachHint {
    /// A stable name.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoachBox {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// From one row or column to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoachSpan {
    /// The smaller one.
    pub from: f32,
    /// The larger one.
    pub to: f32,
}

/// Where the person is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoachFace {
    /// From forehead to chin, cheek to cheek.
    pub bounds: CoachBox,
    /// Row of the eyes.
    pub eyes_y: f32,
    /// Row where the hair probably ends.
    pub crown_y: f32,
}
