//! The highest quality whose file fits: first estimated from strips of the picture, then tried.
//!
//! The size of a JPEG follows a power of its quantisation's scale. Of ten portraits the power lay between 0.44 and
//! 0.62, so an estimate from a third of the picture is rarely more than a step of quality off, and two neighbouring
//! qualities, tried on two cores at once, mostly settle it.

use crate::picture::Picture;

use super::{EncodeError, Encoded, Writer};

/// Rows that a file codes together when the colour's resolution is halved.
const STRIP_PX: usize = 16;
/// Every so many strips are in the sample.
const STRIP_STEP: usize = 3;
/// The quality of the sample: most portraits end near it.
const SAMPLE_QUALITY: u8 = 86;
/// Size grows with the inverse of the quantisation's scale to this power.
const POWER: f64 = 0.54;
/// A file this near to its largest size is not worth another attempt.
const USED_UP: f64 = 0.95;

/// Every third strip of a picture, one below the other.
pub(super) fn sample(picture: &Picture) -> Option<Picture> {
    let row_bytes = picture.width_px() as usize * 3;
    let strips = picture.rgb().chunks_exact(row_bytes * STRIP_PX).skip(1).step_by(STRIP_STEP);
    let rgb: Vec<u8> = strips.flatten().copied().collect();
    let height_px = (rgb.len() / row_bytes) as u32;
    Picture::new(picture.width_px(), height_px, rgb)
}

/// The quality at which the whole picture should come to `most` bytes, judged by its sample.
pub(super) fn estimate(
    writer: &Writer,
    whole: &Picture,
    sample: &Picture,
    most: usize,
) -> Result<u8, EncodeError> {
    let size = writer.write(sample, SAMPLE_QUALITY)?.jpeg.len() as f64;
    let share = f64::from(whole.height_px()) / f64::from(sample.height_px());
    Ok(reaching(most, SAMPLE_QUALITY, size * share))
}

/// The highest quality from `floor` to 100 that fits into `most` bytes or leaves little of them unused; the floor
/// when none fits.
pub(super) fn search(
    writer: &Writer,
    picture: &Picture,
    floor: u8,
    most: usize,
    guess: u8,
) -> Result<Encoded, EncodeError> {
    let (mut low, mut high) = (floor, 100);
    let mut guess = guess;
    let mut best: Option<Encoded> = None;
    while low <= high {
        guess = guess.clamp(low, high);
        let below = guess.saturating_sub(1).max(low);
        let (upper, lower) = rayon::join(
            || writer.write(picture, guess),
            || if below < guess { writer.write(picture, below).map(Some) } else { Ok(None) },
        );
        let (upper, lower) = (upper?, lower?);
        let size = upper.jpeg.len();
        if size <= most {
            low = guess + 1;
            best = Some(upper);
            if size as f64 >= USED_UP * most as f64 {
                break;
            }
            guess = reaching(most, guess, size as f64).max(low);
        } else if let Some(lower) = lower {
            let size = lower.jpeg.len();
            if size <= most {
                best = Some(lower);
                break;
            }
            if below == floor {
                return Ok(lower);
            }
            high = below - 1;
            guess = reaching(most, below, size as f64).min(high);
        } else {
            // The lowest quality that is left is too large. At the floor the file is written all the same.
            return Ok(best.unwrap_or(upper));
        }
    }
    best.map_or_else(|| writer.write(picture, floor), Ok)
}

/// The quality at which a file of `size` bytes, written with `quality`, would come to `most`.
fn reaching(most: usize, quality: u8, size: f64) -> u8 {
    let scale = scale(quality) * (size / most as f64).powf(1.0 / POWER);
    let quality = if scale <= 100.0 { (200.0 - scale) / 2.0 } else { 5000.0 / scale };
    quality.round().clamp(1.0, 100.0) as u8
}

/// The quantisation's scale in percent, as every encoder after the Independent JPEG Group's derives it.
fn scale(quality: u8) -> f64 {
    let quality = f64::from(quality.max(1));
    if quality < 50.0 { 5000.0 / quality } else { (200.0 - 2.0 * quality).max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_wanted_size_keeps_its_quality_and_a_larger_one_loses_some() {
        for quality in [20, 50, 75, 90] {
            assert_eq!(reaching(40_000, quality, 40_000.0), quality);
            assert!(reaching(40_000, quality, 60_000.0) < quality);
            assert!(reaching(40_000, quality, 30_000.0) > quality);
        }
    }

    #[test]
    fn the_sample_is_a_third_and_a_low_picture_has_none() {
        let sample = sample(&Picture::filled(48, 640, [9; 3])).unwrap();
        assert_eq!((sample.width_px(), sample.height_px()), (48, 13 * 16));
        assert!(super::sample(&Picture::filled(48, 20, [9; 3])).is_none());
    }
}
