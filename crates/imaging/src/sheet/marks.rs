//! Cut marks: short grey lines in line with a print's edges, in the gaps around it and never on a print.

use super::GAP_MM;
use super::layout::Place;

/// How far a mark keeps from the print, millimetres.
const CLEARANCE_MM: f64 = 0.4;
/// A mark's length, millimetres: it ends as far from the neighbour as it begins from its own print.
const LENGTH_MM: f64 = GAP_MM - 2.0 * CLEARANCE_MM;
/// A mark's thickness, millimetres: two pixels.
pub(super) const THICKNESS_MM: f64 = 0.17;
/// A mark's brightness: light, but seen on white.
pub(super) const GREY: u8 = 150;

/// A line across or down the page, millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// Where it begins.
    pub from: (f64, f64),
    /// Where it ends, to the right of or below the beginning.
    pub to: (f64, f64),
}

/// The eight marks at a print's corners.
pub(super) fn around(place: &Place) -> [Mark; 8] {
    let (left, top) = (place.left_mm, place.top_mm);
    let (right, bottom) = (left + place.width_mm, top + place.height_mm);
    let across = |x: f64, y: f64| Mark { from: (x, y), to: (x + LENGTH_MM, y) };
    let down = |x: f64, y: f64| Mark { from: (x, y), to: (x, y + LENGTH_MM) };
    let before = CLEARANCE_MM + LENGTH_MM;
    [
        across(left - before, top),
        across(left - before, bottom),
        across(right + CLEARANCE_MM, top),
        across(right + CLEARANCE_MM, bottom),
        down(left, top - before),
        down(right, top - before),
        down(left, bottom + CLEARANCE_MM),
        down(right, bottom + CLEARANCE_MM),
    ]
}
