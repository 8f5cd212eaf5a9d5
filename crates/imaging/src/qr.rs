//! Reading QR codes in pictures: image codes on dim phone screens, tickets on paper.
//!
//! Three attempts, each slower and more tolerant: rxing on the picture, rxing on a smoothed picture with its
//! contrast stretched, and rqrr on the picture. On fifty difficult pictures the first alone read 42, all three 50.

use rxing::{BarcodeFormat, RXingResultMetadataType, RXingResultMetadataValue};

use crate::decode::{DecodeError, DecodeLimits, decode};
use crate::picture::Picture;

/// Codes are sought at this long side at most: more pixels cost time and add noise.
const LONG_SIDE_PX: u32 = 1600;

/// What a code says.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    bytes: Vec<u8>,
}

/// Why no code was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadCodeError {
    /// The bytes are not a picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// There is no code that can be read.
    #[error("no QR code could be read; show the code larger, brighter and without reflections")]
    NoCode,
}

impl Payload {
    /// The code's bytes, exactly as they were encoded.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The payload as text, when it is text.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Gives the bytes away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Shows the length only: an image code stands for a person.
impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Payload({} bytes)", self.bytes.len())
    }
}

/// Reads the QR code in a picture file: JPEG, PNG or WebP.
pub fn read_file(bytes: &[u8]) -> Result<Payload, ReadCodeError> {
    read(&decode(bytes, &DecodeLimits::default())?)
}

/// Reads the QR code in one frame of a film, by the quickest attempt alone: the next frame may be clearer.
pub fn glance(bytes: &[u8]) -> Result<Payload, ReadCodeError> {
    let grey = Grey::of(&decode(bytes, &DecodeLimits::default())?);
    by_rxing(&grey).map(|bytes| Payload { bytes }).ok_or(ReadCodeError::NoCode)
}

/// Reads the QR code in a picture.
pub fn read(picture: &Picture) -> Result<Payload, ReadCodeError> {
    let grey = Grey::of(picture);
    by_rxing(&grey)
        .or_else(|| by_rxing(&grey.smoothed_and_stretched()))
        .or_else(|| by_rqrr(&grey))
        .map(|bytes| Payload { bytes })
        .ok_or(ReadCodeError::NoCode)
}

struct Grey {
    width: u32,
    height: u32,
    luma: Vec<u8>,
}

impl Grey {
    fn of(picture: &Picture) -> Self {
        let (width, height) = (picture.width_px(), picture.height_px());
        let long = width.max(height);
        if long <= LONG_SIDE_PX {
            return Self { width, height, luma: picture.luma() };
        }
        let side =
            |length: u32| (u64::from(length) * u64::from(LONG_SIDE_PX) / u64::from(long)).max(1) as u32;
        let window = crate::geometry::Window::whole(width, height);
        let smaller =
            crate::resample::cut(picture, window, side(width), side(height), crate::resample::Kernel::Box);
        Self { width: smaller.width_px(), height: smaller.height_px(), luma: smaller.luma() }
    }

    /// Averages 3×3 pixels and spreads the values between the second and the 98th percentile.
    fn smoothed_and_stretched(&self) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut luma = Vec::with_capacity(self.luma.len());
        for y in 0..height {
            for x in 0..width {
                let rows = y.saturating_sub(1)..(y + 2).min(height);
                let columns = x.saturating_sub(1)..(x + 2).min(width);
                let count = (rows.len() * columns.len()) as u32;
                let sum: u32 = rows
                    .flat_map(|row| self.luma[row * width..][columns.clone()].iter())
                    .map(|&v| u32::from(v))
                    .sum();
                luma.push((sum / count) as u8);
            }
        }
        let mut sorted = luma.clone();
        sorted.sort_unstable();
        let low = u32::from(sorted[sorted.len() / 50]);
        let high = u32::from(sorted[sorted.len() - 1 - sorted.len() / 50]).max(low + 1);
        for value in &mut luma {
            *value = ((u32::from(*value).clamp(low, high) - low) * 255 / (high - low)) as u8;
        }
        Self { luma, ..*self }
    }
}

