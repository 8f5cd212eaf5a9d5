//! JPEG: baseline and progressive, grey, colour and CMYK.

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{DecodeError, DecodeLimits, Raw, colour, damaged};
use crate::picture::Picture;

/// More refinement passes than any camera or program writes.
const MAX_SCANS: usize = 100;

/// What a file's headers say.
pub(super) struct Header {
    /// As it lies in the file.
    pub width_px: u32,
    /// As it lies in the file.
    pub height_px: u32,
    /// The embedded ICC profile, when it fits the colours that a decoder gives.
    pub profile: Option<Vec<u8>>,
    /// The EXIF orientation, 1 (upright) to 8.
    pub orientation: u8,
}

/// Reads the headers; a picture that is too large is refused.
pub(super) fn header(bytes: &[u8], limits: &DecodeLimits) -> Result<Header, DecodeError> {
    open(bytes, limits).map(|(_, header)| header)
}

/// Decodes the whole picture.
pub(super) fn decode(bytes: &[u8], limits: &DecodeLimits) -> Result<Raw, DecodeError> {
    let (mut decoder, header) = open(bytes, limits)?;
    let layout = Layout::of(bytes);
    if !layout.has_end {
        return Err(DecodeError::Truncated);
    }
    let Header { width_px, height_px, profile, orientation } = header;
    let inks = profile.as_ref().filter(|profile| colour::describes(profile, *b"CMYK"));
    let rgb = match inks.and_then(|profile| by_inks(bytes, profile, limits)) {
        Some(rgb) => rgb,
        None if layout.scan_per_colour => by_second_decoder(bytes, limits)?,
        None => decoder.decode().map_err(damaged)?,
    };
    let picture =
        Picture::new(width_px, height_px, rgb).ok_or_else(|| damaged("size and pixels disagree"))?;
    Ok(Raw { picture, profile, orientation })
}

/// A decoder that has read the header of a file in memory.
type Opened<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

fn open<'a>(bytes: &'a [u8], limits: &DecodeLimits) -> Result<(Opened<'a>, Header), DecodeError> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(false)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("no frame header"))?;
    let (width_px, height_px) = (u32::from(info.width), u32::from(info.height));
    limits.admit(u64::from(width_px), u64::from(height_px))?;
    let kind = match decoder.input_colorspace() {
        Some(ColorSpace::CMYK | ColorSpace::YCCK) => *b"CMYK",
        Some(ColorSpace::Luma) => *b"GRAY",
        _ => *b"RGB ",
    };
    let profile = decoder.icc_profile().filter(|profile| colour::describes(profile, kind));
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    let orientation = orientation.map_or(1, Orientation::to_exif);
    Ok((decoder, Header { width_px, height_px, profile, orientation }))
}

/// zune-jpeg 0.5 gets baseline files with a scan per colour wrong without saying so; this decoder does not.
fn by_second_decoder(bytes: &[u8], limits: &DecodeLimits) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX));
    let pixels = decoder.decode().map_err(damaged)?;
    match decoder.info().map(|info| info.pixel_format) {
        Some(jpeg_decoder::PixelFormat::RGB24) => Ok(pixels),
        Some(jpeg_decoder::PixelFormat::L8) => Ok(pixels.iter().flat_map(|&v| [v; 3]).collect()),
        other => Err(damaged(format!("colours {other:?} in separate scans"))),
    }
}

/// The pixels by the file's own description of its inks. `None` when that cannot be had: the first decoder then
/// takes the inks as ideal.
fn by_inks(bytes: &[u8], profile: &[u8], limits: &DecodeLimits) -> Option<Vec<u8>> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX));
    let inks = decoder.decode().ok()?;
    let four = decoder.info().is_some_and(|info| info.pixel_format == jpeg_decoder::PixelFormat::CMYK32);
    four.then(|| colour::inks_to_srgb(&inks, profile)).flatten()
}

/// How a file is laid out, as far as the decoders do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Layout {
    /// Whether the picture's own data is closed by an end marker. Only the part after the first scan header
    /// counts: a thumbnail in the metadata has an end marker too.
    has_end: bool,
    /// Whether this is a sequential file whose first scan does not hold all colours.
    scan_per_colour: bool,
}

impl Layout {
    /// Walks the markers up to the first scan.
    fn of(bytes: &[u8]) -> Self {
        let mut at = 2;
        let mut components = None;
        while let Some(&[0xFF, kind, high, low]) = bytes.get(at..at + 4) {
            match kind {
                // Fill bytes before a marker.
                0xFF => at += 1,
                0xDA => {
                    let in_scan = bytes.get(at + 4).copied();
                    let scan_per_colour =
                        components.flatten().zip(in_scan).is_some_and(|(all, some)| some < all);
                    let has_end = bytes[at..].windows(2).rev().any(|pair| pair == [0xFF, 0xD9]);
                    return Self { has_end, scan_per_colour };
                }
                _ => {
                    if matches!(kind, 0xC0 | 0xC1) {
                        components = Some(bytes.get(at + 9).copied());
                    }
                    at += 2 + usize::from(u16::from_be_bytes([high, low]));
                }
            }
        }
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnails_end_is_not_the_pictures() {
        let thumbnail = [0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 0, 0];
        let scan = [0xFF, 0xDA, 0, 2, 1, 2, 3];
        let head: Vec<u8> = [0xFF, 0xD8].into_iter().chain(thumbnail).chain(scan).collect();
        assert!(!Layout::of(&head).has_end);
        let whole: Vec<u8> = head.into_iter().chain([0xFF, 0xD9]).collect();
        assert!(Layout::of(&whole).has_end);
    }

    /// Left half orange, right half blue, written with a scan per colour.
    #[test]
    fn a_scan_per_colour_keeps_its_colours() {
        let row: Vec<u8> = [[230, 120, 30].repeat(40), [30, 90, 220].repeat(40)].concat();
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&row.repeat(72), 80, 72, jpeg_encoder::ColorType::Rgb).unwrap();
        assert!(Layout::of(&bytes).scan_per_colour);
        let picture = decode(&bytes, &DecodeLimits::default()).unwrap().picture;
        for (x, wanted) in [(10, [230, 120, 30]), (70, [30, 90, 220])] {
            for y in [3, 36, 70] {
                let found = picture.pixel(x, y);
                assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 8), "{x},{y}: {found:?}");
            }
        }
    }
}
