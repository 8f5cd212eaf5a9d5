//! Putting right at the portrait's resolution what a matte typically gets wrong: islands of wall, holes in a face and in
//! clothes.

use crate::geometry::Point;
use crate::mesh::Mesh;
use crate::picture::Plane;
use crate::resample::Covered;

/// What is covered less than this does not connect a piece to the person.
const CONNECTS: f32 = 0.10;
/// Pixels around the person in which even fainter coverage is kept: wisps of hair.
const FRINGE_PX: usize = 3;

/// What is covered more than this closes a hole.
const CLOSES: f32 = 0.98;
/// A hole in clothes is at most this share of the portrait: a button, a badge. A larger gap shows the wall.
const HOLE_MAX: f64 = 0.004;

/// Clears everything that is not connected to the face, makes the face itself and small holes in the clothes solid, and
/// takes nothing from where the shot has no pixels.
pub(crate) fn refine(mut alpha: Plane, mesh: &Mesh, covered: Covered) -> Plane {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    fill_face(&mut alpha, mesh);
    for (i, value) in alpha.values_mut().iter_mut().enumerate() {
        if !covered.holds((i % width) as u32, (i / width) as u32) {
            *value = 0.0;
        }
    }
    let person = grown(connected(&alpha, mesh.eye_centre()), width, height);
    for (value, belongs) in alpha.values_mut().iter_mut().zip(person) {
        if !belongs {
            *value = 0.0;
        }
    }
    fill_clothes(&mut alpha, mesh.chin().y, covered);
    alpha
}

