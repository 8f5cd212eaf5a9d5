//! Whether two shots show the same person: dlib's face descriptor.
//!
//! A descriptor is biometric data. It lives in memory for as long as shots of one collection are compared, cannot be
//! written down or sent, and its numbers appear in no log.

use crate::geometry::{Point, Window};
use crate::mesh::Mesh;
use crate::picture::Picture;
use crate::resample::{Kernel, place};
use crate::session::{InferenceError, Net};

/// Side of the model's input, pixels.
const SIDE_PX: u32 = 150;
/// Numbers of a descriptor.
const LENGTH: usize = 128;
/// Where the outer corners of the eyes lie in the input, pixels: dlib's mean face with a quarter of padding.
const EYES: [Point; 2] = [Point { x: 44.4, y: 41.9 }, Point { x: 105.6, y: 41.9 }];
/// The landmarks of these corners.
const CORNERS: [usize; 2] = [33, 263];

/// What tells one face from another. Compared in memory and dropped; there is no way to store it.
#[derive(Clone)]
pub struct Descriptor {
    values: Vec<f32>,
}

impl Descriptor {
    /// Euclidean distance to another face: 0.31 to 0.42 for the same person, 0.70 to 0.91 for others.
    pub fn distance(&self, other: &Self) -> f64 {
        let squares = self.values.iter().zip(&other.values).map(|(a, b)| f64::from(a - b).powi(2));
        squares.sum::<f64>().sqrt()
    }
}

impl std::fmt::Debug for Descriptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Descriptor(…)")
    }
}

/// Describes the face of this mesh.
pub(crate) fn describe(net: &Net, picture: &Picture, mesh: &Mesh) -> Result<Descriptor, InferenceError> {
    let side = SIDE_PX as usize;
    let mut outputs = net.run(&[1, 3, side, side], &input(picture, mesh))?;
    match outputs.pop().filter(|tensor| tensor.values.len() == LENGTH) {
        Some(tensor) => Ok(Descriptor { values: tensor.values }),
        None => Err(net.unexpected("128 numbers were expected")),
    }
}

/// The face as the model wants it: eyes level and in their place, planes of red, green and blue, 0 to 255.
fn input(picture: &Picture, mesh: &Mesh) -> Vec<f32> {
    let [left, right] = CORNERS.map(|index| mesh.landmark(index).at);
    let angle = (right.y - left.y).atan2(right.x - left.x);
    let scale = left.distance(right).max(1.0) / EYES[0].distance(EYES[1]);
    let (sin, cos) = angle.sin_cos();
    let (eyes, middle) = (left.midway(right), EYES[0].midway(EYES[1]));
    let from = |x: f64, y: f64| {
        let (u, v) = ((x - middle.x) * scale, (y - middle.y) * scale);
        Point { x: eyes.x + u * cos - v * sin, y: eyes.y + u * sin + v * cos }
    };
    // Reduced first, so that no detail turns into noise: upright, as large as the turned square needs.
    let centre = from(f64::from(SIDE_PX) / 2.0, f64::from(SIDE_PX) / 2.0);
    let extent = f64::from(SIDE_PX) * scale * (sin.abs() + cos.abs());
    let window = Window::around(centre, extent, extent);
    let upright_px = ((f64::from(SIDE_PX) * (sin.abs() + cos.abs())).ceil() as u32).max(1);
    let (upright, _) = place(picture, window, upright_px, upright_px, Kernel::Linear);
    let density = f64::from(upright_px) / extent;
    let area = (SIDE_PX * SIDE_PX) as usize;
    let mut planes = vec![0.0; area * 3];
    for y in 0..SIDE_PX {
        for x in 0..SIDE_PX {
            let at = from(f64::from(x) + 0.5, f64::from(y) + 0.5);
            let (u, v) = ((at.x - window.left) * density, (at.y - window.top) * density);
            let colour = upright.pixel(u.max(0.0) as u32, v.max(0.0) as u32);
            for (channel, value) in colour.into_iter().enumerate() {
                planes[channel * area + (y * SIDE_PX + x) as usize] = f32::from(value);
            }
        }
    }
    planes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_tells_nothing_when_it_is_printed() {
        let one = Descriptor { values: vec![0.25; LENGTH] };
        let other = Descriptor { values: vec![0.50; LENGTH] };
        assert!((one.distance(&other) - 0.0625f64.mul_add(128.0, 0.0).sqrt()).abs() < 1e-6);
        assert!(!format!("{one:?}").contains("0.25"));
    }
}
