//! From samples to red, green and blue.

use rayon::prelude::*;

use super::transform::{Samples, to_byte};

/// Output rows made by one task.
const ROWS: usize = 16;
/// What chroma is stored with, so that it needs no sign.
const NEUTRAL: f32 = 128.0;

/// One row of chroma at the luma's size.
#[derive(Default)]
struct Row {
    /// Two source rows blended, the outer samples doubled.
    blended: Vec<f32>,
    values: Vec<f32>,
}

/// The picture's bytes from one component's samples, or from three. Its size must be within the luma's.
pub(super) fn rgb(samples: &[Samples], width: usize, height: usize) -> Vec<u8> {
    let mut rgb = vec![0; width * height * 3];
    rgb.par_chunks_mut(width * 3 * ROWS).enumerate().for_each(|(band, pixels)| {
        let rows = (band * ROWS..).zip(pixels.chunks_exact_mut(width * 3));
        match samples {
            [luma, cb, cr] => {
                let (mut blue, mut red) = (Row::default(), Row::default());
                for (y, pixels) in rows {
                    let (blue, red) = (blue.of(cb, luma, y), red.of(cr, luma, y));
                    for (((pixel, &y), &cb), &cr) in
                        pixels.chunks_exact_mut(3).zip(luma.row(y)).zip(blue).zip(red)
                    {
                        pixel.copy_from_slice(&colour(f32::from(y), cb, cr));
                    }
                }
            }
            [luma, ..] => {
                for (y, pixels) in rows {
                    for (pixel, &value) in pixels.chunks_exact_mut(3).zip(luma.row(y)) {
                        pixel.fill(value);
                    }
                }
            }
            [] => {}
        }
    });
    rgb
}

/// The conversion of ITU-T T.871, section 7.
#[inline]
fn colour(y: f32, cb: f32, cr: f32) -> [u8; 3] {
    let green = (0.299 * 1.402 * cr + 0.114 * 1.772 * cb) / 0.587;
    [to_byte(y + 1.402 * cr), to_byte(y - green), to_byte(y + 1.772 * cb)]
}

impl Row {
    /// Chroma of one luma row. Where there is half as much chroma, what lies in between is blended three to one.
    fn of(&mut self, chroma: &Samples, luma: &Samples, y: usize) -> &[f32] {
        let (near, far) = match (chroma.rows() >= luma.rows(), y % 2) {
            (true, _) => (y, y),
            (false, 0) => (y / 2, (y / 2).saturating_sub(1)),
            (false, _) => (y / 2, (y / 2 + 1).min(chroma.rows() - 1)),
        };
        let (near, far) = (chroma.row(near), chroma.row(far));
        let pairs = near.iter().zip(far);
        let blend = |(&near, &far): (&u8, &u8)| between(f32::from(near), f32::from(far)) - NEUTRAL;
        if chroma.stride >= luma.stride {
            self.values.clear();
            self.values.extend(pairs.map(blend));
            return &self.values;
        }
        self.blended.clear();
        self.blended.extend(pairs.clone().take(1).map(blend));
        self.blended.extend(pairs.map(blend));
        self.blended.extend_from_within(self.blended.len() - 1..);
        let count = near.len();
        self.values.resize(2 * count, 0.0);
        let sources = self.blended[1..=count].iter().zip(&self.blended[..count]).zip(&self.blended[2..]);
        for (pair, ((&own, &left), &right)) in self.values.chunks_exact_mut(2).zip(sources) {
            pair[0] = between(own, left);
            pair[1] = between(own, right);
        }
        &self.values
    }
}

/// A quarter of the way from one value to another.
#[inline]
fn between(near: f32, far: f32) -> f32 {
    0.75 * near + 0.25 * far
}