/// Sets small gaps below the chin to fully covered when clothes, or the portrait's lower edge, close them all round.
fn fill_clothes(alpha: &mut Plane, chin_y: f64, covered: Covered) {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    let most = (HOLE_MAX * (width * height) as f64) as usize;
    let below = (chin_y.max(0.0) as usize).min(height);
    let mut seen = vec![false; width * height];
    for start in below * width..width * height {
        if seen[start] || alpha.values()[start] > CLOSES {
            continue;
        }
        let (mut gap, mut open, mut is_closed) = (Vec::new(), vec![start], true);
        seen[start] = true;
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            is_closed &= x > 0 && x + 1 < width && y > below && covered.holds(x as u32, y as u32);
            gap.push(at);
            let beside = [(x > 0).then(|| at - 1), (x + 1 < width).then(|| at + 1)];
            let above = [(y > below).then(|| at - width), (y + 1 < height).then(|| at + width)];
            for next in beside.into_iter().chain(above).flatten() {
                if !seen[next] && alpha.values()[next] <= CLOSES {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        if is_closed && gap.len() <= most {
            for at in gap {
                alpha.values_mut()[at] = 1.0;
            }
        }
    }
}

/// Sets the inside of the face's outline to fully covered.
fn fill_face(alpha: &mut Plane, mesh: &Mesh) {
    let outline = shrunk(&mesh.outline(), 0.96);
    let (width, height) = (alpha.width_px(), alpha.height_px());
    for y in 0..height {
        let row_y = f64::from(y) + 0.5;
        let mut crossings: Vec<f64> = outline
            .iter()
            .zip(outline.iter().cycle().skip(1))
            .filter(|(a, b)| (a.y > row_y) != (b.y > row_y))
            .map(|(a, b)| (b.x - a.x) * (row_y - a.y) / (b.y - a.y) + a.x)
            .collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let from = pair[0].clamp(0.0, f64::from(width)) as usize;
            let to = pair[1].clamp(0.0, f64::from(width)) as usize;
            let start = y as usize * width as usize;
            alpha.values_mut()[start + from..start + to].fill(1.0);
        }
    }
}

fn shrunk(outline: &[Point], factor: f64) -> Vec<Point> {
    let count = outline.len().max(1) as f64;
    let x = outline.iter().map(|p| p.x).sum::<f64>() / count;
    let y = outline.iter().map(|p| p.y).sum::<f64>() / count;
    outline.iter().map(|p| Point { x: x + (p.x - x) * factor, y: y + (p.y - y) * factor }).collect()
}

/// The pixels that hang together with the one at `seed`.
fn connected(alpha: &Plane, seed: Point) -> Vec<bool> {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    let mut reached = vec![false; width * height];
    let x = seed.x.clamp(0.0, width as f64 - 1.0) as usize;
    let y = seed.y.clamp(0.0, height as f64 - 1.0) as usize;
    let mut open = vec![y * width + x];
    reached[y * width + x] = true;
    while let Some(at) = open.pop() {
        let (x, y) = (at % width, at / width);
        let neighbours = [
            (x > 0).then(|| at - 1),
            (x + 1 < width).then(|| at + 1),
            (y > 0).then(|| at - width),
            (y + 1 < height).then(|| at + width),
        ];
        for neighbour in neighbours.into_iter().flatten() {
            if !reached[neighbour] && alpha.values()[neighbour] >= CONNECTS {
                reached[neighbour] = true;
                open.push(neighbour);
            }
        }
    }
    reached
}

/// A mask grown by the fringe, first along rows, then along columns.
fn grown(mut mask: Vec<bool>, width: usize, height: usize) -> Vec<bool> {
    for y in 0..height {
        grow_line(&mut mask, y * width, 1, width);
    }
    for x in 0..width {
        grow_line(&mut mask, x, width, height);
    }
    mask
}

/// Grows one line of pixels both ways.
fn grow_line(mask: &mut [bool], start: usize, step: usize, length: usize) {
    let at = |i: usize| start + i * step;
    let original: Vec<bool> = (0..length).map(|i| mask[at(i)]).collect();
    let mut reach = 0;
    for i in 0..length {
        reach = if original[i] { FRINGE_PX + 1 } else { reach };
        mask[at(i)] |= reach > 0;
        reach = reach.saturating_sub(1);
    }
    reach = 0;
    for i in (0..length).rev() {
        reach = if original[i] { FRINGE_PX + 1 } else { reach };
        mask[at(i)] |= reach > 0;
        reach = reach.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_is_not_connected_and_the_fringe_is_kept() {
        let mut alpha = Plane::filled(20, 20, 0.0);
        for y in 4..10 {
            for x in 4..10 {
                alpha.values_mut()[y * 20 + x] = 1.0;
            }
        }
        alpha.values_mut()[15 * 20 + 18] = 1.0;
        let mask = grown(connected(&alpha, Point { x: 6.0, y: 6.0 }), 20, 20);
        assert!(mask[6 * 20 + 6] && mask[6 * 20 + 11] && !mask[6 * 20 + 14]);
        assert!(!mask[15 * 20 + 18]);
    }

    #[test]
    fn a_button_at_the_edge_is_no_hole_and_a_gap_beside_an_arm_stays() {
        const ALL: Covered = Covered { left: 0, top: 0, width: 60, height: 60 };
        let mut alpha = Plane::filled(60, 60, 1.0);
        let mut clear = |columns: std::ops::Range<usize>, rows: std::ops::Range<usize>| {
            for y in rows {
                alpha.values_mut()[y * 60..][columns.clone()].fill(0.1);
            }
        };
        clear(30..34, 57..60); // a button, cut by the lower edge
        clear(40..42, 45..47); // a badge
        clear(10..15, 40..60); // the wall between arm and body
        clear(30..33, 10..12); // the wall between hair and cheek
        clear(57..60, 50..53); // the wall beside a shoulder
        fill_clothes(&mut alpha, 30.0, ALL);
        let at = |x: u32, y: u32| alpha.row(y)[x as usize];
        assert!(at(31, 58) > 0.99 && at(41, 46) > 0.99, "holes in clothes");
        assert!(at(12, 50) < 0.2 && at(31, 11) < 0.2 && at(58, 51) < 0.2, "the wall");
    }
}
