//! The person's own colour behind a soft edge, so that the old wall does not glow in the hair.
//!
//! A pixel of a photo is `α·F + (1−α)·B`. Given the matte α, foreground F and background B are estimated together
//! by the multi-level method of Germer, Uelwer, Conrad and Harmeling ("Fast Multi-Level Foreground Estimation",
//! ICPR 2020): F and B shall explain the photo and be smooth, the less so where α jumps. The solution is found on
//! a tiny picture first and refined at each doubling, a few sweeps of 2×2 systems per level.
//!
//! What is asked for is F where the edge is soft, a few pixels in a hundred. A sweep carries a colour one pixel far,
//! so each level holds only the cells that can still reach one of those. Every sweep reads the last one and writes a
//! new one, so that cells can be computed in parallel and the result never depends on how many threads there are.

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
/// Every so many pixels count for the mean colours that the smallest level starts from.
const MEANS_STEP: usize = 5;
/// Cells that are worth a thread's while.
const CELLS_PER_TASK: usize = 2048;
/// A place of a level without a cell.
const NO_CELL: u32 = u32::MAX;

/// Foreground, then background: red, green, blue from 0 to 1, and a filler that makes each a whole vector.
type Layers = [[f32; 4]; 2];

/// The places of a level that have cells.
struct Level {
    width: usize,
    height: usize,
    /// The cell at each place, or [`NO_CELL`].
    cells: Vec<u32>,
    /// The place of each cell, in order.
    places: Vec<u32>,
}

/// One pixel's equations, the same in every sweep.
struct Cell {
    /// The cells left, right, above and below; the cell itself where there is none.
    neighbours: [u32; 4],
    weights: [f32; 4],
    alpha: f32,
    /// Diagonal of the 2×2 system for F and for B, and what lies beside it.
    front: f32,
    back: f32,
    between: f32,
    colour: [f32; 4],
}

/// Estimates the foreground's colour for every pixel. Where α is 1 or 0 it is the photo itself.
/// Photo and matte must have the same size; otherwise the photo is returned.
pub fn foreground(photo: &Picture, alpha: &Plane) -> Picture {
    let mut output = photo.clone();
    let size = (photo.width_px() as usize, photo.height_px() as usize);
    if (alpha.width_px(), alpha.height_px()) != (photo.width_px(), photo.height_px()) {
        return output;
    }
    let soft = |place: usize| alpha.values()[place] > 0.0 && alpha.values()[place] < 1.0;
    let soft: Vec<u32> = (0..alpha.values().len()).filter(|&place| soft(place)).map(|i| i as u32).collect();
    if soft.is_empty() {
        return output;
    }
    let levels = levels(size, &soft);
    let mut layers = vec![means(photo, alpha)];
    let mut coarse = &Level { width: 1, height: 1, cells: vec![0], places: vec![0] };
    for level in &levels {
        let cells = level.equations(photo, alpha);
        layers = level.taken_over(coarse, &layers);
        let mut next = layers.clone();
        for _ in 0..level.sweeps() {
            sweep(&cells, &layers, &mut next);
            std::mem::swap(&mut layers, &mut next);
        }
        coarse = level;
    }
    for place in soft {
        let [front, _] = layers[coarse.cells[place as usize] as usize];
        let pixel = &mut output.rgb_mut()[place as usize * 3..][..3];
        for (channel, value) in pixel.iter_mut().zip(front) {
            *channel = (value * 255.0).round() as u8;
        }
    }
    output
}

/// The levels from the smallest to the whole, each with the cells that the next one or the result needs.
fn levels(size: (usize, usize), soft: &[u32]) -> Vec<Level> {
    let sizes: Vec<_> = sizes(size.0, size.1).collect();
    let mut levels: Vec<Level> = Vec::with_capacity(sizes.len());
    for &(width, height) in sizes.iter().rev() {
        let level = match levels.last() {
            None => Level::around(width, height, soft.iter().copied()),
            Some(finer) => {
                let below = finer.places.iter().map(|&place| finer.place_in(place, width, height));
                Level::around(width, height, below)
            }
        };
        levels.push(level);
    }
    levels.reverse();
    levels
}

impl Level {
    /// A level with a cell at each of the places, and at all that its sweeps carry there.
    fn around(width: usize, height: usize, wanted: impl Iterator<Item = u32>) -> Self {
        let mut level = Self { width, height, cells: vec![NO_CELL; width * height], places: Vec::new() };
        let reach = level.sweeps();
        let mut last = NO_CELL;
        for place in wanted {
            if place == last {
                continue;
            }
            last = place;
            let (x, y) = (place as usize % width, place as usize / width);
            let columns = x.saturating_sub(reach)..(x + reach + 1).min(width);
            for row in y.saturating_sub(reach)..(y + reach + 1).min(height) {
                level.cells[row * width..][columns.clone()].fill(0);
            }
        }
        for (place, cell) in level.cells.iter_mut().enumerate().filter(|(_, cell)| **cell == 0) {
            *cell = level.places.len() as u32;
            level.places.push(place as u32);
        }
        level
    }

