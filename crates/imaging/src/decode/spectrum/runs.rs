//! Reading a scan with all cores.
//!
//! Between restart markers a scan starts anew, so each stretch can be read by itself. A scan without them is cut
//! into as many parts as there are threads, and every part but the first is read on a guess: as if a unit began at
//! its first bit. Huffman codes fall into step by themselves: after some nonsense the guess hits upon a true
//! boundary of a unit, and from there on everything is right but the constant coefficients' common offset. When the
//! part before has been read to its end, reading goes on until it arrives at a boundary that the guess has seen
//! too. There the parts are joined and the offset becomes known. A guess that never falls into step costs its time,
//! nothing else.

use std::ops::Range;

use rayon::prelude::*;

use super::bits::{Bits, Scan};
use super::entropy::{Cursor, KEPT, Reader};
use super::header::Frame;

/// A part shorter than this is not worth a guess, bytes.
const PART_MIN: usize = 1 << 16;
/// New attempts of a guess after nonsense.
const ATTEMPTS: usize = 4096;

/// Units in a row.
pub(super) struct Run {
    /// Their coefficients, unit by unit.
    pub coefficients: Vec<i16>,
    /// What to add to each component's constant coefficients.
    pub offsets: [i16; 3],
    /// Coefficients at the front that belong to no unit.
    front: usize,
}

impl Run {
    /// The coefficients of the run's units.
    pub(super) fn units(&self) -> &[i16] {
        self.coefficients.get(self.front..).unwrap_or_default()
    }
}

/// A part read on a guess, or the first, which needs none.
struct Part<'a> {
    coefficients: Vec<i16>,
    /// The bit at which each unit begins.
    starts: Vec<u64>,
    end: Cursor<'a>,
}

/// Reads all units of a picture in order. `None` when the scan makes no sense or ends too early.
pub(super) fn read(frame: &Frame<'_>, scan: &Scan, reader: &Reader<'_>) -> Option<Vec<Run>> {
    let (across, down) = frame.units();
    let units = across * down;
    if frame.restart_interval > 0 {
        return stretches(frame.restart_interval, units, scan, reader);
    }
    (scan.stretches.len() == 1).then(|| guessed(units, &scan.bytes, reader)).flatten()
}

/// Reads the stretches between restart markers.
fn stretches(interval: usize, units: usize, scan: &Scan, reader: &Reader<'_>) -> Option<Vec<Run>> {
    let count = units.div_ceil(interval);
    if scan.stretches.len() != count {
        return None;
    }
    let batch = count.div_ceil(4 * rayon::current_num_threads());
    let batches: Vec<usize> = (0..count).step_by(batch).collect();
    let read = |&first: &usize| {
        let stretches = first..count.min(first + batch);
        let most = (stretches.len() * interval).min(units) * reader.unit_length();
        let mut coefficients = Vec::with_capacity(most.min(scan.bytes.len() * 4 * KEPT));
        for stretch in stretches {
            let end = scan.stretches.get(stretch + 1).copied().unwrap_or(scan.bytes.len());
            let bytes = scan.bytes.get(scan.stretches[stretch]..end)?;
            let mut cursor = Cursor { bits: Bits::from(bytes, 0), last: [0; 3] };
            for _ in 0..interval.min(units - stretch * interval) {
                reader.unit(&mut cursor, &mut coefficients)?;
            }
            if cursor.bits.at() > bytes.len() as u64 * 8 {
                return None;
            }
        }
        Some(Run { coefficients, offsets: [0; 3], front: 0 })
    };
    batches.par_iter().map(read).collect()
}

/// Reads a scan without restart markers.
fn guessed(units: usize, bytes: &[u8], reader: &Reader<'_>) -> Option<Vec<Run>> {
    let length = reader.unit_length();
    let count = rayon::current_num_threads().min(bytes.len() / PART_MIN).max(1);
    let bound = |part: usize| (part * bytes.len() / count) as u64 * 8;
    let most = (2 * units / count + 1).min(units);
    let mut parts = (0..count)
        .into_par_iter()
        .map(|part| Part::read(bytes, bound(part)..bound(part + 1), most, reader))
        .collect::<Vec<_>>()
        .into_iter();
    let first = parts.next()?;
    let mut cursor = first.end;
    let mut runs = vec![Run { coefficients: first.coefficients, offsets: [0; 3], front: 0 }];
    let mut read = first.starts.len();
    for (part, index) in parts.zip(1..) {
        let mut between = Vec::new();
        let met = loop {
            if let Ok(met) = part.starts.binary_search(&cursor.bits.at()) {
                break Some(met);
            }
            if read >= units || cursor.bits.at() >= bound(index + 1) {
                break None;
            }
            reader.unit(&mut cursor, &mut between)?;
            read += 1;
        };
        runs.push(Run { coefficients: between, offsets: [0; 3], front: 0 });
        if let Some(met) = met {
            let front = met * length;
            let before = front.checked_sub(length).and_then(|at| part.coefficients.get(at..front));
            let guessed = before.map_or([0; 3], |unit| reader.last_of(unit));
            let offsets: [i16; 3] = std::array::from_fn(|i| cursor.last[i].wrapping_sub(guessed[i]));
            read += part.starts.len() - met;
            cursor = part.end;
            for (last, offset) in cursor.last.iter_mut().zip(offsets) {
                *last = last.wrapping_add(offset);
            }
            runs.push(Run { coefficients: part.coefficients, offsets, front });
        }
    }
    let mut rest = Vec::new();
    while read < units {
        reader.unit(&mut cursor, &mut rest)?;
        read += 1;
        if cursor.bits.at() > bytes.len() as u64 * 8 {
            return None;
        }
    }
    runs.push(Run { coefficients: rest, offsets: [0; 3], front: 0 });
    Some(runs)
}

impl<'a> Part<'a> {
    /// Reads whole units that begin within some bits, but not more than a number. Nonsense means a wrong guess:
    /// begin anew behind it.
    fn read(bytes: &'a [u8], range: Range<u64>, most: usize, reader: &Reader<'_>) -> Self {
        let end = bytes.len() as u64 * 8;
        let mut cursor = Cursor { bits: Bits::from(bytes, range.start), last: [0; 3] };
        // No block has fewer than two bits.
        let room = ((range.end - range.start) as usize / 2 * KEPT).min(most * reader.unit_length());
        let mut coefficients = Vec::with_capacity(room);
        let mut starts = Vec::new();
        let mut attempts = 0;
        while cursor.bits.at() < range.end && starts.len() < most {
            let before = cursor.clone();
            let sense = reader.unit(&mut cursor, &mut coefficients);
            if sense.is_some() && cursor.bits.at() <= end {
                starts.push(before.bits.at());
                continue;
            }
            // What does not read at the scan's very end is padding; the first part never guesses.
            attempts += 1;
            if range.start == 0 || attempts > ATTEMPTS || cursor.bits.at() + 64 > end {
                coefficients.truncate(starts.len() * reader.unit_length());
                return Self { coefficients, starts, end: before };
            }
            cursor = Cursor { bits: Bits::from(bytes, (cursor.bits.at() / 8 + 1) * 8), last: [0; 3] };
            coefficients.clear();
            starts.clear();
        }
        Self { coefficients, starts, end: cursor }
    }
}
