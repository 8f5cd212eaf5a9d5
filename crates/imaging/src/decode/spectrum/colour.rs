//! From samples to red, green and blue.

use rayon::prelude::*;

use super::transform::Samples;

/// Output rows made by one task.
const ROWS: usize = 16;

/// The picture's bytes from one component's samples, or from three. Its size must be within the luma's.
pub(super) fn rgb(samples: &[Samples], width: usize, height: usize) -> Vec<u8> {
    let mut rgb = vec![0; width * height * 3];
    rgb.par_chunks_mut(width * 3 * ROWS).enumerate().for_each(|(band, pixels)| {
        let rows = (band * ROWS..).zip(pixels.chunks_exact_mut(width * 3));
        match samples {
            [y, cb, cr] => {
                let (mut blue, mut red) = (Row::default(), Row::default());
                for (row, pixels) in rows {
                    let (blue, red) = (blue.of(cb, y, row), red.of(cr, y, row));
                    for (((pixel, &y), &cb), &cr) in
                        pixels.chunks_exact_mut(3).zip(y.row(row)).zip(blue).zip(red)
                    {
                        pixel.copy_from_slice(&colour(y, cb, cr));
                    }
                }
            }
            [y, ..] => {
                for (row, pixels) in rows {
                    for (pixel, &y) in pixels.chunks_exact_mut(3).zip(y.row(row)) {
                        pixel.fill(y);
                    }
                }
            }
            [] => {}
        }
    });
    rgb
}

/// The conversion of ITU-T T.871, section 7, in 65536ths.
#[inline]
fn colour(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let y = (i32::from(y) << 16) + (1 << 15);
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    let (red, green, blue) = (y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb);
    [red, green, blue].map(|value| (value >> 16).clamp(0, 255) as u8)
}

/// One row of chroma at the luma's size.
#[derive(Default)]
struct Row {
    /// Two source rows blended, four times as large, the outer samples doubled.
    blended: Vec<u16>,
    values: Vec<u8>,
}

impl Row {
    /// Chroma of one luma row. Where there is half as much chroma, what lies in between is blended three to one.
    fn of<'a>(&'a mut self, chroma: &'a Samples, luma: &Samples, row: usize) -> &'a [u8] {
        let (wide, high) = (chroma.stride >= luma.stride, chroma.rows() >= luma.rows());
        let (near, far) = match (high, row % 2) {
            (true, _) => (row, row),
            (false, 0) => (row / 2, (row / 2).saturating_sub(1)),
            (false, _) => (row / 2, (row / 2 + 1).min(chroma.rows() - 1)),
        };
        if wide && high {
            return chroma.row(near);
        }
        let (near, far) = (chroma.row(near), chroma.row(far));
        let blend = |(&near, &far): (&u8, &u8)| 3 * u16::from(near) + u16::from(far);
        self.blended.clear();
        self.blended.extend(near.iter().zip(far).take(1).map(blend));
        self.blended.extend(near.iter().zip(far).map(blend));
        self.blended.extend_from_within(self.blended.len() - 1..);
        let count = near.len();
        self.values.resize(if wide { count } else { 2 * count }, 0);
        let own = &self.blended[1..=count];
        if wide {
            for (value, own) in self.values.iter_mut().zip(own) {
                *value = ((own + 2) >> 2) as u8;
            }
            return &self.values;
        }
        let (left, right) = (&self.blended[..count], &self.blended[2..]);
        for (((pair, own), left), right) in self.values.chunks_exact_mut(2).zip(own).zip(left).zip(right) {
            pair[0] = ((3 * own + left + 7) >> 4) as u8;
            pair[1] = ((3 * own + right + 8) >> 4) as u8;
        }
        &self.values
    }
}
