//! Where every print lies: sizes and counts in, pages of places out. Millimetres throughout.

use super::shelf::{Kinds, Packed, Plan};
use super::{Copies, GAP_MM, MARGIN_MM, MAX_PRINTS, MIN_SIDE_MM, Paper, SheetError};
use crate::spec::PrintSize;

/// Most arrangements that are tried out.
const MAX_PLANS: usize = 400;

/// Pages of places.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The paper.
    pub paper: Paper,
    /// The page's width as the paper is laid, millimetres.
    pub width_mm: f64,
    /// The page's height as the paper is laid, millimetres.
    pub height_mm: f64,
    /// Each page's prints.
    pub pages: Vec<Vec<Place>>,
}

/// One print on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which order it belongs to, counted from zero.
    pub order: usize,
    /// Left edge, millimetres from the page's.
    pub left_mm: f64,
    /// Top edge, millimetres from the page's.
    pub top_mm: f64,
    /// Width as it lies on the page, millimetres.
    pub width_mm: f64,
    /// Height as it lies on the page, millimetres.
    pub height_mm: f64,
    /// Whether the print lies on its right side: its top points to the page's right.
    pub sideways: bool,
}

impl Layout {
    /// How many prints each of `orders` orders has on all pages.
    pub fn counts(&self, orders: usize) -> Vec<u32> {
        let mut counts = vec![0; orders];
        for place in self.pages.iter().flatten() {
            if let Some(count) = counts.get_mut(place.order) {
                *count += 1;
            }
        }
        counts
    }

    /// The same prints with the paper standing: a lying page is turned on its right side.
    #[must_use]
    pub(super) fn standing(self) -> Self {
        if self.width_mm <= self.height_mm {
            return self;
        }
        let turned = |place: Place| Place {
            left_mm: self.height_mm - place.top_mm - place.height_mm,
            top_mm: place.left_mm,
            width_mm: place.height_mm,
            height_mm: place.width_mm,
            // On its head is no way to lie: such a print stands.
            sideways: !place.sideways,
            ..place
        };
        let pages = self.pages.iter().map(|page| page.iter().copied().map(turned).collect()).collect();
        Self { width_mm: self.height_mm, height_mm: self.width_mm, pages, ..self }
    }
}

/// Lays out prints of these sizes and counts. Several arrangements are tried, on the paper standing and lying; the
/// best has the fewest pages, then the most prints where as many are wanted as fit, then the fewest sideways.
pub(super) fn lay_out(wishes: &[(PrintSize, Copies)], paper: Paper) -> Result<Layout, SheetError> {
    check(wishes, paper)?;
    let kinds = Kinds::of(wishes.iter().map(|(size, _)| *size));
    let (short, long) = paper.sides_mm();
    let mut best: Option<((f64, f64), Packed)> = None;
    for page in [(short, long), (long, short)] {
        let room = (page.0 - 2.0 * MARGIN_MM, page.1 - 2.0 * MARGIN_MM);
        for plan in plans(&kinds, room) {
            let Some(packed) = plan.pack(&kinds, wishes) else { continue };
            if best.as_ref().is_none_or(|(_, other)| packed.rank() < other.rank()) {
                best = Some((page, packed));
            }
        }
    }
    let Some(((width_mm, height_mm), packed)) = best else { return Err(SheetError::Nothing) };
    let pages = packed.pages().map(|page| centred(page, (width_mm, height_mm))).collect();
    Ok(Layout { paper, width_mm, height_mm, pages })
}

/// Refuses what no arrangement could satisfy.
fn check(wishes: &[(PrintSize, Copies)], paper: Paper) -> Result<(), SheetError> {
    let wanted = wishes.iter().map(|(_, copies)| match copies {
        Copies::AsManyAsFit => 1,
        Copies::Exactly(count) => u64::from(*count),
    });
    let wanted: u64 = wanted.sum();
    if wishes.is_empty() || wishes.iter().any(|(_, copies)| *copies == Copies::Exactly(0)) {
        return Err(SheetError::Nothing);
    }
    if wanted > u64::from(MAX_PRINTS) {
        return Err(SheetError::TooMany { wanted });
    }
    let (short, long) = paper.sides_mm();
    let room = (short - 2.0 * MARGIN_MM, long - 2.0 * MARGIN_MM);
    for &(PrintSize { width_mm, height_mm }, _) in wishes {
        let (shorter, longer) = (width_mm.min(height_mm), width_mm.max(height_mm));
        if !(shorter.is_finite() && longer.is_finite() && shorter >= MIN_SIDE_MM) {
            return Err(SheetError::TooSmall { width_mm, height_mm });
        }
        if shorter > room.0 || longer > room.1 {
            return Err(SheetError::TooLarge { width_mm, height_mm, paper });
        }
    }
    Ok(())
}

/// Arrangements to try: for each size, after how many standing rows of a page the others lie.
fn plans(kinds: &Kinds, room: (f64, f64)) -> Vec<Plan> {
    let fine: Vec<Vec<usize>> = kinds
        .sizes()
        .map(|size| (0..=((room.1 + GAP_MM) / (size.height_mm + GAP_MM)) as usize).collect())
        .collect();
    let coarse: Vec<Vec<usize>> = fine.iter().map(|rows| vec![0, rows.len() - 1]).collect();
    let plain: Vec<Vec<usize>> = fine.iter().map(|rows| vec![rows.len() - 1]).collect();
    let affordable = |choices: &&Vec<Vec<usize>>| {
        choices
            .iter()
            .try_fold(1usize, |all, rows| all.checked_mul(rows.len()))
            .is_some_and(|n| n <= MAX_PLANS)
    };
    let choices = [&fine, &coarse].into_iter().find(affordable).unwrap_or(&plain);
    let combinations = choices.iter().fold(vec![Vec::new()], |before, rows| {
        before
            .iter()
            .flat_map(|head: &Vec<usize>| rows.iter().map(move |rows| [head.as_slice(), &[*rows]].concat()))
            .collect()
    });
    combinations
        .into_iter()
        .flat_map(|standing| {
            [true, false].map(|fill_up| Plan { room, standing_rows: standing.clone(), fill_up })
        })
        .collect()
}

/// Moves a page's prints so that the block they make lies in the middle of the paper.
fn centred(places: Vec<Place>, (width_mm, height_mm): (f64, f64)) -> Vec<Place> {
    let right = places.iter().map(|place| place.left_mm + place.width_mm).fold(0.0, f64::max);
    let bottom = places.iter().map(|place| place.top_mm + place.height_mm).fold(0.0, f64::max);
    let (dx, dy) = ((width_mm - right) / 2.0, (height_mm - bottom) / 2.0);
    let moved = |place: Place| Place { left_mm: place.left_mm + dx, top_mm: place.top_mm + dy, ..place };
    places.into_iter().map(moved).collect()
}
