//! The wall behind the person: how even it is, and how well it can be told from the person.

use super::scene::Scene;
use crate::lab::Lab;
use crate::picture::{Picture, Plane};

/// Coverage up to which a pixel is wall, and from which it is person.
const WALL: f32 = 0.02;
const PERSON: f32 = 0.98;
/// Distance, as a share of the face's width, from which the colours at an edge are taken.
const NEAR_FACE: f64 = 0.05;
/// Person and wall that differ less (CIE L*a*b*) cannot be told apart by colour.
const ALIKE: f64 = 12.0;
/// Every how many pixels the wall is looked at.
const STEP: usize = 3;

/// How uneven the wall is: the standard deviation of its lightness, 0 to 100; `None` when none of it is to be seen.
pub(crate) fn unevenness(scene: &Scene) -> Option<f64> {
    let width = scene.photo.width_px();
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for y in (0..scene.photo.height_px()).step_by(STEP) {
        for x in (0..width).step_by(STEP) {
            if scene.alpha.row(y)[x as usize] <= WALL {
                let l = Lab::of(scene.photo.pixel(x, y)).l;
                count += 1.0;
                sum += l;
                squares += l * l;
            }
        }
    }
    let enough = f64::from(width * scene.photo.height_px()) / (STEP * STEP) as f64 * 0.01;
    (count > enough).then(|| (squares / count - (sum / count).powi(2)).max(0.0).sqrt())
}

/// Share of the person's edge along which wall and person have the same colour, 0 to 1.
pub(crate) fn inseparable(scene: &Scene) -> f64 {
    let reach = ((scene.face.width * NEAR_FACE) as usize).max(2);
    let person = Means::of(scene.photo, scene.alpha, reach, |alpha| alpha >= PERSON);
    let wall = Means::of(scene.photo, scene.alpha, reach, |alpha| alpha <= WALL);
    let (mut edge, mut alike) = (0.0, 0.0);
    for (at, &alpha) in scene.alpha.values().iter().enumerate() {
        if !(0.2..=0.8).contains(&alpha) {
            continue;
        }
        if let (Some(person), Some(wall)) = (person.colour(at), wall.colour(at)) {
            edge += 1.0;
            alike += f64::from(Lab::of(person).difference(Lab::of(wall)) < ALIKE);
        }
    }
    if edge > 0.0 { alike / edge } else { 0.0 }
}

/// Mean colours of the chosen pixels around every pixel.
struct Means {
    /// Sums of red, green, blue and the count, over all pixels above and to the left.
    sums: Vec<[u32; 4]>,
    width: usize,
    height: usize,
    reach: usize,
}

impl Means {
    fn of(photo: &Picture, alpha: &Plane, reach: usize, chosen: impl Fn(f32) -> bool) -> Self {
        let (width, height) = (photo.width_px() as usize, photo.height_px() as usize);
        let stride = width + 1;
        let mut sums = vec![[0u32; 4]; stride * (height + 1)];
        for y in 0..height {
            let mut row = [0u32; 4];
            for x in 0..width {
                let at = y * width + x;
                if chosen(alpha.values()[at]) {
                    for (sum, channel) in row.iter_mut().zip(&photo.rgb()[at * 3..at * 3 + 3]) {
                        *sum += u32::from(*channel);
                    }
                    row[3] += 1;
                }
                let above = sums[y * stride + x + 1];
                sums[(y + 1) * stride + x + 1] = std::array::from_fn(|i| above[i] + row[i]);
            }
        }
        Self { sums, width, height, reach }
    }

    fn colour(&self, at: usize) -> Option<[u8; 3]> {
        let (x, y) = (at % self.width, at / self.width);
        let (left, top) = (x.saturating_sub(self.reach), y.saturating_sub(self.reach));
        let (right, bottom) = ((x + self.reach + 1).min(self.width), (y + self.reach + 1).min(self.height));
        let corner = |x: usize, y: usize| self.sums[y * (self.width + 1) + x];
        let [upper_left, upper_right] = [corner(left, top), corner(right, top)];
        let [lower_left, lower_right] = [corner(left, bottom), corner(right, bottom)];
        let sums: [u32; 4] =
            std::array::from_fn(|i| lower_right[i] + upper_left[i] - upper_right[i] - lower_left[i]);
        (sums[3] > 0).then(|| std::array::from_fn(|i| (sums[i] / sums[3]) as u8))
    }
}
