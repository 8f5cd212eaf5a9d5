//! How the head is held, in degrees, read off the mesh's three dimensions.

use crate::mesh::{Landmark, Mesh};

/// The forehead-to-chin line of a head held straight leans this much in the mesh, degrees: the median over fifty
/// frontal portraits, half of which lie within 4° of it.
const UPRIGHT_PITCH_DEG: f64 = 8.5;

/// Angles of a head; all zero when it is held straight towards the lens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// Turned; positive towards the picture's right (the person's own left).
    pub yaw_deg: f64,
    /// Nodded; positive downwards.
    pub pitch_deg: f64,
    /// Tilted; positive towards the picture's right shoulder (clockwise as seen).
    pub roll_deg: f64,
}

impl Pose {
    /// Reads the pose of a mesh.
    pub fn of(mesh: &Mesh) -> Self {
        let across = [(234, 454), (127, 356), (93, 323), (132, 361)];
        let yaw = across.map(|(left, right)| {
            let (left, right) = (mesh.landmark(left), mesh.landmark(right));
            (right.depth - left.depth).atan2(left.at.distance(right.at)).to_degrees()
        });
        let (top, chin) = (mesh.landmark(10), mesh.landmark(152));
        let pitch = (chin.depth - top.depth).atan2(top.at.distance(chin.at)).to_degrees();
        Self {
            yaw_deg: yaw.iter().sum::<f64>() / yaw.len() as f64,
            pitch_deg: pitch - UPRIGHT_PITCH_DEG,
            roll_deg: roll(mesh),
        }
    }
}

/// The eyes' line against the horizontal. Corners of the eyes, since irises move with the gaze.
fn roll(mesh: &Mesh) -> f64 {
    let middle = |a: Landmark, b: Landmark| a.at.midway(b.at);
    let left = middle(mesh.landmark(33), mesh.landmark(133));
    let right = middle(mesh.landmark(362), mesh.landmark(263));
    (right.y - left.y).atan2(right.x - left.x).to_degrees()
}
