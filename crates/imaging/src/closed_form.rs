//! The matte's edge at the portrait's resolution: closed-form matting in a narrow band.
//!
//! The network sees the shot at half of the portrait's resolution, so its edges are about two pixels vague. In a
//! band around them the coverage is solved for anew after Levin, Lischinski and Weiss ("A Closed-Form Solution to
//! Natural Image Matting", PAMI 2008): in every window of 3×3 pixels coverage shall be a linear function of colour.
//! The network's own value holds each pixel with a weak spring, so that a wall of the hair's colour changes nothing.
//!
//! The system is solved for the change alone, by conjugate gradients with a fixed number of steps: the time is known
//! and the result does not depend on the number of threads.

use rayon::prelude::*;

use crate::picture::{Picture, Plane};
use crate::resample::Covered;

/// Coverage between these is uncertain.
const UNCERTAIN: std::ops::Range<f32> = 0.05..0.95;
/// Pixels around the uncertain ones that are solved for too.
const MARGIN_PX: usize = 2;
/// How firmly the network's value holds, against about 1 for the windows.
const SPRING: f32 = 0.004;
/// Variance that every window is granted, in squared colours of 0 to 1: what is flatter counts as flat.
const FLAT: f64 = 1e-6;
/// Steps of the solver.
const STEPS: usize = 20;
/// Unknown pixels that one task works on.
const BATCH: usize = 2048;
/// Pixels of a window.
const WINDOW: usize = 9;
/// Columns and rows that share a window with a pixel.
const REACH: usize = 5;

/// The linear model of one window: the mean colour, and the inverse of the colours' covariance (upper triangle).
#[derive(Clone, Copy)]
struct Model {
    mean: [f32; 3],
    inverse: [f32; 6],
}

/// One unknown pixel's equation.
struct Equation {
    /// Its place in the plane.
    at: usize,
    /// Its ties to the 5×5 pixels around it, rows from the top.
    ties: [f32; REACH * REACH],
}

/// Makes the matte's edges as exact as the photo's. Photo and matte have the same size; pixels that the shot does not
/// cover keep their value.
pub(crate) fn sharpen(photo: &Picture, alpha: &mut Plane, covered: Covered) {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    if width < 2 * REACH || height < 2 * REACH || photo.rgb().len() != width * height * 3 {
        return;
    }
    let unknown = band(alpha, covered);
    if unknown.is_empty() {
        return;
    }
    let colours: Vec<[f32; 3]> = photo.rgb().chunks_exact(3).map(|p| [p[0], p[1], p[2]].map(unit)).collect();
    let models = models(&colours, &unknown, width);
    let equations: Vec<Equation> =
        unknown.par_iter().with_min_len(BATCH).map(|&at| equation(at, &colours, &models, width)).collect();
    let change = solve(&equations, alpha.values(), width);
    for (equation, change) in equations.iter().zip(change) {
        let value = &mut alpha.values_mut()[equation.at];
        *value = (*value + change).clamp(0.0, 1.0);
    }
}

/// Places of the pixels to solve for, in order.
fn band(alpha: &Plane, covered: Covered) -> Vec<usize> {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    let mut marked: Vec<bool> = alpha.values().iter().map(|value| UNCERTAIN.contains(value)).collect();
    for _ in 0..MARGIN_PX {
        let old = marked.clone();
        for at in width..width * (height - 1) {
            marked[at] = old[at] || old[at - 1] || old[at + 1] || old[at - width] || old[at + width];
        }
    }
    // An equation reaches two pixels to each side.
    let inner = REACH / 2;
    (inner..height - inner)
        .flat_map(|y| (inner..width - inner).map(move |x| (x, y)))
        .filter(|&(x, y)| marked[y * width + x] && covered.holds(x as u32, y as u32))
        .map(|(x, y)| y * width + x)
        .collect()
}

/// The models of all windows that hold an unknown pixel, by the window's middle.
fn models(colours: &[[f32; 3]], unknown: &[usize], width: usize) -> Vec<Option<Model>> {
    let mut needed = vec![false; colours.len()];
    for &at in unknown {
        for middle in window(at, width) {
            needed[middle] = true;
        }
    }
    let model =
        |(at, needed): (usize, &bool)| needed.then(|| Model::of(&window(at, width).map(|i| colours[i])));
    needed.par_iter().enumerate().with_min_len(8 * BATCH).map(model).collect()
}

fn equation(at: usize, colours: &[[f32; 3]], models: &[Option<Model>], width: usize) -> Equation {
    let mut ties = [0.0; REACH * REACH];
    let middle = REACH / 2;
    for (dy, row) in (0..3).zip([at - width, at, at + width]) {
        for (dx, centre) in (0..3).zip([row - 1, row, row + 1]) {
            let Some(model) = &models[centre] else { continue };
            let weight = model.towards(colours[at]);
            for (j, other) in window(centre, width).into_iter().enumerate() {
                let colour = colours[other];
                let alike: f32 = (0..3).map(|c| weight[c] * (colour[c] - model.mean[c])).sum();
                let (x, y) = (dx + j % 3, dy + j / 3);
                ties[y * REACH + x] -= (1.0 + alike) / WINDOW as f32;
            }
            ties[middle * REACH + middle] += 1.0;
        }
    }
    Equation { at, ties }
}

