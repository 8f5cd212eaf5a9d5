//! Millimetres, pixels and points.

use crate::spec::MM_PER_INCH;

/// Density of a page's pixels, dots per inch.
pub const DPI: u16 = 300;
/// PostScript points in an inch.
const POINTS_PER_INCH: f64 = 72.0;

/// Whole pixels at [`DPI`], at least one.
pub(super) fn pixels(mm: f64) -> u32 {
    offset_px(mm).max(1)
}

/// The pixel edge that lies this far from the page's edge at [`DPI`].
pub(super) fn offset_px(mm: f64) -> u32 {
    (mm * f64::from(DPI) / MM_PER_INCH).round().max(0.0) as u32
}

/// Points, a PDF's unit.
pub(super) fn points(mm: f64) -> f32 {
    (mm * POINTS_PER_INCH / MM_PER_INCH) as f32
}
