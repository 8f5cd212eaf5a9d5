//! PNG and WebP.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{DecodeError, DecodeLimits, Raw, colour, damaged};
use crate::picture::Picture;

pub(super) fn decode(bytes: &[u8], format: ImageFormat, limits: &DecodeLimits) -> Result<Raw, DecodeError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = Limits::no_limits();
    allowed.max_alloc = Some(limits.memory_bytes);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width_px, height_px) = decoder.dimensions();
    limits.admit(u64::from(width_px), u64::from(height_px))?;
    if decoder.total_bytes() > limits.memory_bytes {
        return Err(DecodeError::TooManyPixels {
            width_px: u64::from(width_px),
            height_px: u64::from(height_px),
            limit: limits.pixels,
        });
    }
    let grey = !decoder.color_type().has_color();
    // Metadata that cannot be read is no reason to refuse the picture.
    let kind = if grey { *b"GRAY" } else { *b"RGB " };
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| colour::describes(profile, kind));
    let orientation = decoder.orientation().map_or(1, image::metadata::Orientation::to_exif);
    let decoded = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let picture = Picture::new(width_px, height_px, flatten(decoded))
        .ok_or_else(|| damaged("size and pixels disagree"))?;
    Ok(Raw { picture, profile, orientation })
}

/// Eight-bit RGB; what is transparent is laid on white, as on paper.
fn flatten(decoded: DynamicImage) -> Vec<u8> {
    if !decoded.color().has_alpha() {
        return decoded.into_rgb8().into_raw();
    }
    let rgba = decoded.into_rgba8();
    rgba.pixels()
        .flat_map(|pixel| {
            let [r, g, b, alpha] = pixel.0.map(u32::from);
            [r, g, b].map(|channel| ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
        })
        .collect()
}

fn refusal(error: ImageError) -> DecodeError {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            DecodeError::Truncated
        }
        ImageError::Limits(error) => damaged(format!("it asks for too much memory: {error}")),
        other => damaged(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_becomes_white() {
        let image = image::RgbaImage::from_vec(2, 1, vec![0, 0, 0, 0, 9, 8, 7, 255]).unwrap();
        assert_eq!(flatten(image.into()), [255, 255, 255, 9, 8, 7]);
    }
}
