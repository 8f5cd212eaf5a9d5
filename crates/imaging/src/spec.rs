//! What a portrait has to be: specs are data, one TOML file each, checked when read.

mod folder;
mod sound;

use std::path::{Path, PathBuf};

use gradshot_domain::Limit;
use serde::{Deserialize, Serialize};

pub use folder::Specs;

/// Millimetres in an inch.
pub(crate) const MM_PER_INCH: f64 = 25.4;

/// One kind of portrait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Short name, as on the command line; the file's name without its ending.
    pub id: String,
    /// Name for people, in Chinese.
    pub zh: String,
    /// Name for people, in English.
    pub en: String,
    /// Where menus list it.
    pub group: Group,
    /// The paper that says so.
    pub source: String,
    /// Size of the picture.
    pub picture: PictureSize,
    /// The file that carries it.
    pub file: FileRule,
    /// Where the face stands.
    pub geometry: Geometry,
    /// What stands behind.
    pub background: Background,
    /// How the head is held.
    pub pose: PoseLimits,
    /// What must not be done to the picture.
    pub forbidden: Forbidden,
}

/// Where menus list a spec, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The registry of graduation certificates and what its operators narrow.
    Chsi,
    /// Registration for examinations and qualifications.
    Exam,
    /// Cards, licences, passports.
    Document,
    /// Other countries' visas.
    Visa,
    /// Sizes by name, for no office in particular.
    Common,
}

/// Size of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSize {
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
    /// Density for printing, dots per inch.
    pub dpi: u16,
    /// Size on paper as its paper states it; without it, pixels and density say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print_mm: Option<PrintSize>,
    /// The paper that says so.
    pub source: String,
}

/// A size on paper, written `[width, height]` in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct PrintSize {
    /// Width, millimetres.
    pub width_mm: f64,
    /// Height, millimetres.
    pub height_mm: f64,
}

/// The file: always a JPEG in sRGB, 24 bits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// Size that is aimed at, kilobytes; absent where nobody asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_kb: Option<Band>,
    /// Size that is allowed at all, kilobytes; absent where nobody asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_kb: Option<Band>,
    /// Lowest JPEG quality factor, 1 to 100.
    pub quality_min: u8,
    /// JPEG quality factor, 1 to 100, that is written where no size is aimed at.
    #[serde(default = "FileRule::usual_quality")]
    pub quality_aim: u8,
    /// The paper that says so.
    pub source: String,
}

/// Where the face stands, in the portrait's pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Geometry {
    /// Top of the hair, from the upper edge.
    pub hairline_px: Band,
    /// The pupils' line, from the upper edge.
    pub eye_line_px: Band,
    /// The face from cheek to cheek.
    pub face_width_px: Band,
    /// Furthest that the face's middle may lie from the portrait's middle, to either side.
    pub centre_offset_max_px: f64,
    /// How the bands follow from what the source says, where it does not give them itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<String>,
    /// The paper that says so.
    pub source: String,
}

/// What stands behind the person: one even colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Id of the colour that is used unless another is asked for.
    pub default: String,
    /// The colours to choose from.
    #[serde(rename = "colour")]
    pub colours: Vec<Colour>,
    /// The paper that says so.
    pub source: String,
}

/// A background colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colour {
    /// Short name.
    pub id: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// sRGB, 0 to 255.
    pub rgb: [u8; 3],
}

/// How far the head may be off straight, degrees to either side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoseLimits {
    /// Turned left or right.
    pub yaw: Tolerance,
    /// Nodded down or up.
    pub pitch: Tolerance,
    /// Tilted to a shoulder.
    pub roll: Tolerance,
    /// The paper that says so.
    pub source: String,
}

/// Two limits: up to the first is in order, beyond the second is a retake, between them a person looks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// In order up to here, degrees.
    pub pass_deg: f64,
    /// A retake beyond here, degrees.
    pub retake_deg: f64,
}

/// Processing that the standard forbids. The engine does none of these for any spec; the list is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// Words for what must not be done.
    pub processing: Vec<String>,
    /// The paper that says so.
    pub source: String,
}

/// A closed range, written `[low, high]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Band {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
}

