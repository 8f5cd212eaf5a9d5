//! Writing the portrait: a JPEG whose size lies in the spec's band by choice of quality alone.
//!
//! Nothing is ever appended to make a file larger, and no metadata is written but the JFIF header with the
//! density. Full colour resolution is kept while that leaves a good quality. The file is the plainest kind there is,
//! baseline with one interleaved scan: optimised Huffman tables would save a twentieth, but this encoder then writes
//! a scan per colour, which some readers get wrong.

mod search;

use jpeg_encoder::{ColorType, Encoder, PixelDensity, SamplingFactor};

use crate::picture::Picture;
use crate::spec::Spec;

/// Below this quality, halving the colour's resolution looks better than coarser steps everywhere.
const FULL_COLOUR_QUALITY_MIN: u8 = 78;
/// How far below it an estimate has to lie for full colour not to be tried at all.
const ESTIMATE_ERROR: u8 = 2;

/// A written portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The whole file.
    pub jpeg: Vec<u8>,
    /// The quality factor it was written with.
    pub quality: u8,
    /// Whether the colour kept its full resolution (4:4:4) or half of it each way (4:2:0).
    pub full_colour: bool,
}

/// Why a portrait could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the portrait could not be written as JPEG: {reason}")]
pub struct EncodeError {
    reason: String,
}

/// Writes the portrait as well as the spec's target size lets it be written, and never below
/// the spec's quality floor: if even that is too large, the file is, and its finding says so. Where the spec aims
/// at no size, it is written with the quality that the spec aims at.
pub fn encode(portrait: &Picture, spec: &Spec) -> Result<Encoded, EncodeError> {
    let Some(target_kb) = spec.file.target_kb else {
        let writer = Writer { dpi: spec.picture.dpi, sampling: SamplingFactor::R_4_4_4 };
        return writer.write(portrait, spec.file.quality_aim);
    };
    let most = most_bytes(target_kb.max);
    let floor = spec.file.quality_min;
    let full = Writer { dpi: spec.picture.dpi, sampling: SamplingFactor::R_4_4_4 };
    let half = Writer { dpi: spec.picture.dpi, sampling: SamplingFactor::R_4_2_0 };
    let sample = search::sample(portrait);
    let sample = sample.as_ref().unwrap_or(portrait);
    let (full_guess, half_guess) = rayon::join(
        || search::estimate(&full, portrait, sample, most),
        || search::estimate(&half, portrait, sample, most),
    );
    let (full_guess, half_guess) = (full_guess?, half_guess?);
    let try_full = || search::search(&full, portrait, floor, most, full_guess);
    let mut tried = None;
    if full_guess + ESTIMATE_ERROR >= FULL_COLOUR_QUALITY_MIN {
        let found = try_full()?;
        if found.jpeg.len() <= most && found.quality >= FULL_COLOUR_QUALITY_MIN {
            return Ok(found);
        }
        tried = Some(found);
    }
    let halved = search::search(&half, portrait, floor, most, half_guess)?;
    if halved.jpeg.len() >= least_bytes(target_kb.min) {
        return Ok(halved);
    }
    let found = tried.map_or_else(try_full, Ok)?;
    Ok(if found.jpeg.len() <= most { found } else { halved })
}

/// Writes a picture with this quality and the full resolution of its colours, whatever its size comes to.
pub(crate) fn encode_at(picture: &Picture, dpi: u16, quality: u8) -> Result<Vec<u8>, EncodeError> {
    Ok(Writer { dpi, sampling: SamplingFactor::R_4_4_4 }.write(picture, quality)?.jpeg)
}

/// How files are written, but for their quality.
struct Writer {
    dpi: u16,
    sampling: SamplingFactor,
}

