//! Which JPEGs a PDF may carry as they are: those that show the same pixels to a reader that knows nothing of EXIF
//! and profiles.

/// Most segments before the pixels begin.
const MAX_SEGMENTS: usize = 64;

/// Whether this is a JFIF file of three 8-bit components in YCbCr and of this size, with no orientation, profile,
/// comment or other attachment.
pub(super) fn is_plain(bytes: &[u8], (width_px, height_px): (u32, u32)) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&[0xFF, 0xD8]) else { return false };
    let (mut jfif, mut frame) = (false, false);
    for _ in 0..MAX_SEGMENTS {
        let Some((marker, body, after)) = segment(rest) else { return false };
        match marker {
            0xE0 => jfif = body.starts_with(b"JFIF\0"),
            // Tables, and the interval between restarts.
            0xDB | 0xC4 | 0xDD => {}
            // Baseline, extended and progressive frames: precision, height, width, components.
            0xC0..=0xC2 => frame = is_frame_of(body, width_px, height_px),
            // The first scan: nothing that follows can change what the pixels mean.
            0xDA => return jfif && frame,
            _ => return false,
        }
        rest = after;
    }
    false
}

/// The next segment's marker and body, and what follows it.
fn segment(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[0xFF, marker, high, low], _) = bytes.split_first_chunk::<4>()? else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let body = bytes.get(4..2 + length)?;
    Some((marker, body, &bytes[2 + length..]))
}

fn is_frame_of(body: &[u8], width_px: u32, height_px: u32) -> bool {
    let Some((&[precision, y1, y0, x1, x0, components], _)) = body.split_first_chunk::<6>() else {
        return false;
    };
    precision == 8
        && components == 3
        && u32::from(u16::from_be_bytes([y1, y0])) == height_px
        && u32::from(u16::from_be_bytes([x1, x0])) == width_px
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::encode_at;
    use crate::picture::Picture;

    #[test]
    fn our_own_files_are_plain() {
        let file = encode_at(&Picture::filled(31, 47, [9, 90, 200]), 300, 90).unwrap();
        assert!(is_plain(&file, (31, 47)));
        assert!(!is_plain(&file, (47, 31)), "a turned picture is another one");
        assert!(!is_plain(&file[..20], (31, 47)) && !is_plain(&[], (31, 47)));
    }

    #[test]
    fn a_file_with_an_attachment_is_not() {
        let file = encode_at(&Picture::filled(31, 47, [9, 90, 200]), 300, 90).unwrap();
        for marker in [0xE1, 0xE2, 0xEE, 0xFE] {
            let attached = [&file[..2], &[0xFF, marker, 0, 6, 1, 2, 3, 4], &file[2..]].concat();
            assert!(!is_plain(&attached, (31, 47)), "{marker:X}");
        }
    }
}
