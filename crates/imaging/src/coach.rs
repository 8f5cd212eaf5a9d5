//! The live coach: a preview frame in, what to do next out, in a few milliseconds.
//!
//! It measures what the verdict measures, with the verdict's own limits, as far as a small frame shows it: where the
//! person stands, how head and shoulders are held, eyes, gaze, lips, and the light. What only the finished portrait
//! tells (the wall, hair, glasses, sharpness) is left to the verdict.
//!
//! Frames must not be mirrored: left and right are then the person's own. Time is an argument and runs forward. A coach
//! belongs to one camera and has nets of its own, so that it never waits for a portrait that is being made.

mod framing;
mod gauge;
mod hint;
mod light;
mod overlay;
mod person;
mod steady;
mod track;

use std::time::Duration;

use serde::Serialize;

use crate::decode::{DecodeError, DecodeLimits, decode};
use crate::geometry::Window;
use crate::picture::Picture;
use crate::session::{InferenceError, Net};
use crate::spec::Spec;
use framing::Framing;
use person::{CALM, Person};
use steady::{Latch, Reading};
use track::Track;

pub use hint::Hint;
pub use overlay::{Outline, Overlay, Span};

/// How long everything has to be in order before the shutter may fire by itself.
const HOLD: Duration = Duration::from_millis(500);
/// A gap between frames after which nothing counts as held.
const GAP: Duration = Duration::from_millis(500);
/// Hints that a person can follow at once.
const MAX_HINTS: usize = 3;
/// Width of the shots that is assumed until it is told: a webcam's still.
const SHOT_WIDTH_PX: u32 = 1920;
/// Largest preview frame that is decoded.
const FRAME_LIMITS: DecodeLimits =
    DecodeLimits { file_bytes: 8 << 20, pixels: 4096 * 2304, memory_bytes: 128 << 20 };

/// What the coach says to one frame.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coaching {
    /// What to put right, the first thing first, at most three; each with its words in both languages.
    #[serde(serialize_with = "hint::spelled")]
    pub hints: Vec<Hint>,
    /// What to draw over the frame.
    pub overlay: Overlay,
    /// Everything has been in order for half a second: the shutter may fire.
    pub ready: bool,
    /// People in the frame.
    pub faces: usize,
}

/// Why a frame was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The bytes are not a picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A model failed.
    #[error(transparent)]
    Inference(#[from] InferenceError),
}

/// Watches one person after the other through one camera's live view.
#[derive(Debug)]
pub struct Coach {
    nets: Nets,
    spec: Spec,
    shot_width_px: u32,
    track: Track,
    presence: Latch<Hint>,
    person: Person,
    seen_at: Option<Duration>,
    in_order_since: Option<Duration>,
}

/// The models that look at live frames.
#[derive(Debug)]
pub(crate) struct Nets {
    pub detector: Net,
    pub landmarks: Net,
    pub blendshapes: Net,
    pub movenet: Net,
}

impl Coach {
    pub(crate) fn new(nets: Nets, spec: Spec) -> Self {
        Self {
            nets,
            spec,
            shot_width_px: SHOT_WIDTH_PX,
            track: Track::default(),
            presence: Latch::new(CALM),
            person: Person::new(),
            seen_at: None,
            in_order_since: None,
        }
    }

    /// The same coach for a camera whose shots are this wide; they show the same width of the room as the frames.
    /// Decides from how far away a face still has pixels enough.
    #[must_use]
    pub fn for_shots_of(self, width_px: u32) -> Self {
        Self { shot_width_px: width_px.max(1), ..self }
    }

    /// Looks at the next frame of the live view, as [`Coach::see`] does, from its JPEG bytes.
    pub fn see_jpeg(&mut self, jpeg: &[u8], at: Duration) -> Result<Coaching, FrameError> {
        Ok(self.see(&decode(jpeg, &FRAME_LIMITS)?, at)?)
    }

    /// Looks at the next frame of the live view, taken `at` this time since any fixed moment. Frames are upright
    /// and not mirrored.
    pub fn see(&mut self, frame: &Picture, at: Duration) -> Result<Coaching, InferenceError> {
        let gap = self.seen_at.replace(at).is_some_and(|before| at.saturating_sub(before) > GAP);
        if gap {
            self.in_order_since = None;
        }
        let framing = Framing {
            spec: &self.spec,
            frame: Window::whole(frame.width_px(), frame.height_px()),
            shot_per_frame: f64::from(self.shot_width_px) / f64::from(frame.width_px()),
        };
        let mesh = self.track.see(&self.nets, frame, at)?;
        let (impression, overlay) = match mesh {
            Some(mesh) => {
                let impression = self.person.see(&self.nets, frame, mesh, &framing, at)?;
                let overlay = Overlay::around(&framing, &impression.stand, impression.shoulders.as_ref());
                (Some(impression), overlay)
            }
            None => (None, Overlay::empty(&framing)),
        };
        let faces = self.track.faces();
        let presence = match faces {
            0 => Reading::Off(Hint::FaceTheCamera),
            1 => Reading::Fine,
            _ => Reading::Off(Hint::OnePersonOnly),
        };
        let presence = self.presence.see(presence, at);
        if impression.is_none() {
            // Who comes next is somebody else.
            self.person = Person::new();
        }
        let hints = match (presence, impression) {
            (Some(hint), _) => vec![hint],
            (None, impression) => most_urgent(impression.map_or_else(Vec::new, |seen| seen.hints)),
        };
        Ok(Coaching { hints, overlay, ready: self.holds(at), faces })
    }

    /// Whether everything has been in order for long enough.
    fn holds(&mut self, at: Duration) -> bool {
        if !(self.presence.is_quiet() && self.person.is_in_order()) {
            self.in_order_since = None;
            return false;
        }
        at.saturating_sub(*self.in_order_since.get_or_insert(at)) >= HOLD
    }
}

fn most_urgent(mut hints: Vec<Hint>) -> Vec<Hint> {
    hints.sort_unstable();
    hints.truncate(MAX_HINTS);
    hints
}
