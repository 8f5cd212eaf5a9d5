//! JPEG: baseline and progressive, grey, colour and CMYK.

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{DecodeError, DecodeLimits, Raw, damaged};
use crate::picture::Picture;

/// More refinement passes than any camera or program writes.
const MAX_SCANS: usize = 100;

pub(super) fn decode(bytes: &[u8], limits: &DecodeLimits) -> Result<Raw, DecodeError> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(false)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("no frame header"))?;
    limits.admit(u64::from(info.width), u64::from(info.height))?;
    if !has_end(bytes) {
        return Err(DecodeError::Truncated);
    }
    let colour = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    let profile = match colour {
        // A profile of ink amounts does not fit the RGB that the decoder makes of them.
        ColorSpace::CMYK | ColorSpace::YCCK | ColorSpace::Luma => None,
        _ => decoder.icc_profile(),
    };
    let rgb = decoder.decode().map_err(damaged)?;
    let picture = Picture::new(u32::from(info.width), u32::from(info.height), rgb)
        .ok_or_else(|| damaged("size and pixels disagree"))?;
    Ok(Raw { picture, profile, orientation: orientation.map_or(1, Orientation::to_exif) })
}

/// Whether the picture's own data is closed by an end marker. Only the part after the first scan header counts:
/// a thumbnail in the metadata has an end marker too.
fn has_end(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[marker, kind, high, low]) = bytes.get(at..at + 4) {
        if marker != 0xFF {
            return false;
        }
        match kind {
            // Fill bytes before a marker.
            0xFF => at += 1,
            0xDA => return bytes[at..].windows(2).any(|pair| pair == [0xFF, 0xD9]),
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_end;

    #[test]
    fn a_thumbnails_end_is_not_the_pictures() {
        let thumbnail = [0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 0, 0];
        let scan = [0xFF, 0xDA, 0, 2, 1, 2, 3];
        let head: Vec<u8> = [0xFF, 0xD8].into_iter().chain(thumbnail).chain(scan).collect();
        assert!(!has_end(&head));
        let whole: Vec<u8> = head.into_iter().chain([0xFF, 0xD9]).collect();
        assert!(has_end(&whole));
    }
}
