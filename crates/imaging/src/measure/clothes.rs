//! The clothes, against the colour that will stand behind them.

use super::scene::Scene;
use crate::lab::Lab;

/// Clothes that differ less from the backdrop (CIE L*a*b*) run into it.
const ALIKE: f64 = 22.0;
/// Where clothes begin below the chin, as a share of the face's height: the neck is skin.
const BELOW_CHIN: f64 = 0.18;
/// Coverage of what is surely the person.
const PERSON: f32 = 0.95;
/// Every how many pixels the clothes are looked at.
const STEP: usize = 3;

/// Share of the clothes that has the backdrop's colour, 0 to 1; `None` when no clothes are to be seen.
pub(crate) fn like_the_backdrop(scene: &Scene, backdrop: [u8; 3]) -> Option<f64> {
    let backdrop = Lab::of(backdrop);
    let top = scene.mesh.chin().y + scene.face.height * BELOW_CHIN;
    let (mut clothes, mut alike) = (0usize, 0usize);
    for y in (top.max(0.0) as u32..scene.photo.height_px()).step_by(STEP) {
        for x in (0..scene.photo.width_px()).step_by(STEP) {
            if scene.alpha.row(y)[x as usize] >= PERSON {
                clothes += 1;
                alike += usize::from(Lab::of(scene.photo.pixel(x, y)).difference(backdrop) < ALIKE);
            }
        }
    }
    (clothes >= 50).then(|| alike as f64 / clothes as f64)
}
