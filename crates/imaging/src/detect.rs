//! Finding faces: BlazeFace (short range) over a pyramid, so that small and far faces are found too.
//!
//! The model sees 128×128 pixels and finds faces that fill a good part of them. On the first two levels the whole
//! picture lies in one window, once with a margin around it, for faces that the picture's edge cuts. Each further
//! level doubles the picture and slides the window over it by half its width. Finer levels run only while the
//! faces found so far are absent or small.
//!
//! A find is a candidate: textures, animals and statues reach scores of real faces. What decides is whether the
//! landmark model sees a face there; [`Face::is_certain`] says when that need not be asked.

use crate::geometry::{Point, Window};
use crate::picture::Picture;
use crate::resample::{Kernel, cut};
use crate::session::{InferenceError, Net};

/// Side of the model's input, pixels.
const SIDE_PX: u32 = 128;
const SIDE: f64 = SIDE_PX as f64;
/// The levels: the picture's long side in pixels, and how small the largest face found so far must be, as a share
/// of that side, for the level to run.
const LEVELS: [(u32, f64); 4] =
    [(SIDE_PX * 3 / 4, 1.0), (SIDE_PX, 1.0), (SIDE_PX * 2, 0.25), (SIDE_PX * 4, 0.12)];
/// Below this score a find is not even a candidate.
const CANDIDATE_SCORE: f32 = 0.50;
/// From this score on no find was anything but a face.
const CERTAIN_SCORE: f32 = 0.90;
/// Finds that overlap by more than this share of the smaller one are one face.
const SAME_FACE: f64 = 0.4;
/// On finer levels a window shows at most this much of a face it may report, as a share of the window.
const WINDOW_FACE_MAX: f64 = 0.75;

/// A face as the detector sees it, in the picture's pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// From brows to chin, cheek to cheek.
    pub bounds: Window,
    /// The eye on the picture's left, and on its right.
    pub eyes: [Point; 2],
    /// The detector's confidence, 0 to 1.
    pub score: f32,
}

/// All candidates in the picture, the largest first.
pub(crate) fn detect(net: &Net, picture: &Picture) -> Result<Vec<Face>, InferenceError> {
    let long = f64::from(picture.width_px().max(picture.height_px()));
    let finest = reduce(picture, SIDE_PX * 4);
    let mut faces: Vec<Face> = Vec::new();
    for (long_px, small) in LEVELS {
        let largest = faces.iter().filter(|face| face.is_certain()).map(|face| face.bounds.width);
        if largest.fold(0.0, f64::max) > small * long {
            break;
        }
        let level = reduce(&finest, long_px);
        let scale = long / f64::from(level.width_px().max(level.height_px()));
        let partial = long_px > SIDE_PX;
        for corner in windows(&level) {
            faces.extend(look(net, &level, corner, partial)?.iter().map(|face| face.scaled(scale)));
        }
        faces = merge(faces);
    }
    Ok(faces)
}

impl Face {
    /// Whether the score alone proves a face.
    pub fn is_certain(&self) -> bool {
        self.score >= CERTAIN_SCORE
    }

    pub(crate) fn scaled(&self, factor: f64) -> Self {
        let point = |p: Point| Point { x: p.x * factor, y: p.y * factor };
        Self { bounds: self.bounds.scaled(factor), eyes: self.eyes.map(point), score: self.score }
    }

    fn moved(&self, x: f64, y: f64) -> Self {
        let point = |p: Point| Point { x: p.x + x, y: p.y + y };
        let bounds = Window { left: self.bounds.left + x, top: self.bounds.top + y, ..self.bounds };
        Self { bounds, eyes: self.eyes.map(point), score: self.score }
    }
}

