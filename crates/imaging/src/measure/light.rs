//! The light on the face: how bright, how even, burnt out, in shadow, tinted.

use super::scene::{Scene, median};
use crate::geometry::{Point, Window};
use crate::mesh::Mesh;
use crate::picture::{Picture, luma};

/// Spots of skin that mirror each other: picture's left, picture's right.
const PAIRS: [(usize, usize); 6] = [(50, 280), (101, 330), (205, 425), (36, 266), (123, 352), (108, 337)];
/// Spots of skin where neither beard nor fringe grows: nose and cheeks.
const SPOTS: [usize; 9] = [5, 195, 4, 50, 280, 101, 330, 118, 347];
/// A channel from which on a pixel carries no detail.
const BURNT: u8 = 251;
/// Skin of every colour lies between these hues, degrees, and chromas, in even light.
const SKIN_HUE_DEG: (f64, f64) = (24.0, 76.0);
const SKIN_CHROMA: (f64, f64) = (9.0, 38.0);

/// Brightness of the skin, 0 to 255: the mean luma between the face's outline and its features' shadows, that is
/// of the middle half of all values inside the outline.
pub(crate) fn brightness(picture: &Picture, mesh: &Mesh) -> f64 {
    let outline = mesh.outline();
    let mut values: Vec<u8> =
        pixels_inside(picture, &mesh.bounds(), &outline).map(|(x, y)| luma(picture.pixel(x, y))).collect();
    if values.is_empty() {
        return 0.0;
    }
    values.sort_unstable();
    let middle = &values[values.len() / 4..=(values.len() - 1) * 3 / 4];
    middle.iter().map(|&v| f64::from(v)).sum::<f64>() / middle.len() as f64
}

/// The darker half's light over the brighter half's: 1 is even, 0.3 a face one half of which gets 0.3 of the light.
pub(crate) fn evenness(scene: &Scene) -> f64 {
    let stops = PAIRS.map(|(left, right)| {
        let light = |index| scene.spot(index).luminance.max(1e-3);
        (light(left) / light(right)).ln()
    });
    (-median(stops.to_vec()).abs()).exp()
}

/// Share of the face without any detail left, burnt out by a lamp, 0 to 1.
pub(crate) fn burnt_out(scene: &Scene) -> f64 {
    let outline = scene.mesh.outline();
    let (mut all, mut burnt) = (0usize, 0usize);
    for (x, y) in pixels_inside(scene.photo, &scene.face, &outline) {
        all += 1;
        burnt += usize::from(scene.photo.pixel(x, y).into_iter().all(|channel| channel >= BURNT));
    }
    burnt as f64 / all.max(1) as f64
}

/// The light of the darkest spot of skin over the light of an ordinary one.
pub(crate) fn deepest_shadow(scene: &Scene) -> f64 {
    let light = SPOTS.map(|index| scene.spot(index).luminance);
    let ordinary = median(light.to_vec()).max(1e-3);
    light.into_iter().fold(f64::INFINITY, f64::min) / ordinary
}

/// How far the skin's colour lies from every skin in white light, in CIE L*a*b* units: 0 is natural. Missing colour
/// weighs double, since no lamp takes it away: a black and white photo is about 18 off.
pub(crate) fn cast(scene: &Scene) -> f64 {
    let (hue, chroma) = (scene.skin.hue_deg(), scene.skin.chroma());
    let nearest_hue = hue.clamp(SKIN_HUE_DEG.0, SKIN_HUE_DEG.1).to_radians();
    let nearest_chroma = chroma.clamp(SKIN_CHROMA.0, SKIN_CHROMA.1);
    let (a, b) = (nearest_chroma * nearest_hue.cos(), nearest_chroma * nearest_hue.sin());
    let distance = (scene.skin.a - a).hypot(scene.skin.b - b);
    if chroma < SKIN_CHROMA.0 { 2.0 * distance } else { distance }
}

/// Pixels of a picture inside an outline.
fn pixels_inside<'a>(
    picture: &Picture,
    bounds: &Window,
    outline: &'a [Point],
) -> impl Iterator<Item = (u32, u32)> + 'a {
    let columns =
        (bounds.left.max(0.0) as u32, bounds.right().clamp(0.0, f64::from(picture.width_px())) as u32);
    let rows = bounds.top.max(0.0) as u32..bounds.bottom().clamp(0.0, f64::from(picture.height_px())) as u32;
    rows.flat_map(move |y| {
        let py = f64::from(y) + 0.5;
        let next = outline.iter().cycle().skip(1);
        let mut crossings: Vec<f64> = outline
            .iter()
            .zip(next)
            .filter(|(a, b)| (a.y > py) != (b.y > py))
            .map(|(a, b)| (b.x - a.x) * (py - a.y) / (b.y - a.y) + a.x)
            .collect();
        crossings.sort_by(f64::total_cmp);
        let spans: Vec<(f64, f64)> = crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        (columns.0..columns.1)
            .filter(move |&x| {
                let px = f64::from(x) + 0.5;
                spans.iter().any(|&(from, to)| from <= px && px < to)
            })
            .map(move |x| (x, y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_an_outline() {
        let picture = Picture::filled(10, 10, [0; 3]);
        let outline = [(2.0, 2.0), (6.0, 2.0), (6.0, 6.0), (2.0, 6.0)].map(|(x, y)| Point { x, y });
        let bounds = Window { left: 0.0, top: 0.0, width: 10.0, height: 10.0 };
        assert_eq!(pixels_inside(&picture, &bounds, &outline).count(), 16);
    }
}
