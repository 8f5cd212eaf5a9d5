//! One arrangement: rows of prints from the top, each row as high as its first print. Rows can be cut apart by
//! straight cuts from edge to edge, and the prints of a row too.

use super::layout::Place;
use super::{Copies, GAP_MM, MAX_PRINTS};
use crate::spec::PrintSize;

/// Millimetres by which lengths may miss each other through rounding alone.
const ROUNDING_MM: f64 = 1e-6;

/// The different sizes, and which of them each order has.
pub(super) struct Kinds {
    sizes: Vec<PrintSize>,
    of_order: Vec<usize>,
}

/// How to arrange.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Room within the margins: width and height, millimetres.
    pub room: (f64, f64),
    /// For each size, how many rows of a page stand before the others lie.
    pub standing_rows: Vec<usize>,
    /// Whether the ends of higher rows are filled before a new row is begun.
    pub fill_up: bool,
}

/// What came of a plan.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    pages: Vec<Vec<Row>>,
    fewest_of_fill: usize,
}

#[derive(Debug, Clone)]
struct Row {
    kind: usize,
    sideways: bool,
    top_mm: f64,
    height_mm: f64,
    end_mm: f64,
    places: Vec<Place>,
}

impl Kinds {
    /// Sorts orders' sizes into kinds.
    pub(super) fn of(orders: impl Iterator<Item = PrintSize>) -> Self {
        let (mut sizes, mut of_order) = (Vec::new(), Vec::new());
        for size in orders {
            let kind = sizes.iter().position(|known| *known == size).unwrap_or_else(|| {
                sizes.push(size);
                sizes.len() - 1
            });
            of_order.push(kind);
        }
        Self { sizes, of_order }
    }

    /// The different sizes.
    pub(super) fn sizes(&self) -> impl Iterator<Item = &PrintSize> {
        self.sizes.iter()
    }

    /// Width and height of a kind as it lies on the page.
    fn extent(&self, kind: usize, sideways: bool) -> (f64, f64) {
        let PrintSize { width_mm, height_mm } = self.sizes[kind];
        if sideways { (height_mm, width_mm) } else { (width_mm, height_mm) }
    }
}

impl Plan {
    /// Places every print; `None` when a size does not fit this way.
    pub(super) fn pack(&self, kinds: &Kinds, wishes: &[(PrintSize, Copies)]) -> Option<Packed> {
        let mut pages: Vec<Vec<Row>> = Vec::new();
        // A page that has refused a size once will do so for ever: it only gets fuller.
        let mut first_open = vec![0; kinds.sizes.len()];
        for order in first_prints(wishes) {
            let open = &mut first_open[kinds.of_order[order]];
            while pages.get_mut(*open).is_some_and(|page| !self.place(page, kinds, order)) {
                *open += 1;
            }
            if *open == pages.len() {
                let mut page = Vec::new();
                if !self.place(&mut page, kinds, order) {
                    return None;
                }
                pages.push(page);
            }
        }
        let fillers: Vec<usize> =
            (0..wishes.len()).filter(|&order| wishes[order].1 == Copies::AsManyAsFit).collect();
        let fewest_of_fill = pages.last_mut().map_or(0, |page| self.fill(page, kinds, &fillers));
        Some(Packed { pages, fewest_of_fill })
    }

    /// Fills a page with these orders in turn until none fits, and says how many rounds all of them fitted.
    fn fill(&self, page: &mut Vec<Row>, kinds: &Kinds, fillers: &[usize]) -> usize {
        let mut full_rounds = 0;
        for round in 0..MAX_PRINTS as usize {
            let placed = fillers.iter().filter(|&&order| self.place(page, kinds, order)).count();
            if placed == fillers.len() && full_rounds == round {
                full_rounds += 1;
            }
            if placed == 0 {
                break;
            }
        }
        full_rounds
    }

    fn place(&self, page: &mut Vec<Row>, kinds: &Kinds, order: usize) -> bool {
        let kind = kinds.of_order[order];
        self.join_own_row(page, kinds, order, kind)
            || (self.fill_up && self.join_other_row(page, kinds, order, kind))
            || self.begin_row(page, kinds, order, kind)
            || (!self.fill_up && self.join_other_row(page, kinds, order, kind))
    }

