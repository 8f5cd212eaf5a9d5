//! From a file's bytes to an upright sRGB picture, within limits that are checked before memory is taken.

mod colour;
mod heif;
mod jpeg;
mod orientation;
mod other;
mod source;
mod spectrum;

pub use source::{Source, View};

use crate::picture::Picture;

/// How much a file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Largest file, bytes.
    pub file_bytes: usize,
    /// Largest picture, pixels.
    pub pixels: u64,
    /// Largest memory that a decoder may take, bytes.
    pub memory_bytes: u64,
}

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG: baseline and progressive; grey, colour and CMYK.
    Jpeg,
    /// PNG, 1 to 16 bits.
    Png,
    /// WebP, lossy and lossless.
    WebP,
    /// HEIC, where the system has libheif with a decoder for it.
    Heic,
    /// AVIF, likewise.
    Avif,
}

/// Why a file's bytes are not a picture that can be worked on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Nothing was given.
    #[error("the file is empty; choose a photo")]
    Empty,
    /// More bytes than a photo has.
    #[error(
        "the file has {bytes} bytes, more than the {limit} allowed; choose a photo, not an archive or a film"
    )]
    TooManyBytes {
        /// The file's size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// More pixels than allowed, seen in the header.
    #[error("the picture has {width_px}×{height_px} pixels, more than {limit} in all; save it smaller")]
    TooManyPixels {
        /// Width that the header claims.
        width_px: u64,
        /// Height that the header claims.
        height_px: u64,
        /// The limit on their product.
        limit: u64,
    },
    /// A format that is not read here.
    #[error("{found} cannot be read; save the photo as JPEG, PNG or WebP")]
    Unsupported {
        /// What the file seems to be.
        found: &'static str,
    },
    /// The file ends before its picture does.
    #[error("the file ends before its picture does; copy it from the camera again")]
    Truncated,
    /// The file contradicts itself.
    #[error("the file is damaged ({reason}); copy it from the camera again or shoot anew")]
    Damaged {
        /// What the decoder stumbled over.
        reason: String,
    },
}

impl Default for DecodeLimits {
    /// A 100-megapixel camera's JPEG passes; a bomb does not.
    fn default() -> Self {
        Self { file_bytes: 96 << 20, pixels: 100_000_000, memory_bytes: 900 << 20 }
    }
}

impl DecodeLimits {
    /// Refuses a size that a header claims, before anything of that size is allocated.
    fn admit(&self, width_px: u64, height_px: u64) -> Result<(), DecodeError> {
        if width_px == 0 || height_px == 0 {
            return Err(DecodeError::Damaged { reason: "a side has no pixels".to_owned() });
        }
        match width_px.checked_mul(height_px) {
            Some(pixels) if pixels <= self.pixels => Ok(()),
            _ => Err(DecodeError::TooManyPixels { width_px, height_px, limit: self.pixels }),
        }
    }
}

/// Decodes a photo, turns it upright as its EXIF orientation says and brings its colours to sRGB.
pub fn decode(bytes: &[u8], limits: &DecodeLimits) -> Result<Picture, DecodeError> {
    admit_bytes(bytes, limits)?;
    let raw = match recognise(bytes)? {
        Format::Jpeg => jpeg::decode(bytes, limits)?,
        Format::Png => other::decode(bytes, image::ImageFormat::Png, limits)?,
        Format::WebP => other::decode(bytes, image::ImageFormat::WebP, limits)?,
        Format::Heic => heif::decode(bytes, "HEIC", limits)?,
        Format::Avif => heif::decode(bytes, "AVIF", limits)?,
    };
    Ok(finish(raw))
}

/// Tells the format from the first bytes, whatever the file is called.
pub fn recognise(bytes: &[u8]) -> Result<Format, DecodeError> {
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Ok(Format::Png),
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12) == Some(b"WEBP") => Ok(Format::WebP),
        [b'G', b'I', b'F', b'8', ..] => Err(DecodeError::Unsupported { found: "GIF" }),
        [b'B', b'M', ..] => Err(DecodeError::Unsupported { found: "BMP" }),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            Err(DecodeError::Unsupported { found: "TIFF or a camera's raw file" })
        }
        _ => match brand {
            b"ftypavif" => Ok(Format::Avif),
            b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypmsf1" => Ok(Format::Heic),
            [b'f', b't', b'y', b'p', ..] => Err(DecodeError::Unsupported { found: "a film" }),
            _ => Err(DecodeError::Unsupported { found: "this kind of file" }),
        },
    }
}

/// A decoded picture as it lies in the file.
struct Raw {
    picture: Picture,
    /// The embedded ICC profile, when there is one that fits the picture's channels.
    profile: Option<Vec<u8>>,
    /// The EXIF orientation, 1 (upright) to 8.
    orientation: u8,
}

