//! The scan's bits.

use std::io::BufRead;

/// A scan without the zeros stuffed behind each `FF`, and without its restart markers.
pub(super) struct Scan {
    pub bytes: Vec<u8>,
    /// Where each stretch between restart markers begins; the first at 0.
    pub stretches: Vec<usize>,
}

impl Scan {
    /// Unpacks what lies between a scan's header and the end marker. `None` when restart markers are out of order
    /// or another marker than the end's follows.
    pub(super) fn unpack(mut packed: &[u8]) -> Option<Self> {
        let mut bytes = Vec::with_capacity(packed.len());
        let mut stretches = vec![0];
        loop {
            packed.read_until(0xFF, &mut bytes).ok()?;
            let (&next, rest) = packed.split_first()?;
            packed = rest;
            if next == 0 {
                continue;
            }
            bytes.pop();
            match next {
                0xD0..=0xD7 if usize::from(next & 7) == (stretches.len() - 1) % 8 => {
                    stretches.push(bytes.len());
                }
                0xD9 => return Some(Self { bytes, stretches }),
                _ => return None,
            }
        }
    }
}

/// Reads bits from the front. Beyond the end everything is zero; [`Bits::at`] tells.
#[derive(Clone)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    next: usize,
    ahead: u64,
    held: u32,
}

impl<'a> Bits<'a> {
    /// Starts at a bit.
    pub(super) fn from(bytes: &'a [u8], at_bit: u64) -> Self {
        let mut bits = Self { bytes, next: (at_bit / 8) as usize, ahead: 0, held: 0 };
        bits.refill();
        bits.take((at_bit % 8) as u32);
        bits
    }

    /// The next bit's place.
    #[inline]
    pub(super) fn at(&self) -> u64 {
        self.next as u64 * 8 - u64::from(self.held)
    }

    /// Makes sure that 56 bits or more lie ahead.
    #[inline]
    pub(super) fn refill(&mut self) {
        let word = self.bytes.get(self.next..).and_then(|rest| rest.first_chunk());
        let word = word.map_or_else(|| self.tail(), |word| u64::from_be_bytes(*word));
        self.ahead |= word >> self.held;
        self.next += ((63 - self.held) >> 3) as usize;
        self.held |= 0b11_1000;
    }

    /// What lies ahead, the next bit highest.
    #[inline]
    pub(super) fn ahead(&self) -> u64 {
        self.ahead
    }

    /// Passes over bits; no more than lie ahead.
    #[inline]
    pub(super) fn take(&mut self, count: u32) {
        self.ahead <<= count;
        self.held = self.held.wrapping_sub(count);
    }

    #[cold]
    fn tail(&self) -> u64 {
        let mut word = [0; 8];
        for (byte, &last) in word.iter_mut().zip(self.bytes.get(self.next..).unwrap_or_default()) {
            *byte = last;
        }
        u64::from_be_bytes(word)
    }
}
