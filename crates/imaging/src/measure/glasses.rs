//! Glasses, as far as they harm: reflections over the eyes, and dark lenses.

use super::scene::{Scene, median};
use crate::geometry::Point;
use crate::lab::Lab;

/// An eye: its corners, upper and lower lid, and the skin below it and on the cheek under that.
struct Eye {
    corners: [usize; 2],
    iris: [usize; 2],
    below: [usize; 3],
    cheek: [usize; 2],
}

const EYES: [Eye; 2] = [
    Eye { corners: [33, 133], iris: [468, 469], below: [230, 231, 229], cheek: [50, 205] },
    Eye { corners: [263, 362], iris: [473, 474], below: [450, 451, 449], cheek: [280, 425] },
];
/// Half a lens, as a share of the eye's width.
const LENS: (f64, f64) = (0.95, 0.62);
/// The iris's own glint is no reflection in a lens.
const IRIS: f64 = 1.25;
/// A reflection is at least this light, and colourless or strongly coated.
const GLARE_LIGHTNESS: f64 = 92.0;

/// Share of a lens that is a bright reflection, of the worse eye, 0 to 1.
pub(crate) fn glare(scene: &Scene) -> f64 {
    EYES.iter().map(|eye| eye.glare(scene)).fold(0.0, f64::max)
}

/// The light on the skin right below the eyes over the light on the cheeks, of the darker eye: dark lenses, or deep
/// shadows, swallow it.
pub(crate) fn tint(scene: &Scene) -> f64 {
    let light =
        |indices: &[usize]| median(indices.iter().map(|&index| scene.spot(index).luminance).collect());
    EYES.iter().map(|eye| light(&eye.below) / light(&eye.cheek).max(1e-3)).fold(f64::INFINITY, f64::min)
}

impl Eye {
    fn glare(&self, scene: &Scene) -> f64 {
        let [outer, inner] = self.corners.map(|index| scene.mesh.at(index));
        let (centre, width) = (outer.midway(inner), outer.distance(inner));
        let [middle, rim] = self.iris.map(|index| scene.mesh.at(index));
        let iris = middle.distance(rim) * IRIS;
        // Skin that is as light as a lamp's reflection is no reflection.
        let bright = GLARE_LIGHTNESS.max(scene.skin.l + 12.0);
        let (mut lens, mut bright_px) = (0usize, 0usize);
        let (across, down) = ((LENS.0 * width) as i64, (LENS.1 * width) as i64);
        for dy in -down..=down {
            for dx in -across..=across {
                let (u, v) = (dx as f64 / (LENS.0 * width), dy as f64 / (LENS.1 * width));
                let at = Point { x: centre.x + dx as f64, y: centre.y + dy as f64 };
                if u * u + v * v > 1.0 || at.distance(middle) < iris {
                    continue;
                }
                lens += 1;
                let colour = scene.photo.pixel(at.x.max(0.0) as u32, at.y.max(0.0) as u32);
                bright_px += usize::from(Lab::of(colour).l > bright);
            }
        }
        bright_px as f64 / lens.max(1) as f64
    }
}
