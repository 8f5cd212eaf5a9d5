//! The person's own colour behind a soft edge, so that the old wall does not glow in the hair.
//!
//! A pixel of a photo is `α·F + (1−α)·B`. Given the matte α, foreground F and background B are estimated together
//! by the multi-level method of Germer, Uelwer, Conrad and Harmeling ("Fast Multi-Level Foreground Estimation",
//! ICPR 2020): F and B shall explain the photo and be smooth, the less so where α jumps. The solution is found on
//! a tiny picture first and refined at each doubling, a few sweeps of 2×2 systems per level.
//!
//! Every sweep reads the last one and writes a new one, so that rows can be computed in parallel and the result
//! never depends on how many threads there are.

use rayon::prelude::*;

use crate::picture::{Picture, Plane};

/// Smoothness where α is flat.
const REGULARIZATION: f32 = 1e-5;
/// Additional smoothness per unit of change in α.
const GRADIENT_WEIGHT: f32 = 1.0;
/// Sweeps while a level is small enough to be nearly free.
const SWEEPS_SMALL: usize = 12;
/// Sweeps on larger levels, where only detail is added.
const SWEEPS: usize = 3;
/// A level with no side above this is small, pixels.
const SMALL_PX: usize = 32;

/// Red, green and blue of the foreground, then of the background, 0 to 1.
type Layers = [f32; 6];

struct Level {
    width: usize,
    height: usize,
    /// The photo, 0 to 1.
    colour: Vec<[f32; 3]>,
    alpha: Vec<f32>,
}

/// Estimates the foreground's colour for every pixel. Where α is 1 it is the photo itself.
/// Photo and matte must have the same size; otherwise the photo is returned.
pub fn foreground(photo: &Picture, alpha: &Plane) -> Picture {
    let (width, height) = (photo.width_px() as usize, photo.height_px() as usize);
    if (alpha.width_px(), alpha.height_px()) != (photo.width_px(), photo.height_px()) {
        return photo.clone();
    }
    let full = Level {
        width,
        height,
        colour: photo.rgb().chunks_exact(3).map(|p| [unit(p[0]), unit(p[1]), unit(p[2])]).collect(),
        alpha: alpha.values().to_vec(),
    };
    let mut layers = vec![full.means()];
    let mut size = (1, 1);
    for (level_width, level_height) in sizes(width, height) {
        let level;
        let current = if (level_width, level_height) == (width, height) {
            &full
        } else {
            level = full.shrunk(level_width, level_height);
            &level
        };
        layers = enlarged(&layers, size, (level_width, level_height));
        size = (level_width, level_height);
        let small = level_width <= SMALL_PX && level_height <= SMALL_PX;
        for _ in 0..if small { SWEEPS_SMALL } else { SWEEPS } {
            layers = current.sweep(&layers);
        }
    }
    let mut output = photo.clone();
    output.rgb_mut().par_chunks_mut(3).zip(layers.par_iter()).zip(full.alpha.par_iter()).for_each(
        |((pixel, layers), &alpha)| {
            if alpha < 1.0 {
                for (channel, value) in pixel.iter_mut().zip(layers) {
                    *channel = (value * 255.0).round() as u8;
                }
            }
        },
    );
    output
}

impl Level {
    /// The mean colour of what is surely the person, and of what surely is not.
    fn means(&self) -> Layers {
        let mut sums = [0.0f64; 6];
        let (mut person, mut wall) = (1e-6f64, 1e-6f64);
        for (colour, &alpha) in self.colour.iter().zip(&self.alpha) {
            let (inside, outside) = (f64::from(alpha > 0.9), f64::from(alpha < 0.1));
            person += inside;
            wall += outside;
            for channel in 0..3 {
                sums[channel] += inside * f64::from(colour[channel]);
                sums[channel + 3] += outside * f64::from(colour[channel]);
            }
        }
        std::array::from_fn(|i| (sums[i] / if i < 3 { person } else { wall }) as f32)
    }

    /// The level at a smaller size, by the nearest pixel: mixing pixels would invent mixtures of F and B.
    fn shrunk(&self, width: usize, height: usize) -> Self {
        let from =
            |x: usize, y: usize| nearest(y, height, self.height) * self.width + nearest(x, width, self.width);
        let indices: Vec<usize> = (0..width * height).map(|i| from(i % width, i / width)).collect();
        Self {
            width,
            height,
            colour: indices.iter().map(|&i| self.colour[i]).collect(),
            alpha: indices.iter().map(|&i| self.alpha[i]).collect(),
        }
    }

