//! 478 landmarks on a face, irises included (MediaPipe's face mesh).

use crate::detect::Face;
use crate::geometry::{Point, Window};
use crate::picture::Picture;
use crate::resample::{Kernel, place};
use crate::session::{InferenceError, Net};

/// Landmarks in a mesh.
pub const LANDMARKS: usize = 478;

/// Side of the model's input, pixels.
const SIDE_PX: u32 = 256;
const SIDE: f64 = SIDE_PX as f64;
/// How much more than the face the model wants to see, on each axis.
const MARGIN: f64 = 1.5;

/// Outline of the face, clockwise from the top of the forehead, as indices of landmarks.
pub(crate) const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// A landmark: a place in the picture, and how far behind the face's middle it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmark {
    /// Place in the picture.
    pub at: Point,
    /// Depth in picture pixels; smaller is nearer to the camera.
    pub depth: f64,
}

/// The landmarks of one face. Left and right are the picture's.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    points: Vec<Landmark>,
    /// The model's belief that a face is there at all, 0 to 1.
    pub presence: f64,
}

/// The square that the model looks at: turned so that the eyes lie level in it.
#[derive(Debug, Clone, Copy)]
struct Region {
    centre: Point,
    side: f64,
    /// Radians, clockwise on the screen.
    angle: f64,
}

/// Finds the landmarks of a detected face. `careful` looks twice, the second time where the first found the
/// face: steadier, and worth the time on a still.
pub(crate) fn locate(
    net: &Net,
    picture: &Picture,
    face: &Face,
    careful: bool,
) -> Result<Mesh, InferenceError> {
    let mesh = look(net, picture, Region::of_face(face))?;
    if careful { look(net, picture, Region::of_mesh(&mesh)) } else { Ok(mesh) }
}

/// Finds the landmarks of a face again that was here a moment ago.
pub(crate) fn follow(net: &Net, picture: &Picture, before: &Mesh) -> Result<Mesh, InferenceError> {
    look(net, picture, Region::of_mesh(before))
}

impl Mesh {
    /// One landmark by MediaPipe's index; an index beyond the mesh means the last.
    pub fn landmark(&self, index: usize) -> Landmark {
        self.points[index.min(LANDMARKS - 1)]
    }

    /// The middles of the irises: the eye on the picture's left, then on its right.
    pub fn pupils(&self) -> [Point; 2] {
        [self.at(468), self.at(473)]
    }

    /// Halfway between the pupils.
    pub fn eye_centre(&self) -> Point {
        let [left, right] = self.pupils();
        left.midway(right)
    }

    /// Top of the forehead as far as the mesh reaches.
    pub fn forehead(&self) -> Point {
        self.at(10)
    }

    /// Lowest point of the chin.
    pub fn chin(&self) -> Point {
        self.at(152)
    }

    /// The face from forehead to chin and cheek to cheek.
    pub fn bounds(&self) -> Window {
        let oval = OVAL.map(|index| self.at(index));
        let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
        let (mut right, mut bottom) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for point in oval {
            (left, right) = (left.min(point.x), right.max(point.x));
            (top, bottom) = (top.min(point.y), bottom.max(point.y));
        }
        Window { left, top, width: (right - left).max(1.0), height: (bottom - top).max(1.0) }
    }

    /// The face's outline, clockwise from the top of the forehead.
    pub fn outline(&self) -> Vec<Point> {
        OVAL.iter().map(|&index| self.at(index)).collect()
    }

    /// Gap between the lips over the mouth's width.
    pub fn lip_gap(&self) -> f64 {
        let gap =
            [(13, 14), (82, 87), (312, 317)].map(|(upper, lower)| self.at(upper).distance(self.at(lower)));
        gap.iter().sum::<f64>() / 3.0 / self.at(78).distance(self.at(308)).max(1.0)
    }

    /// The same mesh in a picture that shows `window` of this one at `scale` output pixels per pixel.
    #[must_use]
    pub fn seen_in(&self, window: &Window, scale: f64) -> Self {
        let move_into = |point: &Landmark| Landmark {
            at: Point { x: (point.at.x - window.left) * scale, y: (point.at.y - window.top) * scale },
            depth: point.depth * scale,
        };
        Self { points: self.points.iter().map(move_into).collect(), presence: self.presence }
    }

    pub(crate) fn at(&self, index: usize) -> Point {
        self.landmark(index).at
    }
}

impl Region {
    fn of_face(face: &Face) -> Self {
        let [left, right] = face.eyes;
        Self {
            centre: face.bounds.centre(),
            side: face.bounds.width.max(face.bounds.height) * MARGIN,
            angle: (right.y - left.y).atan2(right.x - left.x),
        }
    }

