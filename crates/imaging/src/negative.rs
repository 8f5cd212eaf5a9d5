//! What is kept of a shot while its portrait may still be cut anew: pixels, landmarks, matte and the solved crop.
//!
//! In memory alone, and only as long as whoever holds it. The crop can be moved inside the limits of the spec and
//! nothing else: there is no rotation here either.

use crate::crop::{self, Crop, Head, Nudge, Room};
use crate::decode::View;
use crate::engine::{CutOut, Subject};
use crate::matte::Matte;
use crate::measure::Scene;
use crate::picture::Picture;
use crate::spec::Spec;
use crate::timings::Stopwatch;
use crate::verdict::{Measured, Values};
use crate::{closed_form, foreground, refine, resample};

/// A shot of one person, ready to be cut.
pub struct Negative {
    pub(crate) shot: View,
    pub(crate) subject: Subject,
    pub(crate) matte: Matte,
    pub(crate) head: Head,
    pub(crate) room: Room,
    /// Where the crop was solved, in the view's pixels.
    pub(crate) solved: Crop,
    pub(crate) spec: Spec,
    pub(crate) known: Known,
}

/// What was measured once and holds for every crop.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Known {
    /// Angle of the shoulders' line, degrees, when they are to be seen.
    pub shoulders_deg: Option<f64>,
    /// Distance to the face of the same collection's earlier shots.
    pub likeness: Option<f64>,
}

impl Negative {
    /// Width of the shot as the camera gave it, pixels.
    pub fn shot_width_px(&self) -> u32 {
        (f64::from(self.shot.picture.width_px()) * self.shot.reduction).round() as u32
    }

    /// Height of the shot as the camera gave it, upright, pixels.
    pub fn shot_height_px(&self) -> u32 {
        (f64::from(self.shot.picture.height_px()) * self.shot.reduction).round() as u32
    }

    pub(crate) fn nudged(&self, nudge: &Nudge) -> Crop {
        crop::adjust(&self.head, &self.room, &self.spec, &self.solved, nudge)
    }

    /// The person cut out with this crop, which is in the view's pixels; the cut-out's own is in the shot's.
    pub(crate) fn cut(&self, crop: Crop, watch: &mut Stopwatch) -> CutOut {
        let (width, height) = (self.spec.picture.width_px, self.spec.picture.height_px);
        let shot = &self.shot.picture;
        let (photo, covered) = resample::place(shot, crop.window, width, height, resample::Kernel::Lanczos);
        let mesh = self.subject.mesh.seen_in(&crop.window, crop.scale);
        watch.lap("resize");
        let mut alpha = refine::refine(self.matte.over(crop.window, width, height), &mesh, covered);
        closed_form::sharpen(&photo, &mut alpha, covered);
        watch.lap("refine");
        let person = foreground::foreground(&photo, &alpha);
        watch.lap("foreground");
        let reduction = self.shot.reduction;
        let crop = Crop { window: crop.window.scaled(reduction), scale: crop.scale / reduction, ..crop };
        CutOut { crop, photo, person, alpha, mesh }
    }

    /// Measures what the verdict is about.
    pub(crate) fn measure(&self, cut_out: &CutOut, portrait: &Picture, known: Known) -> Values {
        let measured = Measured {
            scene: &Scene::new(&cut_out.photo, &cut_out.alpha, &cut_out.mesh),
            portrait,
            subject: &self.subject,
            shoulders_deg: known.shoulders_deg,
            crop: cut_out.crop,
            face_size_px: self.subject.mesh.bounds().width * self.shot.reduction,
            enlargement: cut_out.crop.scale,
            likeness: known.likeness,
        };
        measured.values(&self.spec)
    }
}

impl std::fmt::Debug for Negative {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Negative(…)")
    }
}
