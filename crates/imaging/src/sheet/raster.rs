//! A page as PWG Raster (PWG 5102.4), which every IPP Everywhere printer takes: one dot of the printer for each pixel,
//! so nothing is fitted or scaled on the way.

use super::units::DPI;
use crate::picture::Picture;

const SYNC: &[u8; 4] = b"RaS2";
const HEADER_BYTES: usize = 1796;
/// sRGB, eight bits a colour.
const COLOUR_SPACE_SRGB: u32 = 19;
/// The best that the printer has.
const QUALITY_HIGH: u32 = 5;
const POINTS_PER_INCH: u32 = 72;
/// A run's length and a line's repeats are a byte each.
const RUN_MAX: usize = 128;
const REPEATS_MAX: usize = 256;

/// Writes one page, standing, as large as this paper in pixels; what lies beyond the paper is cut off evenly on both
/// sides, what is missing is left white.
pub(super) fn write(page: &Picture, (width_px, height_px): (u32, u32)) -> Vec<u8> {
    let page = fitted(page, (width_px, height_px));
    let mut raster = Vec::with_capacity(page.rgb().len() / 4);
    raster.extend_from_slice(SYNC);
    raster.extend_from_slice(&header(width_px, height_px));
    let line_bytes = page.width_px() as usize * 3;
    let mut lines = page.rgb().chunks_exact(line_bytes).peekable();
    while let Some(line) = lines.next() {
        let mut repeats = 1;
        while repeats < REPEATS_MAX && lines.next_if(|next| *next == line).is_some() {
            repeats += 1;
        }
        raster.push((repeats - 1) as u8);
        pack(line, &mut raster);
    }
    raster
}

/// The page in the middle of a white one of exactly this size.
fn fitted(page: &Picture, (width_px, height_px): (u32, u32)) -> Picture {
    let mut paper = Picture::filled(width_px, height_px, [255; 3]);
    let shift = |own: u32, wanted: u32| (i64::from(wanted) - i64::from(own)).div_euclid(2);
    let (dx, dy) = (shift(page.width_px(), width_px), shift(page.height_px(), height_px));
    for y in 0..page.height_px() {
        for x in 0..page.width_px() {
            let (to_x, to_y) = (i64::from(x) + dx, i64::from(y) + dy);
            if (0..i64::from(width_px)).contains(&to_x) && (0..i64::from(height_px)).contains(&to_y) {
                let at = (to_y as usize * width_px as usize + to_x as usize) * 3;
                paper.rgb_mut()[at..at + 3].copy_from_slice(&page.pixel(x, y));
            }
        }
    }
    paper
}

fn header(width_px: u32, height_px: u32) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    header[..9].copy_from_slice(b"PwgRaster");
    let dpi = u32::from(DPI);
    let points = |px: u32| px * POINTS_PER_INCH / dpi;
    // Where each field lies: PWG 5102.4, section 4.3.
    let fields = [
        (276, dpi),              // across the feed
        (280, dpi),              // along the feed
        (340, 1),                // NumCopies: the job says how many
        (352, points(width_px)), // PageSize
        (356, points(height_px)),
        (372, width_px),          // Width
        (376, height_px),         // Height
        (384, 8),                 // BitsPerColor
        (388, 24),                // BitsPerPixel
        (392, width_px * 3),      // BytesPerLine
        (400, COLOUR_SPACE_SRGB), // ColorSpace
        (420, 3),                 // NumColors
        (452, 1),                 // TotalPageCount
        (456, 1),                 // CrossFeedTransform: as it is
        (460, 1),                 // FeedTransform: as it is
        (472, width_px),          // ImageBoxRight
        (476, height_px),         // ImageBoxBottom
        (480, 0x00FF_FFFF),       // AlternatePrimary: white
        (484, QUALITY_HIGH),      // PrintQuality
    ];
    for (at, value) in fields {
        header[at..at + 4].copy_from_slice(&u32::to_be_bytes(value));
    }
    header
}

/// A line as runs of equal pixels and stretches of different ones.
fn pack(line: &[u8], raster: &mut Vec<u8>) {
    let pixels: Vec<&[u8]> = line.chunks_exact(3).collect();
    let mut at = 0;
    while at < pixels.len() {
        let equal = pixels[at..].iter().take(RUN_MAX).take_while(|pixel| **pixel == pixels[at]).count();
        if equal > 1 || at + 1 == pixels.len() {
            raster.push((equal - 1) as u8);
            raster.extend_from_slice(pixels[at]);
            at += equal;
            continue;
        }
        let rest = &pixels[at..];
        let pairs = rest.windows(2).take(RUN_MAX - 1);
        let different = pairs.take_while(|pair| pair[0] != pair[1]).count().max(1);
        if different == 1 {
            raster.push(0);
        } else {
            raster.push((257 - different) as u8);
        }
        for pixel in &rest[..different] {
            raster.extend_from_slice(pixel);
        }
        at += different;
    }
}
