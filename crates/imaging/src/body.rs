//! The shoulders: where they are and how level they lie (the network `movenet_lightning`).
//!
//! The network sees a square around head and chest with everything beyond the photo black, twice: as it is, and
//! mirrored. The mean of both answers has no preferred side, and how far they disagree tells how far to trust it.
//! Mirroring concerns this look alone; no picture leaves here.

use serde::Serialize;

use crate::geometry::{Point, Window};
use crate::mesh::Mesh;
use crate::picture::Picture;
use crate::resample::{Kernel, place};
use crate::session::{InferenceError, Net};

/// Side of the model's input, pixels.
const SIDE_PX: u32 = 192;
/// Points that the model gives, each as y, x and score.
const POINTS: usize = 17;
/// Places of the shoulders among them. Left and right are the person's own.
const LEFT: usize = 5;
const RIGHT: usize = 6;

/// Side of the square, in face widths. Over 66 portraits from five to seven widths gave the steadiest angles.
const SQUARE: f64 = 6.0;
/// How far above the eyes the square begins, in face widths.
const ABOVE_EYES: f64 = 2.0;
/// The least width of a face over its height: a head turned aside is no smaller.
const FACE_ASPECT_MIN: f64 = 0.75;

/// Below this score the shoulders are hidden or outside the photo.
const SCORE_MIN: f64 = 0.30;
/// Shoulders lie this far apart, in face widths; nearer or wider finds are something else. Seen from the front
/// they gave 1.3 to 3.0.
const SPAN: std::ops::RangeInclusive<f64> = 1.0..=4.0;
/// Both looks have to agree on the angle, degrees. Where they differ by more, the shoulders were cut off, covered
/// by hair, or a hand was taken for one.
const DISAGREEMENT_MAX_DEG: f64 = 6.0;

/// Both shoulders of one person. Left and right are the picture's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shoulders {
    /// The shoulder on the picture's left: the person's right one.
    pub left: Joint,
    /// The shoulder on the picture's right: the person's left one.
    pub right: Joint,
    /// Their line against the horizontal, degrees; positive clockwise as seen, when the picture's right one hangs.
    pub angle_deg: f64,
}

/// One point of a body.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Joint {
    /// Place in the picture.
    pub at: Point,
    /// The model's confidence, 0 to 1.
    pub score: f64,
}

/// Finds the shoulders of the person whose face this is; `None` when they are not seen well enough to say.
pub(crate) fn shoulders(
    net: &Net,
    picture: &Picture,
    mesh: &Mesh,
) -> Result<Option<Shoulders>, InferenceError> {
    let square = Square::around(mesh);
    let seen = square.sample(picture);
    let once = square.look(net, &seen)?;
    let again = square.look(net, &mirrored(&seen))?.mirrored(&square);
    Ok(once.agreeing_with(&again).filter(|shoulders| shoulders.are_plausible(square.face_width)))
}

/// The part of the picture that the model looks at.
struct Square {
    window: Window,
    face_width: f64,
}

impl Square {
    fn around(mesh: &Mesh) -> Self {
        let face = mesh.bounds();
        let face_width = face.width.max(face.height * FACE_ASPECT_MIN);
        let side = SQUARE * face_width;
        let top = mesh.eye_centre().y - ABOVE_EYES * face_width;
        let window = Window { left: face.centre().x - side / 2.0, top, width: side, height: side };
        Self { window, face_width }
    }

    /// The square's pixels, rows from the top, R G B; black beyond the picture.
    fn sample(&self, picture: &Picture) -> Vec<i32> {
        let (seen, covered) = place(picture, self.window, SIDE_PX, SIDE_PX, Kernel::Linear);
        let mut values = Vec::with_capacity((SIDE_PX * SIDE_PX * 3) as usize);
        for y in 0..SIDE_PX {
            for x in 0..SIDE_PX {
                let pixel = if covered.holds(x, y) { seen.pixel(x, y) } else { [0; 3] };
                values.extend(pixel.map(i32::from));
            }
        }
        values
    }