    fn of_mesh(mesh: &Mesh) -> Self {
        let (left, right) = (mesh.at(33), mesh.at(263));
        let angle = (right.y - left.y).atan2(right.x - left.x);
        // The face's extent along its own axes.
        let turned = |p: Point| Point {
            x: p.x * angle.cos() + p.y * angle.sin(),
            y: p.y * angle.cos() - p.x * angle.sin(),
        };
        let points = mesh.points.iter().map(|landmark| turned(landmark.at));
        let (mut low, mut high) = (turned(mesh.at(1)), turned(mesh.at(1)));
        for point in points {
            low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        let middle = low.midway(high);
        let centre = Point {
            x: middle.x * angle.cos() - middle.y * angle.sin(),
            y: middle.y * angle.cos() + middle.x * angle.sin(),
        };
        Self { centre, side: (high.x - low.x).max(high.y - low.y).max(1.0) * MARGIN, angle }
    }

    /// From the square's pixels to the picture's.
    fn outward(&self, x: f64, y: f64) -> Point {
        let (u, v) = ((x - SIDE / 2.0) * self.side / SIDE, (y - SIDE / 2.0) * self.side / SIDE);
        let (sin, cos) = self.angle.sin_cos();
        Point { x: self.centre.x + u * cos - v * sin, y: self.centre.y + u * sin + v * cos }
    }

    /// The square's pixels as the model wants them, 0 to 1.
    fn sample(&self, picture: &Picture) -> Vec<f32> {
        let (sin, cos) = self.angle.sin_cos();
        let extent = self.side * (sin.abs() + cos.abs());
        let upright_px = ((SIDE * (sin.abs() + cos.abs())).ceil() as u32).max(1);
        let window = Window::around(self.centre, extent, extent);
        let (upright, _) = place(picture, window, upright_px, upright_px, Kernel::Linear);
        let scale = f64::from(upright_px) / extent;
        let step = self.side / SIDE * scale;
        let (step_x, step_y) = ((step * cos) as f32, (step * sin) as f32);
        let mut input = Vec::with_capacity((SIDE_PX * SIDE_PX * 3) as usize);
        for y in 0..SIDE_PX {
            let first = self.outward(0.5, f64::from(y) + 0.5);
            let u = ((first.x - window.left) * scale - 0.5) as f32;
            let v = ((first.y - window.top) * scale - 0.5) as f32;
            for x in 0..SIDE_PX {
                let along = x as f32;
                input.extend(bilinear(&upright, u + along * step_x, v + along * step_y));
            }
        }
        input
    }
}

fn look(net: &Net, picture: &Picture, region: Region) -> Result<Mesh, InferenceError> {
    let side = SIDE_PX as usize;
    let outputs = net.run(&[1, side, side, 3], &region.sample(picture))?;
    let [points, presence, ..] = outputs.as_slice() else {
        return Err(net.unexpected("landmarks and presence were expected"));
    };
    if points.values.len() != LANDMARKS * 3 || presence.values.is_empty() {
        return Err(net.unexpected(format!("outputs of shape {:?}, {:?}", points.shape, presence.shape)));
    }
    let points = points
        .values
        .chunks_exact(3)
        .map(|p| Landmark {
            at: region.outward(f64::from(p[0]), f64::from(p[1])),
            depth: f64::from(p[2]) * region.side / SIDE,
        })
        .collect();
    let presence = 1.0 / (1.0 + (-f64::from(presence.values[0])).exp());
    Ok(Mesh { points, presence })
}

/// The colour between four pixels of a square picture, 0 to 1.
fn bilinear(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    let side = picture.width_px() as usize;
    let last = (side - 1) as f32;
    let (x, y) = (x.clamp(0.0, last), y.clamp(0.0, last));
    let (column, row) = (x as usize, y as usize);
    let (right, down) = (x - column as f32, y - row as f32);
    let beside = if column + 1 < side { 3 } else { 0 };
    let below = if row + 1 < side { side * 3 } else { 0 };
    let at = (row * side + column) * 3;
    let pixels = &picture.rgb()[at..at + beside + below + 3];
    std::array::from_fn(|channel| {
        let corner = |offset: usize| f32::from(pixels[offset + channel]);
        let upper = corner(0) + (corner(beside) - corner(0)) * right;
        let lower = corner(below) + (corner(below + beside) - corner(below)) * right;
        (upper + (lower - upper) * down) * (1.0 / 255.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_region_maps_its_corners_round_its_centre() {
        let region =
            Region { centre: Point { x: 100.0, y: 50.0 }, side: 256.0, angle: std::f64::consts::FRAC_PI_2 };
        let corner = region.outward(0.0, 0.0);
        assert!((corner.x - 228.0).abs() < 1e-9 && (corner.y + 78.0).abs() < 1e-9, "{corner:?}");
    }

    #[test]
    fn the_model_sees_the_region_in_its_place() {
        let mut picture = Picture::filled(512, 512, [0; 3]);
        for y in 0..512usize {
            for x in 256..512usize {
                picture.rgb_mut()[(y * 512 + x) * 3] = 255;
            }
        }
        let region = Region { centre: Point { x: 256.0, y: 256.0 }, side: 512.0, angle: 0.0 };
        let input = region.sample(&picture);
        let red = |x: usize, y: usize| input[(y * 256 + x) * 3];
        assert!(red(100, 10) < 0.01 && red(200, 250) > 0.99);
    }
}
