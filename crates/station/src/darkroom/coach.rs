//! The imaging engine's coach, in the wire's words.

use std::time::{Duration, Instant};

use gradshot_imaging::{Coach, Coaching, Outline, Span, Window};
use gradshot_wire::desk as wire;

use super::LiveCoach;

pub(super) struct EngineCoach(pub(super) Coach);

impl LiveCoach for EngineCoach {
    fn see(&mut self, frame: &[u8], at: Duration) -> Option<wire::Coaching> {
        let begun = Instant::now();
        match self.0.see_jpeg(frame, at) {
            Ok(coaching) => Some(spelled(&coaching, begun.elapsed())),
            Err(error) => {
                tracing::debug!(%error, "a preview frame was not looked at");
                None
            }
        }
    }
}

fn spelled(coaching: &Coaching, took: Duration) -> wire::Coaching {
    let overlay = &coaching.overlay;
    let hints = coaching.hints.iter().map(|hint| wire::CoachHint {
        id: serde_json::to_value(hint).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default(),
        zh: hint.zh().to_owned(),
        en: hint.en().to_owned(),
    });
    wire::Coaching {
        width_px: overlay.frame.width as f32,
        height_px: overlay.frame.height as f32,
        hints: hints.collect(),
        ready: coaching.ready,
        faces: coaching.faces as u32,
        crop: a_box(&overlay.crop),
        hairline: span(overlay.hairline),
        eye_line: span(overlay.eye_line),
        narrowest: span(overlay.narrowest),
        widest: span(overlay.widest),
        face: overlay.face.as_ref().map(face),
        millis: took.as_secs_f32() * 1000.0,
    }
}

fn face(outline: &Outline) -> wire::CoachFace {
    wire::CoachFace {
        bounds: a_box(&outline.bounds),
        eyes_y: f64::midpoint(outline.eyes[0].y, outline.eyes[1].y) as f32,
        crown_y: outline.crown_y as f32,
    }
}

fn a_box(window: &Window) -> wire::CoachBox {
    wire::CoachBox {
        left: window.left as f32,
        top: window.top as f32,
        width: window.width as f32,
        height: window.height as f32,
    }
}

fn span(span: Span) -> wire::CoachSpan {
    wire::CoachSpan { from: span.from as f32, to: span.to as f32 }
}
