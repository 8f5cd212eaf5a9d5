//! From measurements to a verdict.

use gradshot_domain::{FindingId, Verdict};

use crate::crop::{Crop, Head};
use crate::detect::Face;
use crate::expression::Expression;
use crate::geometry::Window;
use crate::picture::Picture;
use crate::pose::Pose;
use crate::rules::{ORDER, judge, wrong_size};
use crate::spec::Spec;

/// A second face counts when it is at least this much of the first one's width. Smaller ones are passers-by far
/// behind, or pictures on the wall: they vanish with the background.
const COUNTS: f64 = 0.33;

/// Everything that the checks of one person look at.
pub(crate) struct Measured {
    pub faces: usize,
    /// Face width in the shot.
    pub face_size_px: f64,
    /// Where the face stands in the portrait.
    pub crop: Crop,
    pub pose: Pose,
    pub expression: Expression,
    pub lip_gap: f64,
    pub sharpness: f64,
    pub brightness: f64,
    /// How much the shot was enlarged; a finished portrait counts as 1.
    pub enlargement: f64,
    pub file_bytes: usize,
}

/// The faces that make a person of their own, the largest first.
pub(crate) fn faces_that_count(mut faces: Vec<Face>) -> Vec<Face> {
    let largest = faces.first().map_or(0.0, |face| face.bounds.width);
    faces.retain(|face| face.bounds.width >= COUNTS * largest);
    faces
}

/// The verdict on a picture with no person, or with several.
pub(crate) fn without_one_person(faces: &[Face], spec: &Spec) -> Verdict {
    Verdict::of(vec![judge(FindingId::FaceCount, Some(faces.len() as f64), spec)])
}

/// A portrait that is judged as it lies there, in the spec's pixels.
pub(crate) fn as_it_is(head: &Head, portrait: &Picture, spec: &Spec) -> Crop {
    let scale = f64::from(spec.picture.width_px) / f64::from(portrait.width_px());
    Crop {
        window: Window::whole(portrait.width_px(), portrait.height_px()),
        scale,
        hairline_px: head.hairline_y.map(|y| y * scale),
        eye_line_px: head.eye_line_y * scale,
        face_width_px: head.face_width * scale,
        centre_offset_px: head.centre_x * scale - f64::from(spec.picture.width_px) / 2.0,
    }
}

impl Measured {
    /// Every check of the table, on a portrait that was just made.
    pub(crate) fn verdict(&self, spec: &Spec) -> Verdict {
        Verdict::of(ORDER.into_iter().map(|id| judge(id, self.value(id), spec)).collect())
    }

    /// Every check of the table, on a finished file: there the picture's size is checked too.
    pub(crate) fn verdict_on(&self, portrait: &Picture, spec: &Spec) -> Verdict {
        let mut verdict = self.verdict(spec);
        let size = (portrait.width_px(), portrait.height_px());
        if size != (spec.picture.width_px, spec.picture.height_px) {
            verdict.findings.retain(|finding| finding.id != FindingId::Resolution);
            verdict.findings.push(wrong_size(size, spec));
        }
        Verdict::of(verdict.findings)
    }

    fn value(&self, id: FindingId) -> Option<f64> {
        Some(match id {
            FindingId::FaceCount => self.faces as f64,
            FindingId::FaceSize => self.face_size_px,
            FindingId::PoseYaw => self.pose.yaw_deg,
            FindingId::PosePitch => self.pose.pitch_deg,
            FindingId::PoseRoll => self.pose.roll_deg,
            FindingId::EyesOpen => self.expression.eyes_closed(),
            FindingId::EyesGaze => self.expression.gaze_aside(),
            FindingId::MouthClosed => self.lip_gap,
            FindingId::GeometryHairline => return self.crop.hairline_px,
            FindingId::GeometryEyeLine => self.crop.eye_line_px,
            FindingId::GeometryFaceWidth => self.crop.face_width_px,
            FindingId::GeometryCentred => self.crop.centre_offset_px,
            FindingId::Sharpness => self.sharpness,
            FindingId::Exposure => self.brightness,
            FindingId::Resolution => self.enlargement,
            FindingId::FileSize => self.file_bytes as f64 / 1024.0,
        })
    }
}