/// Why a spec is not usable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// The file or folder cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not a spec.
    #[error("{} is not a spec: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The spec contradicts itself.
    #[error("the spec {id} contradicts itself: {reason}")]
    Contradiction {
        /// The spec.
        id: String,
        /// What does not hold.
        reason: String,
    },
    /// There is no spec of that name.
    #[error("there is no spec named {id}; there are: {known}")]
    Unknown {
        /// The wanted id.
        id: String,
        /// The ids that exist.
        known: String,
    },
    /// The spec does not allow a background of that name.
    #[error("the spec {spec} has no background named {id}; it has: {known}")]
    UnknownBackground {
        /// The spec.
        spec: String,
        /// The wanted colour's id.
        id: String,
        /// The colours' ids that the spec has.
        known: String,
    },
}

impl Group {
    /// Every group, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Chsi, Self::Exam, Self::Document, Self::Visa, Self::Common];

    /// Short name, as in a spec's file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Chsi => "chsi",
            Self::Exam => "exam",
            Self::Document => "document",
            Self::Visa => "visa",
            Self::Common => "common",
        }
    }
}

impl Spec {
    /// Reads a spec and checks it.
    pub fn parse(toml: &str, path: &Path) -> Result<Self, SpecError> {
        let spec: Self = toml::from_str(toml).map_err(|error| SpecError::Malformed {
            path: path.to_owned(),
            reason: sound::malformed(toml, &error),
        })?;
        match sound::contradiction(&spec) {
            None => Ok(spec),
            Some(reason) => Err(SpecError::Contradiction { id: spec.id, reason: reason.to_owned() }),
        }
    }

    /// The same spec over another of its background colours.
    pub fn with_background(mut self, id: &str) -> Result<Self, SpecError> {
        if self.background.colour(Some(id)).is_none() {
            let known = self.background.colours.iter().map(|colour| colour.id.as_str());
            return Err(SpecError::UnknownBackground {
                id: id.to_owned(),
                known: known.collect::<Vec<_>>().join(", "),
                spec: self.id,
            });
        }
        id.clone_into(&mut self.background.default);
        Ok(self)
    }

    /// Size on paper: as the spec states it, or as its pixels and density say.
    pub fn print_size(&self) -> PrintSize {
        let PictureSize { width_px, height_px, dpi, print_mm, .. } = &self.picture;
        let mm = |pixels: u32| f64::from(pixels) * MM_PER_INCH / f64::from((*dpi).max(1));
        print_mm.unwrap_or_else(|| PrintSize { width_mm: mm(*width_px), height_mm: mm(*height_px) })
    }
}

impl FileRule {
    /// The size that a finding holds the file against; open where nobody asks for one.
    pub fn size_limit(&self) -> Limit {
        self.target_kb.map_or(Limit { min: None, max: None }, |band| band.limit())
    }

    /// A quality at which nothing is lost to the eye and little to the disk.
    fn usual_quality() -> u8 {
        92
    }
}

impl Background {
    /// The colour of this id, or the default one.
    pub fn colour(&self, id: Option<&str>) -> Option<&Colour> {
        let id = id.unwrap_or(&self.default);
        self.colours.iter().find(|colour| colour.id == id)
    }
}

impl Band {
    /// The value in the middle.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.min, self.max)
    }

    /// Half of the width.
    pub fn half_width(&self) -> f64 {
        (self.max - self.min) / 2.0
    }

    /// The band as a finding's limit.
    pub fn limit(&self) -> Limit {
        Limit::between(self.min, self.max)
    }
}

impl From<[f64; 2]> for Band {
    fn from([min, max]: [f64; 2]) -> Self {
        Self { min, max }
    }
}

impl From<Band> for [f64; 2] {
    fn from(band: Band) -> Self {
        [band.min, band.max]
    }
}

impl From<[f64; 2]> for PrintSize {
    fn from([width_mm, height_mm]: [f64; 2]) -> Self {
        Self { width_mm, height_mm }
    }
}

impl From<PrintSize> for [f64; 2] {
    fn from(size: PrintSize) -> Self {
        [size.width_mm, size.height_mm]
    }
}

#[cfg(test)]
mod tests;
