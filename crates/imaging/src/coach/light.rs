//! The light on a face in a live frame: how bright, and from which side.

use crate::geometry::Window;
use crate::measure::{Scene, brightness, evenness};
use crate::mesh::Mesh;
use crate::picture::{Picture, Plane};
use crate::resample::{Kernel, place};

/// Width that the face is reduced to before it is measured: enough for means over skin.
const FACE_PX: u32 = 72;
/// Spots on the cheeks on the picture's left, and their mirror images.
const LEFT: [usize; 3] = [50, 101, 205];
const RIGHT: [usize; 3] = [280, 330, 425];

/// What lights a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Light {
    /// As `FindingId::Exposure` counts it, 0 to 255.
    pub brightness: f64,
    /// As `FindingId::LightEven` counts it: the darker half's light over the brighter half's.
    pub evenness: f64,
    /// Whether the picture's left half is the brighter one.
    pub from_left: bool,
}

impl Light {
    pub(super) fn on(frame: &Picture, mesh: &Mesh) -> Self {
        let face = mesh.bounds();
        let scale = f64::from(FACE_PX) / face.width;
        let height_px = (face.height * scale).round().clamp(1.0, f64::from(FACE_PX) * 4.0) as u32;
        let window = Window::around(face.centre(), face.width, f64::from(height_px) / scale);
        let (small, _) = place(frame, window, FACE_PX, height_px, Kernel::Box);
        let mesh = mesh.seen_in(&window, scale);
        let everything = Plane::filled(1, 1, 1.0);
        let scene = Scene::new(&small, &everything, &mesh);
        let cheeks = |spots: [usize; 3]| spots.map(|index| scene.spot(index).luminance).iter().sum::<f64>();
        Self {
            brightness: brightness(&small, &mesh),
            evenness: evenness(&scene),
            from_left: cheeks(LEFT) > cheeks(RIGHT),
        }
    }
}
