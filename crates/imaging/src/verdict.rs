//! From measurements to a verdict.

use std::collections::BTreeMap;

use gradshot_domain::{FindingId, Verdict};
use rayon::prelude::*;

use crate::crop::{Crop, Head};
use crate::detect::Face;
use crate::engine::Subject;
use crate::geometry::Window;
use crate::measure::{self, Scene};
use crate::picture::Picture;
use crate::rules::{judge, questions, rows, wrong_size};
use crate::spec::Spec;

/// A second face counts when it is at least this much of the first one's width. Smaller ones are passers-by far
/// behind, or pictures on the wall: they vanish with the background.
const COUNTS: f64 = 0.33;

/// Everything that was measured of one person.
pub(crate) struct Measured<'a> {
    /// The crop as the camera saw it.
    pub scene: &'a Scene<'a>,
    /// The picture that is handed on.
    pub portrait: &'a Picture,
    pub subject: &'a Subject,
    /// Angle of the shoulders' line, degrees, when they are to be seen.
    pub shoulders_deg: Option<f64>,
    /// Where the face stands in the portrait.
    pub crop: Crop,
    /// Face width in the shot.
    pub face_size_px: f64,
    /// How much the shot was enlarged; a finished portrait counts as 1.
    pub enlargement: f64,
    /// Distance to the face of the same collection's earlier shots.
    pub likeness: Option<f64>,
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

/// What was measured for each check, but for the file's size.
pub(crate) struct Values(BTreeMap<FindingId, Option<f64>>);

impl Values {
    /// Every check of the table, on a portrait that was just made.
    pub(crate) fn verdict(mut self, file_bytes: usize, spec: &Spec) -> Verdict {
        self.0.insert(FindingId::FileSize, Some(file_bytes as f64 / 1024.0));
        let (mut findings, mut asked) = (Vec::new(), questions());
        for row in rows(spec) {
            let value = self.0.get(&row.id).copied().flatten();
            findings.push(row.judge(value));
            asked.extend(row.question(value));
        }
        Verdict::of(findings).asking(asked)
    }

    /// Every check of the table, on a finished file: there the picture's size is checked too.
    pub(crate) fn verdict_on_file(self, portrait: &Picture, file_bytes: usize, spec: &Spec) -> Verdict {
        let mut verdict = self.verdict(file_bytes, spec);
        let size = (portrait.width_px(), portrait.height_px());
        if size != (spec.picture.width_px, spec.picture.height_px) {
            verdict.findings.retain(|finding| finding.id != FindingId::Resolution);
            verdict.findings.push(wrong_size(size, spec));
        }
        Verdict::of(verdict.findings).asking(verdict.questions)
    }
}

impl Measured<'_> {
    /// Measures for every check of the table, on all cores.
    pub(crate) fn values(&self, spec: &Spec) -> Values {
        Values(rows(spec).par_iter().map(|row| (row.id, self.value(row.id, spec))).collect())
    }

    fn value(&self, id: FindingId, spec: &Spec) -> Option<f64> {
        let Self { scene, portrait, subject, crop, .. } = self;
        Some(match id {
            FindingId::FaceCount => 1.0,
            FindingId::FaceSize => self.face_size_px,
            FindingId::PoseYaw => subject.pose.yaw_deg,
            FindingId::PosePitch => subject.pose.pitch_deg,
            FindingId::PoseRoll => subject.pose.roll_deg,
            FindingId::ShouldersLevel => return self.shoulders_deg,
            FindingId::EyesOpen => subject.expression.eyes_closed(),
            FindingId::EyesGaze => subject.expression.gaze_aside(),
            FindingId::MouthClosed => subject.mesh.lip_gap(),
            FindingId::ExpressionNeutral => subject.expression.grimace(),
            FindingId::SamePerson => return self.likeness,
            FindingId::GeometryHairline => return crop.hairline_px,
            FindingId::GeometryEyeLine => crop.eye_line_px,
            FindingId::GeometryFaceWidth => crop.face_width_px,
            FindingId::GeometryCentred => crop.centre_offset_px,
            FindingId::Exposure => measure::brightness(portrait, scene.mesh),
            FindingId::LightEven => measure::evenness(scene),
            FindingId::LightHighlights => measure::burnt_out(scene),
            FindingId::LightShadow => measure::deepest_shadow(scene),
            FindingId::ColourCast => measure::cast(scene),
            FindingId::BackgroundSeparable => measure::inseparable(scene),
            FindingId::BackgroundUniform => return measure::unevenness(scene),
            FindingId::ClothesContrast => return self.clothes(spec),
            FindingId::GlassesGlare => measure::glare(scene),
            FindingId::GlassesTint => measure::tint(scene),
            FindingId::EarsVisible => measure::ears(scene),
            FindingId::HairBrows => measure::over_brows(scene),
            FindingId::HairEyes => measure::over_eyes(scene),
            FindingId::HeadCover => return measure::cover(scene),
            FindingId::Recapture => measure::stripes(scene),
            FindingId::Sharpness => measure::sharpness(portrait, scene.mesh),
            FindingId::Resolution => self.enlargement,
            FindingId::FileSize | FindingId::Jewellery | FindingId::MakeupHeavy | FindingId::Retouch => {
                return None;
            }
        })
    }

    fn clothes(&self, spec: &Spec) -> Option<f64> {
        let backdrop = spec.background.colour(None)?.rgb;
        measure::like_the_backdrop(self.scene, backdrop)
    }
}