/// Refuses a file by its length.
fn admit_bytes(bytes: &[u8], limits: &DecodeLimits) -> Result<(), DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(DecodeError::TooManyBytes { bytes: bytes.len(), limit: limits.file_bytes });
    }
    Ok(())
}

/// Brings a picture's colours to sRGB and turns it upright.
fn finish(raw: Raw) -> Picture {
    let Raw { mut picture, profile, orientation } = raw;
    if let Some(profile) = profile {
        colour::to_srgb(&mut picture, &profile);
    }
    orientation::upright(picture, orientation)
}

fn damaged(reason: impl std::fmt::Display) -> DecodeError {
    DecodeError::Damaged { reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png(width_px: u32, height_px: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        image::RgbImage::from_pixel(width_px, height_px, image::Rgb([10, 200, 30]))
            .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
            .unwrap();
        bytes
    }

    fn jpeg(width_px: u16, height_px: u16) -> Vec<u8> {
        let pixels = [120, 80, 40].repeat(usize::from(width_px) * usize::from(height_px));
        let mut bytes = Vec::new();
        jpeg_encoder::Encoder::new(&mut bytes, 90)
            .encode(&pixels, width_px, height_px, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        bytes
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let small = DecodeLimits { pixels: 99, ..DecodeLimits::default() };
        assert!(matches!(decode(&png(10, 10), &small), Err(DecodeError::TooManyPixels { .. })));
        assert!(matches!(decode(&jpeg(10, 10), &small), Err(DecodeError::TooManyPixels { .. })));
        let mut claims_a_lot = png(10, 10);
        claims_a_lot[16..24].copy_from_slice(&[0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]);
        assert!(decode(&claims_a_lot, &DecodeLimits::default()).is_err());
        let mut claims_a_lot = jpeg(64, 64);
        let sof = claims_a_lot.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
        claims_a_lot[sof + 5..sof + 9].copy_from_slice(&[0xFF; 4]);
        let refused = decode(&claims_a_lot, &DecodeLimits::default());
        assert!(matches!(refused, Err(DecodeError::TooManyPixels { .. })), "{refused:?}");
    }

    #[test]
    fn a_cut_file_says_so() {
        let whole = jpeg(64, 64);
        assert_eq!(decode(&whole[..whole.len() - 2], &DecodeLimits::default()), Err(DecodeError::Truncated));
        let whole = png(64, 64);
        assert!(decode(&whole[..whole.len() / 2], &DecodeLimits::default()).is_err());
    }

    #[test]
    fn other_formats_are_named() {
        let found = |bytes: &[u8]| match recognise(bytes) {
            Err(DecodeError::Unsupported { found }) => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(found(b"GIF89a.........."), "GIF");
        assert_eq!(found(b"\0\0\0\x18ftypqt  \0\0\0\0"), "a film");
        assert_eq!(recognise(b"\0\0\0\x18ftypheic\0\0\0\0"), Ok(Format::Heic));
        assert_eq!(recognise(b"\0\0\0\x18ftypavif\0\0\0\0"), Ok(Format::Avif));
        assert_eq!(decode(b"", &DecodeLimits::default()), Err(DecodeError::Empty));
    }

    /// The fuzzers' seeds, and what they once found.
    #[test]
    fn what_fuzzing_began_with_ends_in_a_picture_or_an_error() {
        let limits = DecodeLimits { pixels: 1 << 20, memory_bytes: 64 << 20, ..DecodeLimits::default() };
        let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
        let mut pictures = 0;
        for seed in std::fs::read_dir(seeds).unwrap() {
            let bytes = std::fs::read(seed.unwrap().path()).unwrap();
            let whole = decode(&bytes, &limits);
            let view = Source::open(&bytes, &limits).and_then(|source| source.overview());
            assert_eq!(whole.is_ok(), view.is_ok(), "{whole:?}, {view:?}");
            pictures += usize::from(whole.is_ok());
        }
        assert!(pictures > 15, "{pictures}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        /// Whatever is done to a file, decoding ends in a picture or in an error, never in a panic.
        #[test]
        fn damage_never_panics(cut in 0usize..700, at in 0usize..700, byte in any::<u8>(), kind in 0..2) {
            let mut bytes = if kind == 0 { jpeg(24, 16) } else { png(24, 16) };
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len().saturating_sub(cut / 2));
            let limits = DecodeLimits { pixels: 1_000_000, ..DecodeLimits::default() };
            if let Ok(picture) = decode(&bytes, &limits) {
                prop_assert!(u64::from(picture.width_px()) * u64::from(picture.height_px()) <= limits.pixels);
            }
        }
    }
}
