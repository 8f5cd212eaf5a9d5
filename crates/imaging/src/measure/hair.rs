//! Hair where it should not be, and other things on the head.

use super::scene::Scene;
use crate::geometry::Point;
use crate::lab::Lab;

/// Upper edges of the brows, from the outside in, and the landmarks right below them on the lids.
const BROWS_UPPER: [usize; 10] = [70, 63, 105, 66, 107, 300, 293, 334, 296, 336];
const BROWS_LOWER: [usize; 8] = [53, 52, 65, 55, 283, 282, 295, 285];
const LIDS_UPPER: [usize; 8] = [161, 160, 158, 157, 388, 387, 385, 384];
/// Heights above a brow that are looked at, as shares of the face's height.
const ABOVE_BROW: [f64; 3] = [0.035, 0.055, 0.075];
/// The ear's rows: from the eye's outer corner to the nose's lower end.
const EAR_ROWS: [(usize, usize, usize); 2] = [(33, 2, 234), (263, 2, 454)];
/// How far beside the face's outline an ear is looked for, as shares of the face's width.
const BESIDE: (f64, f64) = (-0.02, 0.13);
/// Hair of natural or common colours: little colour, or a hue between red and yellow (degrees).
const HAIR_CHROMA: f64 = 20.0;
const HAIR_HUE_DEG: (f64, f64) = (10.0, 95.0);
/// Colours that differ less from the cheeks, lightness counted a third, could be an ear.
const EAR_LIKE: f64 = 19.0;
/// Hair over skin has at most this share of its lightness, and of its colour.
const HAIR_DARKER: f64 = 0.55;
const HAIR_DULLER: f64 = 0.75;
/// Coverage of what is surely the person.
const PERSON: f32 = 0.9;

/// Share of the skin right above the brows that is covered, 0 to 1.
pub(crate) fn over_brows(scene: &Scene) -> f64 {
    let spots = BROWS_UPPER.iter().flat_map(|&index| {
        let brow = scene.mesh.at(index);
        ABOVE_BROW.map(|up| Point { x: brow.x, y: brow.y - up * scene.face.height })
    });
    covered(scene, spots)
}

/// Share of the skin between brows and eyes that is covered by hair, 0 to 1. Lids lie in shadow, and beards are no hair
/// over the eyes: only what is much darker than the skin, and less colourful, counts.
pub(crate) fn over_eyes(scene: &Scene) -> f64 {
    let spots =
        BROWS_LOWER.iter().zip(LIDS_UPPER).map(|(&brow, lid)| scene.mesh.at(brow).midway(scene.mesh.at(lid)));
    let colours: Vec<Lab> = spots.map(|at| scene.spot_at(at).colour).collect();
    let covered = colours.iter().filter(|colour| {
        colour.l < scene.skin.l * HAIR_DARKER && colour.chroma() < scene.skin.chroma() * HAIR_DULLER
    });
    covered.count() as f64 / colours.len().max(1) as f64
}

/// Whether a colour could be an ear's: ears are redder than cheeks, and lie in shadow or against the light.
fn is_ear(colour: Lab, skin: Lab) -> bool {
    let (l, a, b) = ((colour.l - skin.l) / 3.0, colour.a - skin.a, colour.b - skin.b);
    colour.a > skin.a / 2.0 && (l * l + a * a + b * b).sqrt() < EAR_LIKE
}

/// How much of the less visible ear is seen, 0 to 1: the share of rows beside the face in which there is skin.
pub(crate) fn ears(scene: &Scene) -> f64 {
    EAR_ROWS
        .map(|(eye, nose, side)| {
            let (top, bottom) = (scene.mesh.at(eye).y as i64, scene.mesh.at(nose).y as i64);
            let outline = scene.mesh.at(side).x;
            let outward = if outline < scene.mesh.at(1).x { -1.0 } else { 1.0 };
            let columns = |share: f64| (outline + outward * share * scene.face.width) as i64;
            let (from, to) = (columns(BESIDE.0), columns(BESIDE.1));
            let rows = (top..bottom).filter(|&y| {
                let skin = (from.min(to)..=from.max(to)).filter(|&x| {
                    scene.coverage(x, y) >= PERSON
                        && is_ear(Lab::of(scene.photo.pixel(x.max(0) as u32, y.max(0) as u32)), scene.skin)
                });
                skin.count() as f64 >= 0.025 * scene.face.width
            });
            rows.count() as f64 / (bottom - top).max(1) as f64
        })
        .into_iter()
        .fold(1.0, f64::min)
}

/// Share of what is above the forehead that has a colour hair does not have, 0 to 1; `None` when nothing is above it.
pub(crate) fn cover(scene: &Scene) -> Option<f64> {
    let forehead = scene.mesh.forehead();
    let half = scene.face.width * 0.45;
    let (mut all, mut strange) = (0usize, 0usize);
    for y in (0..(forehead.y - 0.02 * scene.face.height).max(0.0) as u32).step_by(2) {
        for x in ((forehead.x - half).max(0.0) as u32..(forehead.x + half).max(0.0) as u32).step_by(2) {
            if scene.coverage(i64::from(x), i64::from(y)) < PERSON {
                continue;
            }
            let colour = Lab::of(scene.photo.pixel(x, y));
            all += 1;
            let natural = colour.chroma() <= HAIR_CHROMA
                || (HAIR_HUE_DEG.0..=HAIR_HUE_DEG.1).contains(&colour.hue_deg());
            strange += usize::from(!natural);
        }
    }
    (all > 40).then(|| strange as f64 / all as f64)
}

fn covered(scene: &Scene, spots: impl Iterator<Item = Point>) -> f64 {
    let (mut all, mut covered) = (0usize, 0usize);
    for at in spots {
        all += 1;
        covered += usize::from(!scene.is_skin(scene.spot_at(at).colour));
    }
    covered as f64 / all.max(1) as f64
}