    fn sweeps(&self) -> usize {
        if self.width <= SMALL_PX && self.height <= SMALL_PX { SWEEPS_SMALL } else { SWEEPS }
    }

    /// The place in a level of another size that shows the same.
    fn place_in(&self, place: u32, width: usize, height: usize) -> u32 {
        let (x, y) = (place as usize % self.width, place as usize / self.width);
        (nearest(y, self.height, height) * width + nearest(x, self.width, width)) as u32
    }

    /// The layers that a coarser level found, at this level's cells.
    fn taken_over(&self, coarse: &Self, layers: &[Layers]) -> Vec<Layers> {
        let from = |&place: &u32| coarse.cells[self.place_in(place, coarse.width, coarse.height) as usize];
        self.places
            .par_iter()
            .with_min_len(CELLS_PER_TASK)
            .map(|place| layers[from(place) as usize])
            .collect()
    }

    /// The cells' equations. A level shows the nearest pixel: mixing pixels would invent mixtures of F and B.
    fn equations(&self, photo: &Picture, alpha: &Plane) -> Vec<Cell> {
        let (width, height) = (photo.width_px() as usize, photo.height_px() as usize);
        let shown = |place: u32| self.place_in(place, width, height) as usize;
        let equation = |(cell, &place): (usize, &u32)| {
            let pixel = shown(place);
            let coverage = alpha.values()[pixel];
            let mut weights = [0.0; 4];
            let neighbours = self.neighbours(place as usize);
            for (weight, neighbour) in weights.iter_mut().zip(neighbours) {
                let step = (coverage - alpha.values()[shown(neighbour as u32)]).abs();
                *weight = REGULARIZATION + GRADIENT_WEIGHT * step;
            }
            let stiffness: f32 = weights.iter().sum();
            let rest = 1.0 - coverage;
            let (front, back) = (coverage * coverage + stiffness, rest * rest + stiffness);
            let between = coverage * rest;
            let inverse = 1.0 / (front * back - between * between);
            let rgb = &photo.rgb()[pixel * 3..][..3];
            let neighbour = |place: usize| match self.cells[place] {
                NO_CELL => cell as u32,
                neighbour => neighbour,
            };
            Cell {
                neighbours: neighbours.map(neighbour),
                weights,
                alpha: coverage,
                front: front * inverse,
                back: back * inverse,
                between: between * inverse,
                colour: [unit(rgb[0]), unit(rgb[1]), unit(rgb[2]), 0.0],
            }
        };
        self.places.par_iter().enumerate().with_min_len(CELLS_PER_TASK).map(equation).collect()
    }

    /// The places left, right, above and below; the place itself at an edge.
    fn neighbours(&self, place: usize) -> [usize; 4] {
        let (x, y) = (place % self.width, place / self.width);
        [
            if x > 0 { place - 1 } else { place },
            if x + 1 < self.width { place + 1 } else { place },
            if y > 0 { place - self.width } else { place },
            if y + 1 < self.height { place + self.width } else { place },
        ]
    }
}

/// One sweep over all cells.
fn sweep(cells: &[Cell], old: &[Layers], new: &mut [Layers]) {
    new.par_iter_mut().zip(cells).with_min_len(CELLS_PER_TASK).for_each(|(layers, cell)| {
        *layers = cell.solve(old);
    });
}

impl Cell {
    /// F and B that fit the photo and the four neighbours best.
    fn solve(&self, old: &[Layers]) -> Layers {
        let mut sums = [[0.0f32; 4]; 2];
        for (&neighbour, weight) in self.neighbours.iter().zip(self.weights) {
            let layers = &old[neighbour as usize];
            for channel in 0..4 {
                sums[0][channel] += weight * layers[0][channel];
                sums[1][channel] += weight * layers[1][channel];
            }
        }
        let mut layers = [[0.0; 4]; 2];
        for channel in 0..4 {
            let front = self.alpha * self.colour[channel] + sums[0][channel];
            let back = (1.0 - self.alpha) * self.colour[channel] + sums[1][channel];
            layers[0][channel] = (self.back * front - self.between * back).clamp(0.0, 1.0);
            layers[1][channel] = (self.front * back - self.between * front).clamp(0.0, 1.0);
        }
        layers
    }
}

/// The mean colour of what is surely the person, and of what surely is not.
fn means(photo: &Picture, alpha: &Plane) -> Layers {
    let mut sums = [[0.0f32; 4]; 2];
    for (pixel, &coverage) in photo.rgb().chunks_exact(3).zip(alpha.values()).step_by(MEANS_STEP) {
        if !(0.1..=0.9).contains(&coverage) {
            let sum = &mut sums[usize::from(coverage < 0.1)];
            for (total, &channel) in sum.iter_mut().zip(pixel) {
                *total += unit(channel);
            }
            sum[3] += 1.0;
        }
    }
    sums.map(|sum| [0, 1, 2, 3].map(|channel| if channel < 3 { sum[channel] / sum[3].max(1.0) } else { 0.0 }))
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
