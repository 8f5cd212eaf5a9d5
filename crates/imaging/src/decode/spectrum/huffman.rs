//! Huffman codes, and tables that read a symbol with its value, or several symbols, in one look.

/// Bits that one look covers where values are wanted.
pub(super) const LOOK_BITS: u32 = 11;
/// Bits that one look covers where values are passed over.
pub(super) const SKIP_BITS: u32 = 12;
/// The longest code (ITU-T T.81, C).
const CODE_BITS: u32 = 16;
/// Most value bits of a constant coefficient and of any other, for 8-bit pictures (ITU-T T.81, F.1.2).
const MAX_DC_BITS: u32 = 11;
const MAX_AC_BITS: u32 = 10;
/// How far the end of a block advances: beyond any coefficient.
pub(super) const END_OF_BLOCK: usize = 128;
/// Coefficients in a block.
const BLOCK: u32 = 64;

/// A Huffman code: for every 16 bits that may lie ahead the symbol, and its length in the high byte; 0 where no
/// symbol begins so.
pub(super) struct Code {
    ahead: Vec<u16>,
}

/// One coefficient read: what it costs, how far it leads, and its value, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step(u32);

/// Several coefficients passed over at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Skip(u16);

/// How one component's constant coefficients are read.
pub(super) struct DcTable<'a> {
    looks: Box<[Step; 1 << LOOK_BITS]>,
    code: &'a Code,
}

/// How one component's other coefficients are read.
pub(super) struct AcTable<'a> {
    looks: Box<[Step; 1 << LOOK_BITS]>,
    skips: Box<[Skip; 1 << SKIP_BITS]>,
    code: &'a Code,
}

impl Code {
    /// From the number of codes of each length, and the symbols in order. `None` when there are more codes than
    /// their lengths have room for.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut ahead = Vec::with_capacity(1 << CODE_BITS);
        let mut symbols = symbols.iter();
        for (length, &count) in (1u16..).zip(counts) {
            for &symbol in symbols.by_ref().take(usize::from(count)) {
                let end = ahead.len() + (1 << (CODE_BITS - u32::from(length)));
                if end > 1 << CODE_BITS {
                    return None;
                }
                ahead.resize(end, length << 8 | u16::from(symbol));
            }
        }
        ahead.resize(1 << CODE_BITS, 0);
        Some(Self { ahead })
    }

    /// The symbol at the head of 16 bits, and its length.
    fn symbol(&self, bits: u32) -> Option<(u32, u32)> {
        let entry = u32::from(*self.ahead.get(bits as usize)?);
        (entry != 0).then_some((entry & 0xFF, entry >> 8))
    }
}

impl Step {
    const UNKNOWN: Self = Self(0);

    fn new(length: u32, advance: usize, value: i16) -> Self {
        Self(length | (advance as u32) << 8 | u32::from(value.cast_unsigned()) << 16)
    }

    /// Bits that it takes; 0 when the look was too short to tell.
    #[inline]
    pub(super) fn length(self) -> u32 {
        self.0 & 0xFF
    }

    /// Coefficients that it leads on.
    #[inline]
    pub(super) fn advance(self) -> usize {
        (self.0 >> 8 & 0xFF) as usize
    }

    /// The last coefficient's value.
    #[inline]
    pub(super) fn value(self) -> i16 {
        ((self.0 >> 16) as u16).cast_signed()
    }

    /// A constant coefficient's change at the head of 32 bits.
    fn constant(code: &Code, bits: u32) -> Option<Self> {
        let (size, length) = code.symbol(bits >> 16)?;
        (size <= MAX_DC_BITS).then(|| Self::new(length + size, 1, value(bits << length, size)))
    }

