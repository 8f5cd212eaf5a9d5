//! The low frequencies of a camera's JPEG, from which it can be shown at an eighth to a half of its size without
//! its pixels ever being made.
//!
//! A portrait has a small part of a shot's pixels. Nearly all cameras write 8-bit sequential Huffman files, grey or
//! YCbCr, in one scan; these are read here with all cores. Everything else is left to the library.

mod bits;
mod colour;
mod entropy;
mod header;
mod huffman;
mod runs;
mod transform;

use bits::Scan;
use entropy::{Reader, Tables};
use header::Frame;
use runs::Run;

use crate::picture::Picture;

/// Sizes that a picture can be given at, in eighths of its own.
pub(super) const EIGHTHS: [u32; 4] = [1, 2, 3, 4];

/// The lowest four by four frequencies of every block.
pub(super) struct Spectrum<'a> {
    frame: Frame<'a>,
    runs: Vec<Run>,
}

impl<'a> Spectrum<'a> {
    /// Reads a file. `None` when it is of another kind, or damaged, or cut short: whoever reads it whole will say.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let frame = Frame::parse(bytes)?;
        let scan = Scan::unpack(frame.scan)?;
        let tables = Tables::new(&frame)?;
        let runs = runs::read(&frame, &scan, &Reader::new(&frame, &tables))?;
        drop(tables);
        Some(Self { frame, runs })
    }

    /// The picture at so many eighths of its size, in the file's own colours; one of [`EIGHTHS`]. A rest of less
    /// than a pixel at the right and lower edges is left out.
    pub(super) fn picture(&self, eighths: u32) -> Option<Picture> {
        let eighths = EIGHTHS.into_iter().find(|&possible| possible == eighths)? as usize;
        let samples = transform::samples(&self.frame, &self.runs, eighths);
        let side = |length: usize| (length * eighths / 8).max(1);
        let (width, height) = (side(self.frame.width), side(self.frame.height));
        let rgb = colour::rgb(&samples, width, height);
        Picture::new(width as u32, height as u32, rgb)
    }
}

#[cfg(test)]
mod tests;
