//! The matte: how much of each pixel is the person (MODNet, portrait matting), and what it tells about the head.

use crate::crop::Head;
use crate::geometry::Window;
use crate::mesh::Mesh;
use crate::picture::{Picture, Plane};
use crate::resample::{Kernel, cut, place_plane};
use crate::session::{InferenceError, Net};
use crate::spec::Spec;

/// Pixels that the network looks at, at most: its cost is proportional to them. With the edge solved for anew at the
/// portrait's size, 448×480 scores within 2 % of 512×544 on composites with known truth, in 0.77 of the time.
const INPUT_AREA_PX: f64 = 448.0 * 480.0;
/// The network halves its input five times.
const STEP_PX: f64 = 32.0;
/// Values below count as nothing and values above as all: the network is never quite sure.
const FLOOR: f32 = 0.03;
const CEILING: f32 = 0.96;
/// A row belongs to the head while this share of the face's width is covered. Stray hairs are less.
const HEAD_ROW: f64 = 0.16;

/// Matte pixels at the photo's side in which the body counts as cut: the network fades towards its edge.
const EDGE_PX: usize = 4;
/// Coverage there from which it does.
const CUT: f32 = 0.35;

/// A matte over a part of the shot.
#[derive(Debug, Clone)]
pub(crate) struct Matte {
    /// The part of the shot that it covers.
    pub window: Window,
    /// Coverage, on the network's own grid.
    pub alpha: Plane,
}

/// Where the body meets the edges of the photo, as rows of the shot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cuts {
    pub left_y: Option<f64>,
    pub right_y: Option<f64>,
}

/// The part of the shot that any portrait of this face could show: what the narrowest allowed face leaves around
/// itself, no more.
pub(crate) fn surroundings(mesh: &Mesh, picture: &Picture, spec: &Spec) -> Window {
    let face = mesh.bounds();
    let rules = &spec.geometry;
    let per_px = face.width / rules.face_width_px.min;
    let half_width = (f64::from(spec.picture.width_px) / 2.0 + rules.centre_offset_max_px) * per_px;
    let above = rules.eye_line_px.max * per_px;
    let below = (f64::from(spec.picture.height_px) - rules.eye_line_px.min) * per_px;
    let eyes = mesh.eye_centre().y;
    let wanted = Window {
        left: face.centre().x - half_width,
        top: eyes - above,
        width: 2.0 * half_width,
        height: above + below,
    };
    wanted.intersection(&Window::whole(picture.width_px(), picture.height_px())).unwrap_or(face)
}

/// Runs the network on one window of the picture.
pub(crate) fn matte(net: &Net, picture: &Picture, window: Window) -> Result<Matte, InferenceError> {
    let (width, height) = input_size(&window);
    let input = network_input(&cut(picture, window, width, height, Kernel::Linear));
    let alpha = run(net, &input, width, height)?;
    Ok(Matte { window, alpha })
}

/// Runs the network on prepared planes of red, green and blue, −1 to 1.
pub(crate) fn run(net: &Net, input: &[f32], width: u32, height: u32) -> Result<Plane, InferenceError> {
    let mut outputs = net.run(&[1, 3, height as usize, width as usize], input)?;
    let alpha = outputs.pop().filter(|_| outputs.is_empty());
    let alpha = alpha.ok_or_else(|| net.unexpected("one output was expected"))?;
    let values = alpha.values.iter().map(|v| ((v - FLOOR) / (CEILING - FLOOR)).clamp(0.0, 1.0)).collect();
    Plane::new(width, height, values)
        .ok_or_else(|| net.unexpected(format!("an output of shape {:?}", alpha.shape)))
}

/// A small input, shape and values, on which a provider shows that it computes the network rightly: a slope.
pub(crate) fn probe() -> ([usize; 4], Vec<f32>) {
    const SIDE: usize = 64;
    let slope = |i: usize| (i % SIDE) as f32 / (SIDE as f32 / 2.0) - 1.0;
    ([1, 3, SIDE, SIDE], (0..3 * SIDE * SIDE).map(slope).collect())
}