/// The picture with its long side at `long_px`, up or down.
fn reduce(picture: &Picture, long_px: u32) -> Picture {
    let (width, height) = (f64::from(picture.width_px()), f64::from(picture.height_px()));
    let factor = f64::from(long_px) / width.max(height);
    let side = |length: f64| ((length * factor).round() as u32).max(1);
    let (out_width, out_height) = (side(width), side(height));
    if (out_width, out_height) == (picture.width_px(), picture.height_px()) {
        return picture.clone();
    }
    let kernel = if factor < 0.5 { Kernel::Box } else { Kernel::Linear };
    cut(picture, Window::whole(picture.width_px(), picture.height_px()), out_width, out_height, kernel)
}

/// Corners of the windows that cover a level, half a window apart.
fn windows(level: &Picture) -> Vec<(i64, i64)> {
    let starts = |length_px: u32| -> Vec<i64> {
        let length = i64::from(length_px);
        let side = i64::from(SIDE_PX);
        if length <= side {
            // Letterboxed: the picture stands in the middle.
            return vec![(length - side) / 2];
        }
        let steps = (length - side).div_euclid(side / 2) + i64::from((length - side) % (side / 2) != 0);
        (0..=steps).map(|step| step * (length - side) / steps).collect()
    };
    let columns = starts(level.width_px());
    starts(level.height_px()).into_iter().flat_map(|y| columns.iter().map(move |&x| (x, y))).collect()
}

/// Runs the model on one window of a level; faces in the level's pixels.
fn look(
    net: &Net,
    level: &Picture,
    (x0, y0): (i64, i64),
    partial: bool,
) -> Result<Vec<Face>, InferenceError> {
    let side = SIDE_PX as usize;
    let mut input = vec![-1.0f32; side * side * 3];
    let (width, height) = (i64::from(level.width_px()), i64::from(level.height_px()));
    for y in 0..i64::from(SIDE_PX) {
        for x in 0..i64::from(SIDE_PX) {
            let (from_x, from_y) = (x + x0, y + y0);
            if (0..width).contains(&from_x) && (0..height).contains(&from_y) {
                let at = (y as usize * side + x as usize) * 3;
                for (value, channel) in
                    input[at..at + 3].iter_mut().zip(level.pixel(from_x as u32, from_y as u32))
                {
                    *value = f32::from(channel) / 127.5 - 1.0;
                }
            }
        }
    }
    let outputs = net.run(&[1, side, side, 3], &input)?;
    let [boxes, scores] = outputs.as_slice() else { return Err(net.unexpected("two outputs were expected")) };
    if boxes.values.len() != 16 * ANCHORS || scores.values.len() != ANCHORS {
        return Err(net.unexpected(format!("outputs of shape {:?}, {:?}", boxes.shape, scores.shape)));
    }
    let mut faces = Vec::new();
    for ((anchor, values), logit) in anchors().zip(boxes.values.chunks_exact(16)).zip(&scores.values) {
        let score = 1.0 / (1.0 + (-logit.clamp(-100.0, 100.0)).exp());
        if score < CANDIDATE_SCORE {
            continue;
        }
        let face = read(anchor, values, score);
        let inside = face.bounds.left > 1.0
            && face.bounds.top > 1.0
            && face.bounds.right() < SIDE - 1.0
            && face.bounds.bottom() < SIDE - 1.0;
        if !partial || (inside && face.bounds.width < WINDOW_FACE_MAX * SIDE) {
            faces.push(face.moved(x0 as f64, y0 as f64));
        }
    }
    Ok(merge(faces))
}

/// Anchors: 16×16 cells with two each, then 8×8 cells with six each.
const ANCHORS: usize = 16 * 16 * 2 + 8 * 8 * 6;

/// Centres of the anchors in the window's pixels, in the model's order.
fn anchors() -> impl Iterator<Item = Point> {
    [(16u32, 2usize), (8, 6)].into_iter().flat_map(|(cells, each)| {
        let step = SIDE / f64::from(cells);
        (0..cells * cells).flat_map(move |cell| {
            let x = (f64::from(cell % cells) + 0.5) * step;
            let y = (f64::from(cell / cells) + 0.5) * step;
            std::iter::repeat_n(Point { x, y }, each)
        })
    })
}