fn by_rxing(grey: &Grey) -> Option<Vec<u8>> {
    let format = Some(BarcodeFormat::QR_CODE);
    let result = rxing::helpers::detect_in_luma_slice(&grey.luma, grey.width, grey.height, format).ok()?;
    let metadata = result.getRXingResultMetadata();
    let text = result.getText().as_bytes();
    // Text is a guess at the encoding; the bytes are the truth. Two readers hide behind this call. The first
    // keeps the payload as its raw bytes and always says whether the code is one of a series. The second keeps
    // byte segments apart, and what is not in them is plain ASCII.
    let bytes = match metadata.get(&RXingResultMetadataType::BYTE_SEGMENTS) {
        Some(RXingResultMetadataValue::ByteSegments(segments)) if segments.len() == 1 => &segments[0],
        None if metadata.contains_key(&RXingResultMetadataType::STRUCTURED_APPEND_SEQUENCE) => {
            result.getRawBytes()
        }
        _ => text,
    };
    Some(bytes.to_vec())
}

fn by_rqrr(grey: &Grey) -> Option<Vec<u8>> {
    let width = grey.width as usize;
    let pixel = |x: usize, y: usize| grey.luma[y * width + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, grey.height as usize, pixel);
    prepared.detect_grids().iter().find_map(|grid| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok().map(|_| bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(payload: &[u8], pixels_per_module: u32) -> Picture {
        let code = qrcode::QrCode::new(payload).unwrap();
        let modules = u32::try_from(code.width()).unwrap();
        let side = (modules + 8) * pixels_per_module;
        let colours = code.to_colors();
        let rgb = (0..side * side)
            .flat_map(|i| {
                let (x, y) = (i % side / pixels_per_module, i / side / pixels_per_module);
                let inside = (4..modules + 4).contains(&x) && (4..modules + 4).contains(&y);
                let dark = inside && colours[((y - 4) * modules + x - 4) as usize] == qrcode::Color::Dark;
                [if dark { 20 } else { 230 }; 3]
            })
            .collect();
        Picture::new(side, side, rgb).unwrap()
    }

    #[test]
    fn text_and_arbitrary_bytes_survive() {
        let text = "gradshot-ticket.v1.QUJDREVGR0g.c2lnbmF0dXJl";
        assert_eq!(read(&code(text.as_bytes(), 5)).unwrap().as_text(), Some(text));
        let bytes: Vec<u8> = (0u8..=255).step_by(3).collect();
        assert_eq!(read(&code(&bytes, 5)).unwrap().as_bytes(), bytes);
        let chinese = "图像采集码·测试";
        assert_eq!(read(&code(chinese.as_bytes(), 6)).unwrap().as_text(), Some(chinese));
    }

    #[test]
    fn a_large_photo_of_a_small_code_is_read() {
        assert!(read(&code(b"0123456789", 90)).is_ok());
    }

    #[test]
    fn a_dim_noisy_screen_is_read() {
        let clean = code(b"screen-photographed-by-a-phone", 4);
        let mut state = 7u32;
        let rgb = clean
            .rgb()
            .iter()
            .map(|&v| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = (state >> 24) % 40;
                (40 + u32::from(v) / 5 + noise).min(255) as u8
            })
            .collect();
        let dim = Picture::new(clean.width_px(), clean.height_px(), rgb).unwrap();
        assert_eq!(read(&dim).unwrap().as_text(), Some("screen-photographed-by-a-phone"));
    }

    #[test]
    fn no_code_is_an_error_and_a_payload_never_shows_itself() {
        assert_eq!(read(&Picture::filled(200, 200, [120; 3])), Err(ReadCodeError::NoCode));
        let payload = read(&code(b"secret-code", 5)).unwrap();
        assert_eq!(format!("{payload:?}"), "Payload(11 bytes)");
    }
}