/// The change of every unknown pixel.
fn solve(equations: &[Equation], alpha: &[f32], width: usize) -> Vec<f32> {
    let middle = REACH * REACH / 2;
    let scale: Vec<f32> = equations.iter().map(|e| 1.0 / (e.ties[middle] + SPRING)).collect();
    let mut residual: Vec<f32> =
        equations.par_iter().with_min_len(BATCH).map(|equation| -equation.applied(alpha, width)).collect();
    let mut change = vec![0.0; equations.len()];
    let mut plane = vec![0.0; alpha.len()];
    let mut direction: Vec<f32> = residual.iter().zip(&scale).map(|(r, s)| r * s).collect();
    let mut energy = dot(&residual, &direction);
    for _ in 0..STEPS {
        for (equation, &value) in equations.iter().zip(&direction) {
            plane[equation.at] = value;
        }
        let pushed: Vec<f32> = equations
            .par_iter()
            .zip(&direction)
            .with_min_len(BATCH)
            .map(|(equation, value)| equation.applied(&plane, width) + SPRING * value)
            .collect();
        let work = dot(&direction, &pushed);
        if work <= f64::EPSILON || energy <= f64::EPSILON {
            break;
        }
        let step = (energy / work) as f32;
        for i in 0..change.len() {
            change[i] += step * direction[i];
            residual[i] -= step * pushed[i];
        }
        let before = energy;
        energy = residual.iter().zip(&scale).map(|(r, s)| f64::from(r * r * s)).sum();
        let turn = (energy / before) as f32;
        for i in 0..direction.len() {
            direction[i] = residual[i] * scale[i] + turn * direction[i];
        }
    }
    change
}

impl Equation {
    /// The ties' pull at these values.
    fn applied(&self, values: &[f32], width: usize) -> f32 {
        let corner = self.at - REACH / 2 * width - REACH / 2;
        self.ties
            .chunks_exact(REACH)
            .enumerate()
            .map(|(y, ties)| {
                let row = &values[corner + y * width..][..REACH];
                ties.iter().zip(row).map(|(tie, value)| tie * value).sum::<f32>()
            })
            .sum()
    }
}

impl Model {
    fn of(colours: &[[f32; 3]; WINDOW]) -> Self {
        let count = WINDOW as f64;
        let colours = colours.map(|colour| colour.map(f64::from));
        let mean: [f64; 3] =
            std::array::from_fn(|c| colours.iter().map(|colour| colour[c]).sum::<f64>() / count);
        let covariance = |a: usize, b: usize| {
            let sum: f64 = colours.iter().map(|colour| (colour[a] - mean[a]) * (colour[b] - mean[b])).sum();
            (sum + if a == b { FLAT } else { 0.0 }) / count
        };
        let [rr, rg, rb] = [covariance(0, 0), covariance(0, 1), covariance(0, 2)];
        let [gg, gb, bb] = [covariance(1, 1), covariance(1, 2), covariance(2, 2)];
        let minors = [
            gg * bb - gb * gb,
            rb * gb - rg * bb,
            rg * gb - rb * gg,
            rr * bb - rb * rb,
            rg * rb - rr * gb,
            rr * gg - rg * rg,
        ];
        let determinant = rr * minors[0] + rg * minors[1] + rb * minors[2];
        Self { mean: mean.map(|v| v as f32), inverse: minors.map(|v| (v / determinant) as f32) }
    }

    /// The inverse covariance times a colour's distance from the mean.
    fn towards(&self, colour: [f32; 3]) -> [f32; 3] {
        let away: [f32; 3] = std::array::from_fn(|c| colour[c] - self.mean[c]);
        let [rr, rg, rb, gg, gb, bb] = self.inverse;
        [[rr, rg, rb], [rg, gg, gb], [rb, gb, bb]].map(|row| row.iter().zip(away).map(|(m, d)| m * d).sum())
    }
}

/// Places of the 3×3 pixels around one, rows from the top.
fn window(at: usize, width: usize) -> [usize; WINDOW] {
    let (above, below) = (at - width, at + width);
    [above - 1, above, above + 1, at - 1, at, at + 1, below - 1, below, below + 1]
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
}

fn unit(value: u8) -> f32 {
    f32::from(value) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Covered = Covered { left: 0, top: 0, width: 64, height: 48 };

    /// A person of one colour to the right of column 30, a wall of another to the left.
    fn edge(person: [u8; 3], wall: [u8; 3]) -> Picture {
        let rgb = (0..48).flat_map(|_| (0..64).flat_map(|x| if x < 30 { wall } else { person })).collect();
        Picture::new(64, 48, rgb).unwrap()
    }

    /// A matte that is vague around column `middle`.
    fn vague(middle: f32) -> Plane {
        let values =
            (0..48).flat_map(|_| (0..64).map(|x| ((x as f32 - middle) / 10.0 + 0.5).clamp(0.0, 1.0)));
        Plane::new(64, 48, values.collect()).unwrap()
    }

    #[test]
    fn a_vague_edge_snaps_to_the_photos_edge() {
        let mut alpha = vague(30.0);
        sharpen(&edge([40, 30, 20], [230, 235, 240]), &mut alpha, ALL);
        let row = alpha.row(24);
        assert!(row[30] > 0.95 && row[30] - row[29] > 0.6, "{:?}", &row[22..38]);
    }

    #[test]
    fn where_the_photo_shows_no_edge_the_matte_stays() {
        let mut alpha = vague(30.0);
        let before = alpha.clone();
        sharpen(&Picture::filled(64, 48, [90, 80, 70]), &mut alpha, ALL);
        let furthest =
            alpha.values().iter().zip(before.values()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(furthest < 0.2, "{furthest}");
    }

    #[test]
    fn what_the_shot_does_not_cover_is_left_alone() {
        let mut alpha = vague(30.0);
        let before = alpha.clone();
        let none = Covered { width: 1, height: 1, ..ALL };
        sharpen(&edge([40, 30, 20], [230, 235, 240]), &mut alpha, none);
        assert_eq!(alpha, before);
    }
}