    /// One sweep over all pixels.
    fn sweep(&self, old: &[Layers]) -> Vec<Layers> {
        let mut new = vec![[0.0; 6]; old.len()];
        new.par_chunks_mut(self.width).enumerate().for_each(|(y, row)| {
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = self.solve(x, y, old);
            }
        });
        new
    }

    /// F and B of one pixel that fit the photo and the four neighbours best.
    fn solve(&self, x: usize, y: usize, old: &[Layers]) -> Layers {
        let at = y * self.width + x;
        let (alpha, rest) = (self.alpha[at], 1.0 - self.alpha[at]);
        let colour = self.colour[at];
        let neighbours = [
            if x > 0 { at - 1 } else { at },
            if x + 1 < self.width { at + 1 } else { at },
            if y > 0 { at - self.width } else { at },
            if y + 1 < self.height { at + self.width } else { at },
        ];
        if (alpha <= 0.0 || alpha >= 1.0)
            && neighbours.iter().all(|&n| self.alpha[n].to_bits() == alpha.to_bits())
        {
            return settled(colour, alpha >= 1.0, neighbours.map(|n| &old[n]));
        }
        let mut stiffness = 0.0;
        let mut sum = [0.0f32; 6];
        for neighbour in neighbours {
            let weight = REGULARIZATION + GRADIENT_WEIGHT * (alpha - self.alpha[neighbour]).abs();
            stiffness += weight;
            for (total, value) in sum.iter_mut().zip(&old[neighbour]) {
                *total += weight * value;
            }
        }
        let (ff, fb, bb) = (alpha * alpha + stiffness, alpha * rest, rest * rest + stiffness);
        let inverse = 1.0 / (ff * bb - fb * fb);
        let mut layers = [0.0; 6];
        for channel in 0..3 {
            let front = alpha * colour[channel] + sum[channel];
            let back = rest * colour[channel] + sum[channel + 3];
            layers[channel] = ((bb * front - fb * back) * inverse).clamp(0.0, 1.0);
            layers[channel + 3] = ((ff * back - fb * front) * inverse).clamp(0.0, 1.0);
        }
        layers
    }
}

/// Inside the person, or out on the wall, one layer is the photo and the other flows in from the neighbours: what
/// the general solution comes to there.
fn settled(colour: [f32; 3], person: bool, neighbours: [&Layers; 4]) -> Layers {
    let mut layers = [0.0; 6];
    let (shown, hidden) = if person { (0, 3) } else { (3, 0) };
    for channel in 0..3 {
        layers[shown + channel] = colour[channel];
        layers[hidden + channel] =
            neighbours.iter().map(|layers| layers[hidden + channel]).sum::<f32>() / 4.0;
    }
    layers
}

/// Sizes from a few pixels to the whole, doubling.
fn sizes(width: usize, height: usize) -> impl Iterator<Item = (usize, usize)> {
    let levels = (usize::BITS - width.max(height).saturating_sub(1).leading_zeros()).max(1);
    (1..=levels).map(move |level| {
        let share = f64::from(level) / f64::from(levels);
        let side = |length: usize| ((length as f64).powf(share).round() as usize).clamp(1, length);
        if level == levels { (width, height) } else { (side(width), side(height)) }
    })
}

fn enlarged(old: &[Layers], (width, height): (usize, usize), new: (usize, usize)) -> Vec<Layers> {
    let rows = (0..new.1).map(|y| nearest(y, new.1, height) * width);
    rows.flat_map(|row| (0..new.0).map(move |x| old[row + nearest(x, new.0, width)])).collect()
}

/// The index among `to` that lies where `index` lies among `from`.
fn nearest(index: usize, from: usize, to: usize) -> usize {
    ((index * 2 + 1) * to / (from * 2)).min(to - 1)
}

fn unit(value: u8) -> f32 {
    f32::from(value) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dark person on a bright wall with a soft edge in the middle.
    fn soft_edge(person: [f32; 3], wall: [f32; 3]) -> (Picture, Plane) {
        let (width, height) = (96u32, 64u32);
        let alpha: Vec<f32> =
            (0..width * height).map(|i| (((i % width) as f32 - 40.0) / 16.0).clamp(0.0, 1.0)).collect();
        let rgb = alpha
            .iter()
            .flat_map(|a| {
                std::array::from_fn::<u8, 3, _>(|c| (a * person[c] + (1.0 - a) * wall[c]).round() as u8)
            })
            .collect();
        (Picture::new(width, height, rgb).unwrap(), Plane::new(width, height, alpha).unwrap())
    }

    #[test]
    fn the_old_wall_leaves_the_edge() {
        let (photo, alpha) = soft_edge([40.0, 20.0, 10.0], [250.0, 240.0, 90.0]);
        let estimate = foreground(&photo, &alpha);
        for x in 42..60 {
            let [r, g, b] = estimate.pixel(x, 30);
            let close = r.abs_diff(40) < 24 && g.abs_diff(20) < 24 && b.abs_diff(10) < 24;
            assert!(close, "column {x}: {r} {g} {b}");
        }
    }

    #[test]
    fn a_sure_pixel_keeps_its_colour() {
        let (photo, alpha) = soft_edge([40.0, 20.0, 10.0], [250.0, 240.0, 90.0]);
        let estimate = foreground(&photo, &alpha);
        assert_eq!(estimate.pixel(90, 5), photo.pixel(90, 5));
    }

    #[test]
    fn the_last_level_is_the_whole() {
        assert_eq!(sizes(480, 640).last(), Some((480, 640)));
        assert_eq!(sizes(1, 1).collect::<Vec<_>>(), [(1, 1)]);
        assert_eq!((nearest(0, 4, 2), nearest(3, 4, 2), nearest(1, 2, 480)), (0, 1, 360));
    }
}
