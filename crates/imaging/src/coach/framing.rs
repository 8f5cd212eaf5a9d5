//! Where the person has to stand so that the portrait can be cut: the same solve as for the shot, with the head
//! estimated from the face, since no matte runs on live frames.

use gradshot_domain::{FindingId, Severity};

use super::hint::Hint;
use super::steady::Reading;
use crate::crop::{self, Crop, Head, Room};
use crate::geometry::{Point, Window};
use crate::rules::judge;
use crate::spec::Spec;

/// Hair ends this many face widths above the eyes: over 71 portraits half lay between 0.80 and 1.00.
const CROWN: f64 = 0.95;
/// Shoulders begin this many face widths below the eyes and reach this far to each side of the face's middle.
const SHOULDERS_BELOW: f64 = 1.15;
const SHOULDERS_REACH: f64 = 1.30;
/// How much less room, and how much smaller a face, has to be in order as well before a hint is dropped.
const MARGIN: f64 = 0.03;
/// Room that no camera lacks, in face widths: for asking what would be cut if the frame had no edges.
const ENDLESS: f64 = 100.0;

/// Where the face stands in the frame, frame pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stand {
    pub face: Window,
    pub eyes: [Point; 2],
}

/// What the person is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Framing<'a> {
    pub spec: &'a Spec,
    pub frame: Window,
    /// Pixels of the shot to each pixel of the frame.
    pub shot_per_frame: f64,
}

impl Stand {
    /// Row where the hair probably ends.
    pub(super) fn crown_y(&self) -> f64 {
        self.eye_line_y() - CROWN * self.face.width
    }

    fn eye_line_y(&self) -> f64 {
        self.eyes[0].midway(self.eyes[1]).y
    }

    fn head(&self) -> Head {
        Head {
            hairline_y: Some(self.crown_y()),
            eye_line_y: self.eye_line_y(),
            face_width: self.face.width,
            centre_x: self.face.centre().x,
        }
    }
}