    /// Another coefficient at the head of 32 bits.
    fn other(code: &Code, bits: u32) -> Option<Self> {
        let (symbol, length) = code.symbol(bits >> 16)?;
        match (symbol >> 4, symbol & 15) {
            (0, 0) => Some(Self::new(length, END_OF_BLOCK, 0)),
            (15, 0) => Some(Self::new(length, 16, 0)),
            (_, 0) => None,
            (run, size) if size <= MAX_AC_BITS => {
                Some(Self::new(length + size, run as usize + 1, value(bits << length, size)))
            }
            _ => None,
        }
    }
}

/// The value in the first `size` bits (ITU-T T.81, F.2.2.1).
fn value(bits: u32, size: u32) -> i16 {
    if size == 0 {
        return 0;
    }
    let magnitude = (bits >> (32 - size)).cast_signed();
    let value = if bits >> 31 == 1 { magnitude } else { magnitude - (1 << size) + 1 };
    value as i16
}

/// What each short look shows, where it shows enough.
fn looks(read: impl Fn(u32) -> Option<Step>) -> Box<[Step; 1 << LOOK_BITS]> {
    let mut looks = Box::new([Step::UNKNOWN; 1 << LOOK_BITS]);
    for (bits, look) in (0u32..).zip(looks.iter_mut()) {
        if let Some(step) = read(bits << (32 - LOOK_BITS)).filter(|step| step.length() <= LOOK_BITS) {
            *look = step;
        }
    }
    looks
}

impl<'a> DcTable<'a> {
    pub(super) fn new(code: &'a Code) -> Self {
        Self { looks: looks(|bits| Step::constant(code, bits)), code }
    }

    #[inline]
    pub(super) fn look(&self, bits: u64) -> Step {
        self.looks[(bits >> (64 - LOOK_BITS)) as usize]
    }

    #[cold]
    pub(super) fn search(&self, bits: u64) -> Option<Step> {
        Step::constant(self.code, (bits >> 32) as u32)
    }
}

impl<'a> AcTable<'a> {
    pub(super) fn new(code: &'a Code) -> Self {
        let looks = looks(|bits| Step::other(code, bits));
        let mut skips = Box::new([Skip(0); 1 << SKIP_BITS]);
        for (bits, skip) in (0u32..).zip(skips.iter_mut()) {
            *skip = Skip::new(code, bits << (32 - SKIP_BITS));
        }
        Self { looks, skips, code }
    }

    #[inline]
    pub(super) fn look(&self, bits: u64) -> Step {
        self.looks[(bits >> (64 - LOOK_BITS)) as usize]
    }

    #[inline]
    pub(super) fn skip(&self, bits: u64) -> Skip {
        self.skips[(bits >> (64 - SKIP_BITS)) as usize]
    }

    #[cold]
    pub(super) fn search(&self, bits: u64) -> Option<Step> {
        Step::other(self.code, (bits >> 32) as u32)
    }
}

impl Skip {
    /// As many coefficients as the first [`SKIP_BITS`] bits hold, up to the end of the block.
    fn new(code: &Code, mut bits: u32) -> Self {
        let (mut length, mut advance) = (0, 0);
        while let Some(step) = Step::other(code, bits) {
            if length + step.length() > SKIP_BITS {
                break;
            }
            let ends = step.advance() == END_OF_BLOCK;
            if !ends && advance + step.advance() as u32 >= BLOCK {
                break;
            }
            length += step.length();
            bits <<= step.length();
            if ends {
                return Self((length | advance << 4 | 1 << 15) as u16);
            }
            advance += step.advance() as u32;
        }
        Self((length | advance << 4) as u16)
    }

    /// Bits that they take; 0 when the look was too short for a single one.
    #[inline]
    pub(super) fn length(self) -> u32 {
        u32::from(self.0 & 15)
    }

    /// Coefficients that they lead on, the end of the block aside.
    #[inline]
    pub(super) fn advance(self) -> usize {
        usize::from(self.0 >> 4 & 0x7F)
    }

    /// Whether the block ends behind them: 1 or 0.
    #[inline]
    pub(super) fn ends(self) -> usize {
        usize::from(self.0 >> 15)
    }
}