    fn look(&self, net: &Net, pixels: &[i32]) -> Result<Shoulders, InferenceError> {
        let side = SIDE_PX as usize;
        let outputs = net.run(&[1, side, side, 3], pixels)?;
        let [points] = outputs.as_slice() else { return Err(net.unexpected("one output was expected")) };
        if points.values.len() != POINTS * 3 {
            return Err(net.unexpected(format!("an output of shape {:?}", points.shape)));
        }
        let joint = |index: usize| {
            let [y, x, score] = [0, 1, 2].map(|i| f64::from(points.values[index * 3 + i]));
            let at = Point {
                x: self.window.left + x * self.window.width,
                y: self.window.top + y * self.window.height,
            };
            Joint { at, score }
        };
        Ok(Shoulders::between(joint(RIGHT), joint(LEFT)))
    }
}

/// The same square seen in a mirror.
fn mirrored(pixels: &[i32]) -> Vec<i32> {
    let row = (SIDE_PX * 3) as usize;
    pixels.chunks_exact(row).flat_map(|row| row.rchunks_exact(3).flatten().copied()).collect()
}

impl Shoulders {
    fn between(left: Joint, right: Joint) -> Self {
        let angle = (right.at.y - left.at.y).atan2(right.at.x - left.at.x);
        Self { left, right, angle_deg: angle.to_degrees() }
    }

    /// What was found in the mirror, as it lies in the picture.
    fn mirrored(&self, square: &Square) -> Self {
        let back = |joint: Joint| {
            let x = square.window.left + square.window.right() - joint.at.x;
            Joint { at: Point { x, ..joint.at }, ..joint }
        };
        Self::between(back(self.right), back(self.left))
    }

    /// The mean of two looks, unless they contradict each other.
    fn agreeing_with(&self, other: &Self) -> Option<Self> {
        let mean = |a: Joint, b: Joint| Joint { at: a.at.midway(b.at), score: a.score.min(b.score) };
        let agree = (self.angle_deg - other.angle_deg).abs() <= DISAGREEMENT_MAX_DEG;
        agree.then(|| Self::between(mean(self.left, other.left), mean(self.right, other.right)))
    }

    fn are_plausible(&self, face_width: f64) -> bool {
        let span = (self.right.at.x - self.left.at.x) / face_width;
        self.left.score.min(self.right.score) >= SCORE_MIN && SPAN.contains(&span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joint(x: f64, y: f64, score: f64) -> Joint {
        Joint { at: Point { x, y }, score }
    }

    #[test]
    fn a_hanging_shoulder_on_the_right_turns_the_line_clockwise() {
        let hanging = Shoulders::between(joint(100.0, 300.0, 0.9), joint(300.0, 320.0, 0.8));
        assert!((hanging.angle_deg - 5.71).abs() < 0.01, "{hanging:?}");
        assert!(hanging.are_plausible(100.0) && !hanging.are_plausible(40.0));
    }

    #[test]
    fn the_mirror_is_undone() {
        let window = Window { left: 50.0, top: 0.0, width: 400.0, height: 400.0 };
        let square = Square { window, face_width: 100.0 };
        let found = Shoulders::between(joint(100.0, 300.0, 0.9), joint(300.0, 320.0, 0.8));
        let seen_in_mirror = Shoulders::between(joint(200.0, 320.0, 0.8), joint(400.0, 300.0, 0.9));
        assert_eq!(seen_in_mirror.mirrored(&square), found);
        let mean = found.agreeing_with(&seen_in_mirror.mirrored(&square)).unwrap();
        assert_eq!(mean, found);
        assert_eq!(found.agreeing_with(&seen_in_mirror), None, "a line that leans to both sides is unknown");
    }

    #[test]
    fn a_mirrored_square_swaps_whole_pixels() {
        let pixels: Vec<i32> = (0..).take((SIDE_PX * SIDE_PX * 3) as usize).collect();
        let seen = mirrored(&pixels);
        assert_eq!(seen[..3], pixels[(SIDE_PX as usize - 1) * 3..SIDE_PX as usize * 3]);
        assert_eq!(mirrored(&seen), pixels);
    }
}