impl Framing<'_> {
    /// The crop that a shot at this moment would get, in the frame's pixels.
    pub(super) fn crop(&self, stand: &Stand) -> Crop {
        self.solve(stand, 0.0)
    }

    /// The portrait's frame where nobody stands: as large as fits, in the middle.
    pub(super) fn empty(&self) -> Window {
        let picture = &self.spec.picture;
        let (width, height) = (f64::from(picture.width_px), f64::from(picture.height_px));
        let fit = (self.frame.width / width).min(self.frame.height / height);
        Window::around(self.frame.centre(), width * fit, height * fit)
    }

    /// Whether the person stands well, and what to do if not.
    pub(super) fn read(&self, stand: &Stand) -> Reading<Hint> {
        match self.fault(stand, 0.0) {
            Some(hint) => Reading::Off(hint),
            None if self.fault(stand, MARGIN).is_some() => Reading::Near,
            None => Reading::Fine,
        }
    }

    fn fault(&self, stand: &Stand, margin: f64) -> Option<Hint> {
        let crop = self.solve(stand, margin);
        let fails = |id, value: Option<f64>| judge(id, value, self.spec).severity > Severity::Pass;
        let misplaced = fails(FindingId::GeometryCentred, Some(crop.centre_offset_px))
            || fails(FindingId::GeometryHairline, crop.hairline_px)
            || fails(FindingId::GeometryEyeLine, Some(crop.eye_line_px))
            || fails(FindingId::GeometryFaceWidth, Some(crop.face_width_px));
        if misplaced {
            return Some(self.way(stand));
        }
        let shot_face = stand.face.width * self.shot_per_frame * (1.0 - margin);
        let enlargement = crop.scale / (self.shot_per_frame * (1.0 - margin));
        let too_small =
            fails(FindingId::FaceSize, Some(shot_face)) || fails(FindingId::Resolution, Some(enlargement));
        too_small.then_some(Hint::ComeCloser)
    }

    /// Which way leads to where a portrait can be cut.
    fn way(&self, stand: &Stand) -> Hint {
        let wanted = self.wanted(stand);
        let top = stand.crown_y().min(wanted.bottom());
        let reach = SHOULDERS_REACH * stand.face.width;
        let middle = stand.face.centre().x;
        let (cut_left, cut_right) = (middle < reach, self.frame.width - middle < reach);
        if wanted.width > self.frame.width || wanted.bottom() - top > self.frame.height {
            Hint::StepBack
        } else if cut_left && wanted.left < self.frame.left {
            // The picture's left is the person's right, so away from it is to their left.
            Hint::MoveLeft
        } else if cut_right && wanted.right() > self.frame.right() {
            Hint::MoveRight
        } else if top <= self.frame.top {
            Hint::Lower
        } else if wanted.bottom() > self.frame.bottom() {
            Hint::Taller
        } else {
            Hint::StepBack
        }
    }

    /// What would be cut if the frame had no edges.
    fn wanted(&self, stand: &Stand) -> Window {
        let endless = ENDLESS * stand.face.width;
        let head = stand.head();
        let far = |length: f64| (length + endless) * self.shot_per_frame;
        let head = Head {
            hairline_y: head.hairline_y.map(far),
            eye_line_y: far(head.eye_line_y),
            face_width: head.face_width * self.shot_per_frame,
            centre_x: far(head.centre_x),
        };
        let side = 2.0 * endless * self.shot_per_frame;
        let room = Room { width: side, height: side, cut_left_y: None, cut_right_y: None };
        let window = crop::solve(&head, &room, self.spec).window.scaled(1.0 / self.shot_per_frame);
        Window { left: window.left - endless, top: window.top - endless, ..window }
    }

    /// Solves in the shot's pixels, as the shot will be, with `margin` less room at every edge.
    fn solve(&self, stand: &Stand, margin: f64) -> Crop {
        let per_px = self.shot_per_frame * (1.0 - margin);
        let inset = margin * self.frame.height;
        let head = stand.head();
        let inward = |length: f64| (length - inset) * per_px;
        let (width, height) =
            ((self.frame.width - 2.0 * inset) * per_px, (self.frame.height - 2.0 * inset) * per_px);
        let shoulders_y = inward(head.eye_line_y + SHOULDERS_BELOW * head.face_width);
        let reach = SHOULDERS_REACH * head.face_width * per_px;
        let centre_x = inward(head.centre_x);
        let head = Head {
            hairline_y: head.hairline_y.map(inward).filter(|y| *y > 0.0),
            eye_line_y: inward(head.eye_line_y),
            face_width: head.face_width * per_px,
            centre_x,
        };
        let room = Room {
            width,
            height,
            cut_left_y: (centre_x < reach).then_some(shoulders_y),
            cut_right_y: (width - centre_x < reach).then_some(shoulders_y),
        };
        let crop = crop::solve(&head, &room, self.spec);
        let window = crop.window.scaled(1.0 / per_px);
        Crop {
            window: Window { left: window.left + inset, top: window.top + inset, ..window },
            scale: crop.scale * per_px,
            ..crop
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chsi() -> Spec {
        let toml = include_str!("../../../../assets/specs/chsi.toml");
        Spec::parse(toml, std::path::Path::new("chsi.toml")).unwrap()
    }

    /// A face of this width with its eyes at a place of a 640×480 frame.
    fn stand(x: f64, eyes_y: f64, width: f64) -> Stand {
        let eye = |side: f64| Point { x: x + side * 0.23 * width, y: eyes_y };
        let face = Window { left: x - width / 2.0, top: eyes_y - 0.4 * width, width, height: 1.2 * width };
        Stand { face, eyes: [eye(-1.0), eye(1.0)] }
    }

    fn read(stand: Stand) -> Reading<Hint> {
        let spec = chsi();
        let frame = Window::whole(640, 480);
        Framing { spec: &spec, frame, shot_per_frame: 3.0 }.read(&stand)
    }

    #[test]
    fn the_middle_of_the_frame_is_fine() {
        assert_eq!(read(stand(320.0, 200.0, 130.0)), Reading::Fine);
    }

    #[test]
    fn each_misplacement_has_its_own_way_back() {
        for (x, y, width, hint) in [
            (320.0, 200.0, 50.0, Hint::ComeCloser),
            (320.0, 240.0, 260.0, Hint::StepBack),
            (40.0, 200.0, 130.0, Hint::MoveLeft),
            (600.0, 200.0, 130.0, Hint::MoveRight),
            (320.0, 80.0, 130.0, Hint::Lower),
            (320.0, 390.0, 130.0, Hint::Taller),
        ] {
            assert_eq!(read(stand(x, y, width)), Reading::Off(hint), "at {x}, {y}, {width} wide");
        }
    }

    #[test]
    fn the_crop_of_a_frame_lies_where_the_shots_would() {
        let spec = chsi();
        let person = stand(320.0, 200.0, 130.0);
        let crop = |shot_per_frame| {
            Framing { spec: &spec, frame: Window::whole(640, 480), shot_per_frame }.crop(&person)
        };
        let (small, large) = (crop(2.0), crop(8.0));
        assert!((small.window.left - large.window.left).abs() < 1.0, "{small:?} {large:?}");
        assert!((small.face_width_px - 130.0 * small.scale).abs() < 1e-6);
        assert!((small.eye_line_px - (200.0 - small.window.top) * small.scale).abs() < 1e-6);
    }
}
