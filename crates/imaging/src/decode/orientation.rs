//! Turning a picture the way its camera was held.

use rayon::prelude::*;

use crate::picture::Picture;

/// Output rows turned by one task.
const BAND_ROWS: usize = 16;

/// Applies an EXIF orientation, 1 to 8. Anything else leaves the picture as it is.
pub(super) fn upright(picture: Picture, orientation: u8) -> Picture {
    if !(2..=8).contains(&orientation) {
        return picture;
    }
    let (width, height) = (picture.width_px(), picture.height_px());
    let turned = orientation >= 5;
    let (out_width, out_height) = if turned { (height, width) } else { (width, height) };
    let mut output = Picture::filled(out_width, out_height, [0; 3]);
    let source = picture.rgb();
    let (right, bottom) = (width - 1, height - 1);
    let bands = output.rgb_mut().par_chunks_mut(out_width as usize * 3 * BAND_ROWS);
    bands.enumerate().for_each(|(band, pixels)| {
        let first = (band * BAND_ROWS) as u32;
        let rows = (pixels.len() / (out_width as usize * 3)) as u32;
        // Column by column within a band: where rows become columns, neighbours come from one source row.
        for x in 0..out_width {
            for y in first..first + rows {
                let (from_x, from_y) = match orientation {
                    2 => (right - x, y),
                    3 => (right - x, bottom - y),
                    4 => (x, bottom - y),
                    5 => (y, x),
                    6 => (y, bottom - x),
                    7 => (right - y, bottom - x),
                    _ => (right - y, x),
                };
                let from = (from_y as usize * width as usize + from_x as usize) * 3;
                let to = ((y - first) as usize * out_width as usize + x as usize) * 3;
                pixels[to..to + 3].copy_from_slice(&source[from..from + 3]);
            }
        }
    });
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of "AB / CD / EF" as they must stand after each orientation.
    #[test]
    fn the_eight_orientations() {
        let picture = Picture::new(2, 3, b"AAABBBCCCDDDEEEFFF".to_vec()).unwrap();
        let read = |orientation| {
            let picture = upright(picture.clone(), orientation);
            let letters: String = picture.rgb().chunks_exact(3).map(|p| char::from(p[0])).collect();
            (picture.width_px(), letters)
        };
        assert_eq!(read(1), (2, "ABCDEF".to_owned()));
        assert_eq!(read(2), (2, "BADCFE".to_owned()));
        assert_eq!(read(3), (2, "FEDCBA".to_owned()));
        assert_eq!(read(4), (2, "EFCDAB".to_owned()));
        assert_eq!(read(5), (3, "ACEBDF".to_owned()));
        assert_eq!(read(6), (3, "ECAFDB".to_owned()));
        assert_eq!(read(7), (3, "FDBECA".to_owned()));
        assert_eq!(read(8), (3, "BDFACE".to_owned()));
        assert_eq!(read(77), (2, "ABCDEF".to_owned()));
    }
}
