//! The picture that is measured: the crop as the camera saw it, what of it is the person, and the skin's colour.

use crate::geometry::{Point, Window};
use crate::lab::{Lab, luminance};
use crate::mesh::Mesh;
use crate::picture::{Picture, Plane};

/// Spots of bare skin on the cheeks, on the picture's left and right.
const CHEEKS: [usize; 6] = [50, 101, 205, 280, 330, 425];
/// Samples that a spot's colour is the middle of, to each side.
const SAMPLES: i32 = 3;
/// Colours that differ less from the skin, lightness counted half, are skin in another light.
const SKIN_LIKE: f64 = 17.0;

/// Everything that is measured in belongs to one picture, in its pixels.
pub(crate) struct Scene<'a> {
    /// The crop with its old wall.
    pub photo: &'a Picture,
    /// How much of each pixel is the person.
    pub alpha: &'a Plane,
    pub mesh: &'a Mesh,
    /// The face from forehead to chin.
    pub face: Window,
    /// The colour of the skin on the cheeks.
    pub skin: Lab,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(photo: &'a Picture, alpha: &'a Plane, mesh: &'a Mesh) -> Self {
        let face = mesh.bounds();
        let cheeks = CHEEKS.map(|index| Spot::at(photo, mesh.at(index), radius(&face)).colour);
        let middle = |part: fn(&Lab) -> f64| median(cheeks.iter().map(part).collect());
        let skin = Lab { l: middle(|c| c.l), a: middle(|c| c.a), b: middle(|c| c.b) };
        Self { photo, alpha, mesh, face, skin }
    }

    /// The colour around a landmark.
    pub(crate) fn spot(&self, index: usize) -> Spot {
        self.spot_at(self.mesh.at(index))
    }

    /// The colour around a place.
    pub(crate) fn spot_at(&self, at: Point) -> Spot {
        Spot::at(self.photo, at, radius(&self.face))
    }

    /// Whether a colour could be this person's skin.
    pub(crate) fn is_skin(&self, colour: Lab) -> bool {
        let (l, a, b) = ((colour.l - self.skin.l) / 2.0, colour.a - self.skin.a, colour.b - self.skin.b);
        (l * l + a * a + b * b).sqrt() < SKIN_LIKE
    }

    /// How much of the pixel at a place is the person; nothing beyond the picture.
    pub(crate) fn coverage(&self, x: i64, y: i64) -> f32 {
        let (width, height) = (i64::from(self.alpha.width_px()), i64::from(self.alpha.height_px()));
        if (0..width).contains(&x) && (0..height).contains(&y) {
            self.alpha.row(y as u32)[x as usize]
        } else {
            0.0
        }
    }
}

/// The middle colour of a small patch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub colour: Lab,
    /// Relative luminance, 0 to 1.
    pub luminance: f64,
}

impl Spot {
    fn at(picture: &Picture, centre: Point, radius: f64) -> Self {
        let side = (2 * SAMPLES + 1) as usize;
        let mut colours = Vec::with_capacity(side * side);
        for j in -SAMPLES..=SAMPLES {
            for i in -SAMPLES..=SAMPLES {
                let step = radius / f64::from(SAMPLES);
                let x = (centre.x + f64::from(i) * step).max(0.0) as u32;
                let y = (centre.y + f64::from(j) * step).max(0.0) as u32;
                colours.push(picture.pixel(x, y));
            }
        }
        let middle = |channel: usize| {
            let mut values: Vec<u8> = colours.iter().map(|colour| colour[channel]).collect();
            values.sort_unstable();
            values[values.len() / 2]
        };
        let colour = [middle(0), middle(1), middle(2)];
        Self { colour: Lab::of(colour), luminance: luminance(colour) }
    }
}

/// Half a spot's side for a face of this size, pixels.
fn radius(face: &Window) -> f64 {
    (face.width * 0.025).max(1.0)
}

/// The middle of some values; zero when there are none.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
