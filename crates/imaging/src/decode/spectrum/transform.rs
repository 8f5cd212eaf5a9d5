//! From coefficients to samples at a fraction of the size.
//!
//! A block's inverse transform over its lowest `n` coefficients alone, at `n` samples, is the block reduced to
//! `n`/8: what is left out are frequencies that the smaller picture cannot show.

use rayon::prelude::*;

use super::entropy::{KEPT, SIDE, ZIGZAG};
use super::header::{Component, Frame};
use super::runs::Run;

/// Adding it leaves a small number's rounded value in the lowest bits.
const ROUNDING: f32 = 12_582_912.0;

/// One component's samples, whole units of them.
pub(super) struct Samples {
    /// Samples in a row.
    pub stride: usize,
    /// Rows from the top.
    pub values: Vec<u8>,
}

impl Samples {
    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.values.len() / self.stride
    }

    /// One row; nothing beyond the last.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        self.values.get(y * self.stride..).and_then(|rest| rest.get(..self.stride)).unwrap_or_default()
    }
}

/// What is to be done for one component.
struct Task {
    /// Blocks across and down in a unit.
    blocks: (usize, usize),
    /// Samples across and down that a block becomes.
    size: (usize, usize),
    /// First of its blocks in a unit.
    slot: usize,
    /// Quantization steps of the kept coefficients, rows first.
    steps: [f32; KEPT],
    /// By row of a block's samples, then by row of coefficients.
    down: Basis,
    /// By column of coefficients, then by column of samples.
    across: Basis,
}

/// Values of the transform's basis functions.
type Basis = [[f32; SIDE]; SIDE];

/// The samples of every component, `eighths` of them across and down for each of the luma's blocks. Chroma that has
/// fewer blocks is given more samples to a block, as far as its coefficients go.
pub(super) fn samples(frame: &Frame<'_>, runs: &[Run], eighths: usize) -> Vec<Samples> {
    let (across, down) = frame.units();
    let mut slot = 0;
    let mut tasks = Vec::new();
    for component in &frame.components {
        let task = Task::new(component, frame.unit(), slot, eighths);
        slot += component.across * component.down;
        tasks.push(task);
    }
    let unit_length = slot * KEPT;
    let stride = |task: &Task| across * task.blocks.0 * task.size.0;
    let rows = |task: &Task| task.blocks.1 * task.size.1;
    let mut samples: Vec<Samples> = tasks
        .iter()
        .map(|task| Samples { stride: stride(task), values: vec![0; stride(task) * rows(task) * down] })
        .collect();
    let mut bands: Vec<_> = samples
        .iter_mut()
        .zip(&tasks)
        .map(|(samples, task)| samples.values.chunks_exact_mut(stride(task) * rows(task)))
        .collect();
    let bands: Vec<Vec<&mut [u8]>> =
        (0..down).map(|_| bands.iter_mut().filter_map(Iterator::next).collect()).collect();
    bands.into_par_iter().enumerate().for_each(|(row, bands)| {
        for (index, (task, band)) in tasks.iter().zip(bands).enumerate() {
            let units = units(runs, unit_length, row * across).take(across);
            task.band(units.map(|(unit, offsets)| (unit, offsets[index])), band, stride(task));
        }
    });
    samples
}

impl Task {
    fn new(component: &Component, unit: (usize, usize), slot: usize, eighths: usize) -> Self {
        let side = |of_luma: usize, own: usize| match eighths * of_luma / own {
            wanted if wanted <= SIDE => wanted,
            _ => eighths,
        };
        let size = (side(unit.0, component.across), side(unit.1, component.down));
        let mut steps = [0.0; KEPT];
        for (&place, &step) in ZIGZAG.iter().zip(&component.steps) {
            let (row, column) = (usize::from(place / 8), usize::from(place % 8));
            if row < SIDE && column < SIDE {
                steps[row * SIDE + column] = f32::from(step);
            }
        }
        let across = basis(size.0);
        let across = std::array::from_fn(|u| std::array::from_fn(|x| across[x][u]));
        Self { blocks: (component.across, component.down), size, slot, steps, down: basis(size.1), across }
    }