/// The network's input size for a window: the window's shape, in steps that it can halve.
fn input_size(window: &Window) -> (u32, u32) {
    let factor = (INPUT_AREA_PX / window.area()).sqrt();
    let side = |length: f64| ((length * factor / STEP_PX).round() * STEP_PX).clamp(STEP_PX, 1024.0) as u32;
    (side(window.width), side(window.height))
}

fn network_input(picture: &Picture) -> Vec<f32> {
    let area = picture.rgb().len() / 3;
    let mut planes = vec![0.0; area * 3];
    for (i, pixel) in picture.rgb().chunks_exact(3).enumerate() {
        for (channel, &value) in pixel.iter().enumerate() {
            planes[channel * area + i] = (f32::from(value) - 127.5) / 127.5;
        }
    }
    planes
}

impl Matte {
    /// The matte as it lies over `window` of the shot, at the portrait's resolution. Nothing beyond itself.
    pub(crate) fn over(&self, window: Window, width_px: u32, height_px: u32) -> Plane {
        let (sx, sy) = self.scale();
        let own = Window {
            left: (window.left - self.window.left) * sx,
            top: (window.top - self.window.top) * sy,
            width: window.width * sx,
            height: window.height * sy,
        };
        place_plane(&self.alpha, own, width_px, height_px)
    }

    /// The head's lines in the shot. The hairline is found by climbing from the forehead while the rows are
    /// still covered, so that things above the head do not count.
    pub(crate) fn head(&self, mesh: &Mesh, picture: &Picture) -> Head {
        let face = mesh.bounds();
        let (_, sy) = self.scale();
        let forehead =
            ((mesh.forehead().y - self.window.top) * sy).clamp(0.0, f64::from(self.alpha.height_px() - 1));
        let needed = HEAD_ROW * face.width * self.scale().0;
        let mut row = forehead as u32;
        while row > 0 && self.covered(row - 1, &face) >= needed {
            row -= 1;
        }
        let hairline_y = self.window.top + f64::from(row) / sy;
        let reaches_photo_edge = row == 0 && self.window.top < 0.5 && picture.height_px() > 1;
        Head {
            hairline_y: (!reaches_photo_edge).then_some(hairline_y),
            eye_line_y: mesh.eye_centre().y,
            face_width: face.width,
            centre_x: face.centre().x,
        }
    }

    /// Where the body leaves the photo at its sides.
    pub(crate) fn cuts(&self, picture: &Picture) -> Cuts {
        let (_, sy) = self.scale();
        let width = self.alpha.width_px() as usize;
        let first_row = |columns: std::ops::Range<usize>| {
            let cut = |&y: &u32| self.alpha.row(y)[columns.clone()].iter().any(|&v| v > CUT);
            (0..self.alpha.height_px()).find(cut).map(|y| self.window.top + f64::from(y) / sy)
        };
        let at_left = self.window.left < 0.5;
        let at_right = self.window.right() > f64::from(picture.width_px()) - 0.5;
        Cuts {
            left_y: at_left.then(|| first_row(0..EDGE_PX.min(width))).flatten(),
            right_y: at_right.then(|| first_row(width.saturating_sub(EDGE_PX)..width)).flatten(),
        }
    }

    /// Matte pixels covered in a row, as far as a head reaches to the sides.
    fn covered(&self, row: u32, face: &Window) -> f64 {
        let (sx, _) = self.scale();
        let width = f64::from(self.alpha.width_px());
        let column = |x: f64| ((x - self.window.left) * sx).clamp(0.0, width) as usize;
        let reach = face.width * 0.6;
        let columns = column(face.centre().x - reach)..column(face.centre().x + reach);
        self.alpha.row(row)[columns].iter().map(|&v| f64::from(v)).sum()
    }

    /// Matte pixels per shot pixel, across and down.
    fn scale(&self) -> (f64, f64) {
        (
            f64::from(self.alpha.width_px()) / self.window.width,
            f64::from(self.alpha.height_px()) / self.window.height,
        )
    }
}
