//! Print sheets: portraits side by side on photo paper in their exact sizes, to be cut apart.
//!
//! A print may lie sideways on the paper, as a photographer would lay it; it is cut out, so nothing of the portrait
//! is turned by that. Nothing is mirrored or stretched: a portrait whose shape is not the asked size's is refused.

mod caption;
mod jpeg;
mod layout;
mod marks;
mod page;
mod paper;
mod pdf;
mod portrait;
mod raster;
mod shelf;
mod units;

use crate::encode::{EncodeError, encode_at};
use crate::picture::Picture;
use crate::spec::PrintSize;

pub use layout::{Layout, Place};
pub use paper::{Paper, UnknownPaper};
pub use portrait::Portrait;
pub use units::DPI;

/// Blank edge that is left on every side of the paper, millimetres: printers do not reach the edge.
pub const MARGIN_MM: f64 = 3.0;
/// Blank gap between two prints, millimetres: room for the blade.
pub const GAP_MM: f64 = 2.0;
/// Most prints in one order of sheets.
pub const MAX_PRINTS: u32 = 1000;
/// Shortest side of a print, millimetres.
pub const MIN_SIDE_MM: f64 = 8.0;
/// JPEG quality of a page's picture.
const PAGE_QUALITY: u8 = 95;

/// Prints of one portrait in one size.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// What is printed.
    pub portrait: &'a Portrait,
    /// How large.
    pub size: PrintSize,
    /// How often.
    pub copies: Copies,
}

/// How many prints are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// As many as the page has room for beside the others, at least one.
    AsManyAsFit,
    /// Exactly so many, on as many pages as that takes.
    Exactly(u32),
}

/// Laid-out pages, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    orders: Vec<Order<'a>>,
    layout: Layout,
    cut_marks: bool,
    caption: Option<String>,
}

/// Why prints cannot be laid out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SheetError {
    /// No prints are asked for.
    #[error("there is nothing to print; name a portrait, and a count of at least 1")]
    Nothing,
    /// More prints than one run makes.
    #[error("{wanted} prints are more than the {MAX_PRINTS} allowed; print them in several runs")]
    TooMany {
        /// Prints asked for.
        wanted: u64,
    },
    /// A size that is no print's.
    #[error("a print of {width_mm}×{height_mm} mm cannot be cut; sides have {MIN_SIDE_MM} mm and more")]
    TooSmall {
        /// The asked width.
        width_mm: f64,
        /// The asked height.
        height_mm: f64,
    },
    /// A print larger than the paper.
    #[error(
        "a print of {width_mm:.0}×{height_mm:.0} mm does not fit on {paper} paper with {MARGIN_MM} mm margins; \
         choose larger paper"
    )]
    TooLarge {
        /// The asked width.
        width_mm: f64,
        /// The asked height.
        height_mm: f64,
        /// The paper.
        paper: Paper,
    },
    /// The portrait would have to be stretched.
    #[error(
        "the portrait has {width_px}×{height_px} pixels, which do not make {width_mm:.1}×{height_mm:.1} mm without \
         stretching; make the portrait for that size first"
    )]
    WrongShape {
        /// The portrait's width.
        width_px: u32,
        /// The portrait's height.
        height_px: u32,
        /// The asked width.
        width_mm: f64,
        /// The asked height.
        height_mm: f64,
    },
}

impl<'a> Sheet<'a> {
    /// Lays the prints out on as few pages of this paper as they need, lying or standing as it fills better.
    pub fn lay_out(orders: &[Order<'a>], paper: Paper, cut_marks: bool) -> Result<Self, SheetError> {
        for order in orders {
            page::fits(order.portrait.picture(), order.size)?;
        }
        let wishes: Vec<(PrintSize, Copies)> =
            orders.iter().map(|order| (order.size, order.copies)).collect();
        let layout = layout::lay_out(&wishes, paper)?;
        Ok(Self { orders: orders.to_vec(), layout, cut_marks, caption: None })
    }

    /// The same sheet with its pages standing, as paper goes into a printer. A print that lay on its right side stands
    /// afterwards, and the other way round.
    #[must_use]
    pub fn standing(mut self) -> Self {
        self.layout = self.layout.standing();
        self
    }

    /// The same sheet with a short text under each print, in the gap: digits and Latin letters.
    #[must_use]
    pub fn with_caption(mut self, text: &str) -> Self {
        self.caption = Some(text.to_owned());
        self
    }

    /// Where every print lies.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// A page as pixels at [`DPI`]; `None` beyond the last page.
    pub fn picture(&self, page: usize) -> Option<Picture> {
        let places = self.layout.pages.get(page)?;
        let mut page = page::paint(&self.layout, places, &self.orders, self.cut_marks);
        if let Some(text) = &self.caption {
            page::write_under(&mut page, places, text);
        }
        Some(page)
    }

    /// A page as a JPEG that says its density; `None` beyond the last page.
    pub fn jpeg(&self, page: usize) -> Result<Option<Vec<u8>>, EncodeError> {
        self.picture(page).map(|picture| encode_at(&picture, DPI, PAGE_QUALITY)).transpose()
    }

    /// All pages as a PDF in the paper's exact size. Each portrait's own JPEG is in it once, byte for byte.
    pub fn pdf(&self) -> Result<Vec<u8>, EncodeError> {
        pdf::write(&self.layout, &self.orders, self.cut_marks, self.caption.as_deref())
    }

    /// A page as PWG Raster in the size that printers know its paper by; `None` beyond the last page. The page has to
    /// stand.
    pub fn raster(&self, page: usize) -> Option<Vec<u8>> {
        let (width_mm, height_mm) = self.layout.paper.printer_sides_mm();
        let paper_px = (units::pixels(width_mm), units::pixels(height_mm));
        self.picture(page).map(|picture| raster::write(&picture, paper_px))
    }
}

#[cfg(test)]
mod tests;
