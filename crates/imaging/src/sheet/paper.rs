//! The papers that portraits are printed on.

use std::fmt;
use std::str::FromStr;

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 五寸, 3R: 89×127 mm.
    FiveInch,
    /// 六寸, 4R: 102×152 mm.
    SixInch,
    /// A4: 210×297 mm.
    A4,
}

/// There is no paper of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no paper named {name}; there are: 5in, 6in, a4")]
pub struct UnknownPaper {
    name: String,
}

impl Paper {
    /// Every paper, from small to large.
    pub const ALL: [Self; 3] = [Self::FiveInch, Self::SixInch, Self::A4];

    /// Short name, as on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::FiveInch => "5in",
            Self::SixInch => "6in",
            Self::A4 => "a4",
        }
    }

    /// The shorter and the longer side, millimetres.
    pub fn sides_mm(self) -> (f64, f64) {
        match self {
            Self::FiveInch => (89.0, 127.0),
            Self::SixInch => (102.0, 152.0),
            Self::A4 => (210.0, 297.0),
        }
    }

    /// The same sides as printers state them (PWG 5101.1): in inches where the paper was named in inches.
    pub fn printer_sides_mm(self) -> (f64, f64) {
        match self {
            Self::FiveInch => (88.9, 127.0),
            Self::SixInch => (101.6, 152.4),
            Self::A4 => (210.0, 297.0),
        }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Paper {
    type Err = UnknownPaper;

    fn from_str(name: &str) -> Result<Self, UnknownPaper> {
        let known = Self::ALL.into_iter().find(|paper| paper.id().eq_ignore_ascii_case(name));
        known.ok_or_else(|| UnknownPaper { name: name.to_owned() })
    }
}
