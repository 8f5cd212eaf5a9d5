//! What the live view draws over the frame: where the face is, and where it has to be.

use serde::Serialize;

use super::framing::{Framing, Stand};
use crate::body::Shoulders;
use crate::geometry::{Point, Window};
use crate::spec::Spec;

/// Lines over a frame, all in the frame's own pixels. Left and right are the frame's: a view that shows the frame
/// mirrored has to mirror these too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Overlay {
    /// The frame.
    pub frame: Window,
    /// What a shot at this moment would show; without a face, the middle of the frame.
    pub crop: Window,
    /// Rows between which the hair has to end.
    pub hairline: Span,
    /// Rows between which the eyes have to be.
    pub eye_line: Span,
    /// Sides of the narrowest face allowed.
    pub narrowest: Span,
    /// Sides of the widest face allowed.
    pub widest: Span,
    /// The face that is followed.
    pub face: Option<Outline>,
}

/// From one row or column to another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// The smaller one.
    pub from: f64,
    /// The larger one.
    pub to: f64,
}

/// Where the person is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Outline {
    /// From forehead to chin, cheek to cheek.
    pub bounds: Window,
    /// The pupils, the frame's left one first.
    pub eyes: [Point; 2],
    /// Row where the hair probably ends.
    pub crown_y: f64,
    /// The shoulders, the frame's left one first, where they are seen.
    pub shoulders: Option<[Point; 2]>,
}

impl Overlay {
    /// The lines around a person.
    pub(super) fn around(framing: &Framing<'_>, stand: &Stand, shoulders: Option<&Shoulders>) -> Self {
        let face = Outline {
            bounds: stand.face,
            eyes: stand.eyes,
            crown_y: stand.crown_y(),
            shoulders: shoulders.map(|shoulders| [shoulders.left.at, shoulders.right.at]),
        };
        Self { face: Some(face), ..Self::over(framing, framing.crop(stand).window) }
    }

    /// The lines of a frame without a person.
    pub(super) fn empty(framing: &Framing<'_>) -> Self {
        Self::over(framing, framing.empty())
    }

    fn over(framing: &Framing<'_>, crop: Window) -> Self {
        let Spec { geometry, picture, .. } = framing.spec;
        let per_px = crop.height / f64::from(picture.height_px);
        let rows = |from: f64, to: f64| Span { from: crop.top + from * per_px, to: crop.top + to * per_px };
        let sides = |width: f64| {
            let middle = crop.centre().x;
            Span { from: middle - width * per_px / 2.0, to: middle + width * per_px / 2.0 }
        };
        Self {
            frame: framing.frame,
            crop,
            hairline: rows(geometry.hairline_px.min, geometry.hairline_px.max),
            eye_line: rows(geometry.eye_line_px.min, geometry.eye_line_px.max),
            narrowest: sides(geometry.face_width_px.min),
            widest: sides(geometry.face_width_px.max),
            face: None,
        }
    }
}