/// One row of the model's output: box centre and size, then six keypoints, all relative to the anchor, in pixels.
fn read(anchor: Point, values: &[f32], score: f32) -> Face {
    let point =
        |i: usize| Point { x: anchor.x + f64::from(values[i]), y: anchor.y + f64::from(values[i + 1]) };
    let bounds = Window::around(point(0), f64::from(values[2]).max(1.0), f64::from(values[3]).max(1.0));
    Face { bounds, eyes: [point(4), point(6)], score }
}

/// Joins finds of the same face into their mean, weighted by score; the largest face first.
fn merge(mut finds: Vec<Face>) -> Vec<Face> {
    finds.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces = Vec::new();
    while !finds.is_empty() {
        let best = finds[0].clone();
        let (same, others): (Vec<_>, Vec<_>) = finds.into_iter().partition(|face| is_same(&best, face));
        finds = others;
        faces.push(mean(&best, &same));
    }
    faces.sort_by(|a, b| b.bounds.width.total_cmp(&a.bounds.width));
    faces
}

fn is_same(a: &Face, b: &Face) -> bool {
    let shared = a.bounds.intersection(&b.bounds).map_or(0.0, |window| window.area());
    shared > SAME_FACE * a.bounds.area().min(b.bounds.area())
}

fn mean(best: &Face, same: &[Face]) -> Face {
    // Only finds of about the same size describe the same outline; a find of half a face does not.
    let like: Vec<&Face> =
        same.iter().filter(|face| (0.7..1.43).contains(&(face.bounds.width / best.bounds.width))).collect();
    let total: f64 = like.iter().map(|face| f64::from(face.score)).sum();
    let of = |value: &dyn Fn(&Face) -> f64| {
        like.iter().map(|face| value(face) * f64::from(face.score)).sum::<f64>() / total
    };
    let eye = |i: usize| Point { x: of(&|face| face.eyes[i].x), y: of(&|face| face.eyes[i].y) };
    Face {
        bounds: Window {
            left: of(&|face| face.bounds.left),
            top: of(&|face| face.bounds.top),
            width: of(&|face| face.bounds.width),
            height: of(&|face| face.bounds.height),
        },
        eyes: [eye(0), eye(1)],
        score: best.score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(left: f64, width: f64, score: f32) -> Face {
        let bounds = Window { left, top: 0.0, width, height: width };
        let eye = Point { x: left, y: 0.0 };
        Face { bounds, eyes: [eye, eye], score }
    }

    #[test]
    fn there_is_an_anchor_for_every_output() {
        assert_eq!(anchors().count(), ANCHORS);
        assert_eq!(anchors().next(), Some(Point { x: 4.0, y: 4.0 }));
        assert_eq!(anchors().last(), Some(Point { x: 120.0, y: 120.0 }));
    }

    #[test]
    fn overlapping_finds_are_one_face_and_the_largest_comes_first() {
        let faces = merge(vec![face(0.0, 10.0, 0.9), face(1.0, 10.0, 0.8), face(50.0, 20.0, 0.8)]);
        assert_eq!(faces.len(), 2);
        assert!((faces[0].bounds.width - 20.0).abs() < 1e-9);
        assert!(faces[1].bounds.left > 0.0 && faces[1].bounds.left < 1.0);
    }

    #[test]
    fn windows_cover_a_level_to_its_edges() {
        let corners = windows(&Picture::filled(300, 128, [0; 3]));
        assert_eq!(corners.first(), Some(&(0, 0)));
        assert_eq!(corners.last(), Some(&(300 - 128, 0)));
        assert!(corners.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 64));
        assert_eq!(windows(&Picture::filled(128, 60, [0; 3])), [(0, -34)]);
    }
}
