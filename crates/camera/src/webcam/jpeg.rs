//! JPEG frames of a motion JPEG stream, made whole.
//!
//! What comes from the library is the whole buffer: the frame's JPEG and, after it, what an earlier frame left there.
//! Many webcams also leave out the Huffman tables, since every such stream uses the standard's own (ITU-T T.81, K.3);
//! a file needs them.

use std::{io::Cursor, sync::OnceLock};

use image::{RgbImage, codecs::jpeg::JpegEncoder};

use crate::{Fault, complete};

/// Frames for looking at.
const LIVE_QUALITY: u8 = 80;

/// The file that the buffer begins with: as it came, with the tables where they were left out.
pub fn whole(buffer: &[u8]) -> Result<Vec<u8>, Fault> {
    let end = complete::jpeg_end(buffer).ok_or(Fault::BrokenFile)?;
    let frame = &buffer[..end];
    let Some(scan) = scan_without_tables(frame) else { return Ok(frame.to_vec()) };
    let tables = standard_tables();
    let mut file = Vec::with_capacity(frame.len() + tables.len());
    file.extend_from_slice(&frame[..scan]);
    file.extend_from_slice(tables);
    file.extend_from_slice(&frame[scan..]);
    Ok(file)
}

/// A picture for the live view.
pub fn of_live(picture: &RgbImage) -> Result<Vec<u8>, Fault> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(Cursor::new(&mut file), LIVE_QUALITY);
    picture.write_with_encoder(encoder).map_err(|_| Fault::BrokenFile)?;
    Ok(file)
}

/// Where the first scan begins, when no Huffman table comes before it.
fn scan_without_tables(frame: &[u8]) -> Option<usize> {
    segments(frame)
        .take_while(|(marker, _)| *marker != 0xC4)
        .find(|(marker, _)| *marker == 0xDA)
        .map(|(_, at)| at)
}

/// Each segment's marker and where it begins, up to the first scan.
fn segments(frame: &[u8]) -> impl Iterator<Item = (u8, usize)> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let head = frame.get(at..at + 4)?;
        let (begin, length) = (at, usize::from(u16::from_be_bytes([head[2], head[3]])));
        at += 2 + length;
        (head[0] == 0xFF).then_some((head[1], begin))
    })
}

/// The standard's tables, as the encoder at hand writes them: it knows no others.
fn standard_tables() -> &'static [u8] {
    static TABLES: OnceLock<Vec<u8>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let file = of_live(&RgbImage::new(8, 8)).unwrap_or_default();
        segments(&file)
            .filter(|(marker, _)| *marker == 0xC4)
            .filter_map(|(_, at)| {
                let length = usize::from(u16::from_be_bytes([*file.get(at + 2)?, *file.get(at + 3)?]));
                file.get(at..at + 2 + length)
            })
            .flatten()
            .copied()
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::*;

    fn picture() -> RgbImage {
        RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, (x ^ y) as u8]))
    }

    fn without_tables(file: &[u8]) -> Vec<u8> {
        let mut bare = file[..2].to_vec();
        let mut scan = file.len();
        for (marker, at) in segments(file) {
            let length = usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
            if marker == 0xDA {
                scan = at;
                break;
            }
            if marker != 0xC4 {
                bare.extend_from_slice(&file[at..at + 2 + length]);
            }
        }
        bare.extend_from_slice(&file[scan..]);
        bare
    }

    #[test]
    fn what_an_earlier_frame_left_in_the_buffer_is_cut_off() {
        let file = of_live(&picture()).unwrap();
        let mut buffer = file.clone();
        buffer.extend_from_slice(&file[file.len() / 2..]);
        assert_eq!(whole(&buffer).unwrap(), file);
        assert_eq!(whole(&file[..file.len() - 2]), Err(Fault::BrokenFile));
        assert_eq!(whole(&[0; 64]), Err(Fault::BrokenFile));
    }

    #[test]
    fn tables_that_were_left_out_are_put_in() {
        let file = of_live(&picture()).unwrap();
        let bare = without_tables(&file);
        assert!(bare.len() + 400 < file.len());
        let shown =
            |bytes: &[u8]| image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().into_rgb8();
        assert_eq!(shown(&whole(&bare).unwrap()), shown(&file));
        assert_eq!(scan_without_tables(&whole(&bare).unwrap()), None);
    }
}
