//! From bits to the coefficients that a reduced picture needs.

use super::bits::Bits;
use super::header::Frame;
use super::huffman::{AcTable, DcTable};

/// Coefficients kept along each side of a block.
pub(super) const SIDE: usize = 4;
/// Coefficients kept of a block, rows first.
pub(super) const KEPT: usize = SIDE * SIDE;
/// The last of them in zigzag order.
const LAST_KEPT: usize = 24;

/// Column plus eight times row of each coefficient in zigzag order (ITU-T T.81, figure A.6).
pub(super) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Where each coefficient is kept; those that are not go to a place behind.
const PLACES: [u8; 256] = places();

/// Reads one unit after another.
pub(super) struct Reader<'a> {
    slots: Vec<Slot<'a>>,
}

/// One block's place in a unit.
struct Slot<'a> {
    component: usize,
    dc: &'a DcTable<'a>,
    ac: &'a AcTable<'a>,
}

/// The codes of every component, ready for reading.
pub(super) struct Tables<'a> {
    components: Vec<(DcTable<'a>, AcTable<'a>)>,
}

/// A place in the scan: what lies ahead, and the last constant coefficient of each component.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    pub bits: Bits<'a>,
    pub last: [i16; 3],
}

impl<'a> Tables<'a> {
    pub(super) fn new(frame: &'a Frame<'_>) -> Option<Self> {
        let tables = |component| frame.codes(component).map(|(dc, ac)| (DcTable::new(dc), AcTable::new(ac)));
        frame.components.iter().map(tables).collect::<Option<_>>().map(|components| Self { components })
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(frame: &Frame<'_>, tables: &'a Tables<'a>) -> Self {
        let mut slots = Vec::new();
        for (component, (sampling, (dc, ac))) in frame.components.iter().zip(&tables.components).enumerate() {
            slots.extend((0..sampling.across * sampling.down).map(|_| Slot { component, dc, ac }));
        }
        Self { slots }
    }

    /// Coefficients that a unit leaves.
    pub(super) fn unit_length(&self) -> usize {
        self.slots.len() * KEPT
    }

    /// The last constant coefficients behind a unit.
    pub(super) fn last_of(&self, unit: &[i16]) -> [i16; 3] {
        let mut last = [0; 3];
        for (slot, block) in self.slots.iter().zip(unit.chunks_exact(KEPT)) {
            last[slot.component] = block[0];
        }
        last
    }

    /// Reads one unit and appends its coefficients, block by block. `None` when the bits make no sense.
    #[inline]
    pub(super) fn unit(&self, cursor: &mut Cursor<'_>, output: &mut Vec<i16>) -> Option<()> {
        for slot in &self.slots {
            let mut block = [0; 2 * KEPT];
            let change = constant(&mut cursor.bits, slot.dc)?;
            let last = &mut cursor.last[slot.component];
            *last = last.wrapping_add(change);
            block[0] = *last;
            let next = kept(&mut cursor.bits, slot.ac, &mut block)?;
            passed_over(&mut cursor.bits, slot.ac, next)?;
            output.extend_from_slice(&block[..KEPT]);
        }
        Some(())
    }
}

/// A constant coefficient's change against the block before.
#[inline]
fn constant(bits: &mut Bits<'_>, table: &DcTable<'_>) -> Option<i16> {
    bits.refill();
    let mut step = table.look(bits.ahead());
    if step.length() == 0 {
        step = table.search(bits.ahead())?;
    }
    bits.take(step.length());
    Some(step.value())
}

/// Reads coefficients until all that are kept are known; the index of the next one.
#[inline]
fn kept(bits: &mut Bits<'_>, table: &AcTable<'_>, block: &mut [i16; 2 * KEPT]) -> Option<usize> {
    let mut next = 1;
    loop {
        bits.refill();
        // Four short looks are within one filling; a long one fills up again.
        for _ in 0..4 {
            let mut step = table.look(bits.ahead());
            if step.length() == 0 {
                bits.refill();
                step = table.search(bits.ahead())?;
                bits.take(step.length());
                bits.refill();
            } else {
                bits.take(step.length());
            }
            next += step.advance();
            let place = PLACES[(next - 1) & 0xFF];
            block[usize::from(place) % (2 * KEPT)] = step.value();
            if next > LAST_KEPT {
                return Some(next);
            }
        }
    }
}

/// Passes over a block's remaining coefficients.
#[inline]
fn passed_over(bits: &mut Bits<'_>, table: &AcTable<'_>, mut next: usize) -> Option<()> {
    while next < 64 {
        bits.refill();
        for _ in 0..4 {
            let skip = table.skip(bits.ahead());
            let end = next + skip.advance();
            if skip.length() == 0 || end + skip.ends() > 64 {
                bits.refill();
                let step = table.search(bits.ahead())?;
                bits.take(step.length());
                bits.refill();
                next += step.advance();
            } else {
                bits.take(skip.length());
                next = end + skip.ends() * 128;
            }
            if next >= 64 {
                break;
            }
        }
    }
    (next == 64 || next > 128).then_some(())
}

const fn places() -> [u8; 256] {
    let mut places = [KEPT as u8; 256];
    let mut index = 0;
    while index < 64 {
        let (row, column) = (ZIGZAG[index] / 8, ZIGZAG[index] % 8);
        if (row as usize) < SIDE && (column as usize) < SIDE {
            places[index] = row * SIDE as u8 + column;
        }
        index += 1;
    }
    places
}
