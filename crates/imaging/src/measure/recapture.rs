//! Photos of a screen or a print: their dots beat with the camera's pixels, and the spectrum shows sharp peaks that no
//! face has.

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};
use std::sync::Arc;

use super::scene::{Scene, median};
use crate::picture::luma;

/// Side of the square that is looked at, pixels.
const SIDE: usize = 256;
/// Frequencies that are looked at, cycles a pixel: below lie the face's own shapes.
const FREQUENCIES: std::ops::Range<f64> = 0.10..0.48;
/// Columns and rows beside the axes, which the grid of JPEG blocks fills.
const AXIS: f64 = 3.0;
/// Rings into which the frequencies fall.
const RINGS: usize = 24;

/// Strength of the strongest regular pattern in the face: how far, in steps of e, its peak stands above ordinary
/// detail of the same fineness. Natural faces stay below 4.
pub(crate) fn stripes(scene: &Scene) -> f64 {
    let spectrum = spectrum(&square(scene));
    let mut rings: Vec<Vec<(usize, f64)>> = vec![Vec::new(); RINGS];
    for (at, value) in spectrum.iter().enumerate() {
        let (u, v) = (signed(at % SIDE), signed(at / SIDE));
        let frequency = u.hypot(v) / SIDE as f64;
        if u.abs() < AXIS || v < AXIS || !FREQUENCIES.contains(&frequency) {
            continue;
        }
        let share = (frequency - FREQUENCIES.start) / (FREQUENCIES.end - FREQUENCIES.start);
        rings[((share * RINGS as f64) as usize).min(RINGS - 1)]
            .push((at, f64::from(value.norm_sqr() + 1e-6).ln()));
    }
    let mut strongest = 0.0f64;
    for ring in rings.iter().filter(|ring| ring.len() > 20) {
        let ordinary = median(ring.iter().map(|(_, level)| *level).collect());
        // Levels of noise are spread like the logarithm of an exponential: its tail is what a peak has to leave behind.
        let highest = ring.iter().map(|(_, level)| *level).fold(f64::NEG_INFINITY, f64::max);
        strongest = strongest.max(highest - ordinary - (ring.len() as f64).ln().ln());
    }
    strongest
}

/// The middle of the face, as bright as it is seen, faded out towards its sides.
fn square(scene: &Scene) -> Vec<Complex<f32>> {
    let centre = scene.face.centre();
    let (left, top) = (centre.x - SIDE as f64 / 2.0, centre.y - SIDE as f64 / 2.0);
    let fade = |i: usize| (std::f32::consts::PI * (i as f32 + 0.5) / SIDE as f32).sin().powi(2);
    let values: Vec<f32> = (0..SIDE * SIDE)
        .map(|at| {
            let (x, y) = ((left + (at % SIDE) as f64).max(0.0), (top + (at / SIDE) as f64).max(0.0));
            f32::from(luma(scene.photo.pixel(x as u32, y as u32)))
        })
        .collect();
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    let faded = values
        .iter()
        .enumerate()
        .map(|(at, value)| Complex::new((value - mean) * fade(at % SIDE) * fade(at / SIDE), 0.0));
    faded.collect()
}

fn spectrum(square: &[Complex<f32>]) -> Vec<Complex<f32>> {
    let fft: Arc<dyn Fft<f32>> = FftPlanner::new().plan_fft_forward(SIDE);
    let mut rows = square.to_vec();
    fft.process(&mut rows);
    let mut columns = turned(&rows);
    fft.process(&mut columns);
    turned(&columns)
}

fn turned(values: &[Complex<f32>]) -> Vec<Complex<f32>> {
    (0..SIDE * SIDE).map(|at| values[at % SIDE * SIDE + at / SIDE]).collect()
}

/// The frequency behind an index of the spectrum.
fn signed(index: usize) -> f64 {
    if index < SIDE / 2 { index as f64 } else { index as f64 - SIDE as f64 }
}