    /// Joins a row that was begun by a print of the same size.
    fn join_own_row(&self, page: &mut [Row], kinds: &Kinds, order: usize, kind: usize) -> bool {
        page.iter_mut()
            .filter(|row| row.kind == kind)
            .any(|row| row.take(order, kinds.extent(kind, row.sideways), row.sideways, self.room.0))
    }

    /// Joins any row that is high enough, behind its prints.
    fn join_other_row(&self, page: &mut [Row], kinds: &Kinds, order: usize, kind: usize) -> bool {
        page.iter_mut().any(|row| {
            [false, true]
                .into_iter()
                .any(|sideways| row.take(order, kinds.extent(kind, sideways), sideways, self.room.0))
        })
    }

    /// Begins a row of its own below the others.
    fn begin_row(&self, page: &mut Vec<Row>, kinds: &Kinds, order: usize, kind: usize) -> bool {
        let standing = page.iter().filter(|row| row.kind == kind && !row.sideways).count();
        let sideways = standing >= self.standing_rows[kind];
        let top_mm = page.last().map_or(0.0, |row| row.top_mm + row.height_mm + GAP_MM);
        [sideways, !sideways].into_iter().any(|sideways| {
            let extent = kinds.extent(kind, sideways);
            let mut row =
                Row { kind, sideways, top_mm, height_mm: extent.1, end_mm: 0.0, places: Vec::new() };
            let fits = top_mm + extent.1 <= self.room.1 + ROUNDING_MM
                && row.take(order, extent, sideways, self.room.0);
            if fits {
                page.push(row);
            }
            fits
        })
    }
}

impl Row {
    /// Adds a print behind the others if the row is wide and high enough for it.
    fn take(
        &mut self,
        order: usize,
        (width_mm, height_mm): (f64, f64),
        sideways: bool,
        room_mm: f64,
    ) -> bool {
        let left_mm = if self.places.is_empty() { 0.0 } else { self.end_mm + GAP_MM };
        let fits = left_mm + width_mm <= room_mm + ROUNDING_MM && height_mm <= self.height_mm + ROUNDING_MM;
        if fits {
            self.end_mm = left_mm + width_mm;
            let top_mm = self.top_mm;
            self.places.push(Place { order, left_mm, top_mm, width_mm, height_mm, sideways });
        }
        fits
    }
}

impl Packed {
    /// Each page's prints, from its upper left corner.
    pub(super) fn pages(&self) -> impl Iterator<Item = Vec<Place>> {
        self.pages.iter().map(|rows| rows.iter().flat_map(|row| row.places.iter().copied()).collect())
    }

    /// What makes one arrangement better than another, the most important first; smaller is better.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let places = || self.pages.iter().flatten().flat_map(|row| &row.places);
        let sideways = places().filter(|place| place.sideways).count();
        let last = self.pages.last().map_or(0.0, |rows| {
            let width = rows.iter().map(|row| row.end_mm).fold(0.0, f64::max);
            width * rows.last().map_or(0.0, |row| row.top_mm + row.height_mm)
        });
        let fill = (std::cmp::Reverse(self.fewest_of_fill), std::cmp::Reverse(places().count()));
        (self.pages.len(), fill, sideways, last.round() as u64)
    }
}

/// The prints that have to be there, as their orders' numbers: of larger sizes first, which leave less choice. Of
/// what should fill the page, the first print.
fn first_prints(wishes: &[(PrintSize, Copies)]) -> Vec<usize> {
    let mut orders: Vec<usize> = (0..wishes.len()).collect();
    let area = |order: usize| wishes[order].0.width_mm * wishes[order].0.height_mm;
    orders.sort_by(|&a, &b| area(b).total_cmp(&area(a)));
    orders
        .into_iter()
        .flat_map(|order| {
            let count = match wishes[order].1 {
                Copies::AsManyAsFit => 1,
                Copies::Exactly(count) => count,
            };
            std::iter::repeat_n(order, count as usize)
        })
        .collect()
}
