//! Where a picture file ends by its own account, read from its structure without decoding a pixel.

/// JPEG: the markers lead to an end-of-image (ITU-T T.81, B.1.1). Whatever a camera appends after it, such as a second
/// preview, does not matter.
pub fn jpeg(bytes: &[u8]) -> bool {
    jpeg_end(bytes).is_some()
}

/// How many of the bytes are the JPEG that they begin with.
pub fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut at = 2;
    while let Some(marker) = marker_at(bytes, &mut at) {
        match marker {
            0xD9 => return Some(at),
            0x01 | 0xD0..=0xD7 => {}
            _ => {
                let length = bytes.get(at..at + 2)?;
                at += usize::from(u16::from_be_bytes([length[0], length[1]]));
                if marker == 0xDA {
                    at = end_of_scan(bytes, at);
                }
            }
        }
    }
    None
}

/// PNG: the chunks lead to an `IEND` with its checksum.
pub fn png(bytes: &[u8]) -> bool {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    if !bytes.starts_with(SIGNATURE) {
        return false;
    }
    let mut at = SIGNATURE.len();
    while let Some((length, kind)) = length_and_kind(bytes, at) {
        let Some(next) =
            usize::try_from(length).ok().and_then(|length| at.checked_add(length)?.checked_add(12))
        else {
            return false;
        };
        if &kind == b"IEND" {
            return next <= bytes.len();
        }
        at = next;
    }
    false
}

/// HEIF: the boxes at the top begin with `ftyp` and fill the file exactly (ISO/IEC 14496-12, 4.2).
pub fn boxes(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some((length, kind)) = length_and_kind(bytes, at) {
        if at == 0 && &kind != b"ftyp" {
            return false;
        }
        let size = match length {
            0 => return true,
            1 => {
                bytes.get(at + 8..at + 16).and_then(|large| Some(u64::from_be_bytes(large.try_into().ok()?)))
            }
            length => Some(u64::from(length)),
        };
        let end = size
            .filter(|size| *size >= 8)
            .and_then(|size| at.checked_add(usize::try_from(size).ok()?))
            .filter(|end| *end <= bytes.len());
        let Some(end) = end else { return false };
        if end == bytes.len() {
            return true;
        }
        at = end;
    }
    false
}

fn marker_at(bytes: &[u8], at: &mut usize) -> Option<u8> {
    if *bytes.get(*at)? != 0xFF {
        return None;
    }
    while *bytes.get(*at)? == 0xFF {
        *at += 1;
    }
    *at += 1;
    bytes.get(*at - 1).copied()
}

/// The first marker after compressed data; `FF 00` and restart markers are part of the data.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let data = bytes.get(from..).unwrap_or_default();
    data.windows(2)
        .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF))
        .map_or(bytes.len(), |offset| from + offset)
}

fn length_and_kind(bytes: &[u8], at: usize) -> Option<(u32, [u8; 4])> {
    let head = bytes.get(at..at.checked_add(8)?)?;
    Some((u32::from_be_bytes(head[..4].try_into().ok()?), head[4..].try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, RgbImage};

    use super::*;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, (x ^ y) as u8]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn no_beginning_of_a_file_passes_for_the_whole() {
        for (format, complete) in [(ImageFormat::Jpeg, jpeg as fn(&[u8]) -> bool), (ImageFormat::Png, png)] {
            let bytes = encoded(format);
            assert!(complete(&bytes), "{format:?}");
            for length in 0..bytes.len() {
                assert!(!complete(&bytes[..length]), "{format:?} cut to {length} of {} bytes", bytes.len());
            }
        }
    }

    #[test]
    fn a_preview_inside_or_after_a_jpeg_does_not_confuse() {
        let photo = encoded(ImageFormat::Jpeg);
        let mut with_thumbnail = vec![0xFF, 0xD8, 0xFF, 0xE1];
        with_thumbnail.extend(u16::try_from(photo.len() + 2).unwrap().to_be_bytes());
        with_thumbnail.extend(&photo);
        assert!(!jpeg(&with_thumbnail), "the thumbnail's end is not the photo's");
        with_thumbnail.extend(&photo[2..]);
        assert!(jpeg(&with_thumbnail));
        with_thumbnail.extend(b"a camera's own trailer");
        assert!(jpeg(&with_thumbnail));
    }

    #[test]
    fn boxes_must_fill_the_file() {
        let file = b"\0\0\0\x0cftypheic\0\0\0\x0amdat\x01\x02";
        assert!(boxes(file));
        assert!(!boxes(&file[..file.len() - 1]));
        assert!(!boxes(&file[12..]));
        assert!(!boxes(b""));
    }
}