impl Writer {
    fn write(&self, picture: &Picture, quality: u8) -> Result<Encoded, EncodeError> {
        let refuse = |reason: &dyn std::fmt::Display| EncodeError { reason: reason.to_string() };
        let side = |length: u32| u16::try_from(length).map_err(|error| refuse(&error));
        let (width, height) = (side(picture.width_px())?, side(picture.height_px())?);
        let mut jpeg = Vec::with_capacity(64 << 10);
        let mut encoder = Encoder::new(&mut jpeg, quality);
        encoder.set_density(PixelDensity::dpi(self.dpi));
        encoder.set_sampling_factor(self.sampling);
        encoder.encode(picture.rgb(), width, height, ColorType::Rgb).map_err(|error| refuse(&error))?;
        Ok(Encoded { jpeg, quality, full_colour: self.sampling == SamplingFactor::R_4_4_4 })
    }
}

/// The most bytes that are not above `kb` however a kilobyte is counted.
fn most_bytes(kb: f64) -> usize {
    (kb * 1000.0).floor() as usize
}

/// The fewest bytes that are not below `kb` however a kilobyte is counted.
fn least_bytes(kb: f64) -> usize {
    (kb * 1024.0).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chsi() -> Spec {
        let toml = include_str!("../../../assets/specs/chsi.toml");
        Spec::parse(toml, std::path::Path::new("chsi.toml")).unwrap()
    }

    /// A figure with some texture on light blue; `detail` is how strong the texture is.
    fn figure(detail: u8, seed: u32) -> Picture {
        let mut state = seed.max(1);
        let mut noise = move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        let mut rgb = Vec::with_capacity(480 * 640 * 3);
        for y in 0..640i32 {
            for x in 0..480i32 {
                let inside = (x - 240).pow(2) / 2 + (y - 300).pow(2) / 3 < 12_000 || y > 480;
                let wobble = (noise() % (u32::from(detail) + 1)) as u8;
                let colour =
                    if inside { [180 - wobble, 140 - wobble, 120 - wobble] } else { [100, 197, 255] };
                rgb.extend(colour);
            }
        }
        Picture::new(480, 640, rgb).unwrap()
    }

    #[test]
    fn the_header_says_300_dpi_and_nothing_else_is_written() {
        let jpeg = encode(&figure(20, 1), &chsi()).unwrap().jpeg;
        assert_eq!(&jpeg[6..11], b"JFIF\0");
        assert_eq!(&jpeg[13..18], &[1, 0x01, 0x2C, 0x01, 0x2C]);
        assert!(!jpeg.windows(4).any(|w| w == b"Exif"));
        assert_eq!(&jpeg[jpeg.len() - 2..], &[0xFF, 0xD9]);
    }

    #[test]
    fn without_a_size_to_aim_at_the_quality_is_the_aim() {
        let mut spec = chsi();
        (spec.file.target_kb, spec.file.allowed_kb, spec.file.quality_aim) = (None, None, 92);
        let encoded = encode(&figure(40, 1), &spec).unwrap();
        assert!(encoded.quality == 92 && encoded.full_colour && encoded.jpeg.len() > 40_000);
    }

    #[test]
    fn a_plain_picture_is_small_and_is_not_padded() {
        let plain = encode(&Picture::filled(480, 640, [100, 197, 255]), &chsi()).unwrap();
        assert!(plain.jpeg.len() < 20_000 && plain.quality == 100);
        assert_eq!(&plain.jpeg[plain.jpeg.len() - 2..], &[0xFF, 0xD9]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        /// A picture with some detail always lands in the band, and never below the floor.
        #[test]
        fn ordinary_detail_lands_in_the_band(detail in 6u8..60, seed in any::<u32>()) {
            let spec = chsi();
            let encoded = encode(&figure(detail, seed), &spec).unwrap();
            let kb = encoded.jpeg.len() as f64 / 1024.0;
            prop_assert!(encoded.quality >= spec.file.quality_min);
            prop_assert!(encoded.jpeg.len() <= 40_000 || encoded.quality == spec.file.quality_min, "{kb} KB");
            prop_assert!(kb >= 30.0 || encoded.quality == 100, "{kb} KB at quality {}", encoded.quality);
        }
    }
}