    /// One row of units.
    fn band<'a>(&self, units: impl Iterator<Item = (&'a [i16], i16)>, band: &mut [u8], stride: usize) {
        match self.size {
            (1, 1) => self.blocks::<1, 1>(units, band, stride),
            (2, 1) => self.blocks::<2, 1>(units, band, stride),
            (1, 2) => self.blocks::<1, 2>(units, band, stride),
            (2, 2) => self.blocks::<2, 2>(units, band, stride),
            (4, 2) => self.blocks::<4, 2>(units, band, stride),
            (2, 4) => self.blocks::<2, 4>(units, band, stride),
            (3, 3) => self.blocks::<3, 3>(units, band, stride),
            _ => self.blocks::<4, 4>(units, band, stride),
        }
    }

    fn blocks<'a, const W: usize, const H: usize>(
        &self,
        units: impl Iterator<Item = (&'a [i16], i16)>,
        band: &mut [u8],
        stride: usize,
    ) {
        let (across, down) = self.blocks;
        for (unit, (coefficients, offset)) in units.enumerate() {
            for index in 0..across * down {
                let at = (self.slot + index) * KEPT;
                let Some(coefficients) = coefficients.get(at..).and_then(|rest| rest.first_chunk()) else {
                    return;
                };
                let block = self.inverse::<W, H>(coefficients, offset);
                let (x, y) = ((unit * across + index % across) * W, index / across * H);
                for (row, samples) in block.iter().enumerate() {
                    if let Some(place) =
                        band.get_mut((y + row) * stride + x..).and_then(|rest| rest.first_chunk_mut())
                    {
                        *place = *samples;
                    }
                }
            }
        }
    }

    /// A block's samples.
    #[inline]
    fn inverse<const W: usize, const H: usize>(
        &self,
        coefficients: &[i16; KEPT],
        offset: i16,
    ) -> [[u8; W]; H] {
        let mut values = [0.0; KEPT];
        for ((value, &coefficient), step) in values.iter_mut().zip(coefficients).zip(&self.steps) {
            *value = f32::from(coefficient) * step;
        }
        values[0] = f32::from(coefficients[0].wrapping_add(offset)) * self.steps[0];
        let mut block = [[0; W]; H];
        for (samples, down) in block.iter_mut().zip(&self.down) {
            let mut row = [0.0; W];
            for (values, factor) in values.chunks_exact(SIDE).zip(down).take(H) {
                for (sum, value) in row.iter_mut().zip(values) {
                    *sum += factor * value;
                }
            }
            let mut sums = [128.0; W];
            for (value, across) in row.iter().zip(&self.across) {
                for (sum, factor) in sums.iter_mut().zip(across) {
                    *sum += factor * value;
                }
            }
            for (sample, sum) in samples.iter_mut().zip(sums) {
                *sample = to_byte(sum);
            }
        }
        block
    }
}

/// The nearest byte.
#[inline]
pub(super) fn to_byte(value: f32) -> u8 {
    (value.clamp(0.0, 255.0) + ROUNDING).to_bits() as u8
}

/// The units from one on, each with its offsets.
fn units(runs: &[Run], unit_length: usize, mut first: usize) -> impl Iterator<Item = (&[i16], [i16; 3])> {
    let mut rest = runs.iter();
    let mut begun = None;
    for run in rest.by_ref() {
        let count = run.units().len() / unit_length;
        if first < count {
            begun = Some((&run.units()[first * unit_length..], run.offsets));
            break;
        }
        first -= count;
    }
    begun
        .into_iter()
        .chain(rest.map(|run| (run.units(), run.offsets)))
        .flat_map(move |(units, offsets)| units.chunks_exact(unit_length).map(move |unit| (unit, offsets)))
}

/// The orthonormal inverse transform of `n` samples, times what reduces a block of eight to them: by sample, then
/// by frequency.
fn basis(n: usize) -> Basis {
    let mut basis = [[0.0; SIDE]; SIDE];
    for (sample, row) in basis.iter_mut().enumerate().take(n) {
        for (frequency, value) in row.iter_mut().enumerate().take(n) {
            let norm = if frequency == 0 { 1.0 } else { 2.0 } / 8.0;
            let angle = std::f64::consts::PI * ((2 * sample + 1) * frequency) as f64 / (2 * n) as f64;
            *value = (f64::sqrt(norm) * angle.cos()) as f32;
        }
    }
    basis
}
