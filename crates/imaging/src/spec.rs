//! What a portrait has to be: specs are data, one TOML file each, checked when read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gradshot_domain::Limit;
use serde::Deserialize;

/// Largest spec file that is read, bytes.
const MAX_FILE_BYTES: u64 = 64 << 10;
/// Largest side of a portrait, pixels.
const MAX_SIDE_PX: u32 = 4096;

/// One kind of portrait.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Short name, as on the command line; the file's name without its ending.
    pub id: String,
    /// Name for people, in Chinese.
    pub zh: String,
    /// Name for people, in English.
    pub en: String,
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

/// Size of the picture.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSize {
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
    /// Density for printing, dots per inch.
    pub dpi: u16,
    /// The paper that says so.
    pub source: String,
}

/// The file: always a JPEG in sRGB, 24 bits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// Size that is aimed at, kilobytes.
    pub target_kb: Band,
    /// Size that is allowed at all, kilobytes.
    pub allowed_kb: Band,
    /// Lowest JPEG quality factor, 1 to 100.
    pub quality_min: u8,
    /// The paper that says so.
    pub source: String,
}

/// Where the face stands, in the portrait's pixels.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    /// The paper that says so.
    pub source: String,
}

/// What stands behind the person: one even colour.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// In order up to here, degrees.
    pub pass_deg: f64,
    /// A retake beyond here, degrees.
    pub retake_deg: f64,
}

/// Processing that the standard forbids. The engine does none of these for any spec; the list is for people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// Words for what must not be done.
    pub processing: Vec<String>,
    /// The paper that says so.
    pub source: String,
}

/// A closed range, written `[low, high]`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "[f64; 2]")]
pub struct Band {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
}

/// Every spec of a folder, by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Specs {
    by_id: BTreeMap<String, Spec>,
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
}

impl From<[f64; 2]> for Band {
    fn from([min, max]: [f64; 2]) -> Self {
        Self { min, max }
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

    fn sensible(&self) -> bool {
        self.min.is_finite() && self.max.is_finite() && self.min >= 0.0 && self.min < self.max
    }
}

impl Background {
    /// The colour of this id, or the default one.
    pub fn colour(&self, id: Option<&str>) -> Option<&Colour> {
        let id = id.unwrap_or(&self.default);
        self.colours.iter().find(|colour| colour.id == id)
    }
}

impl Spec {
    /// Reads a spec and checks it.
    pub fn parse(toml: &str, path: &Path) -> Result<Self, SpecError> {
        let spec: Self = toml::from_str(toml).map_err(|error| SpecError::Malformed {
            path: path.to_owned(),
            reason: error.message().to_owned(),
        })?;
        match spec.contradiction() {
            None => Ok(spec),
            Some(reason) => Err(SpecError::Contradiction { id: spec.id, reason: reason.to_owned() }),
        }
    }

    /// What does not hold in this spec, if anything.
    fn contradiction(&self) -> Option<&'static str> {
        let Self { picture, file, geometry, background, pose, .. } = self;
        let (width, height) = (f64::from(picture.width_px), f64::from(picture.height_px));
        let sides = [picture.width_px, picture.height_px];
        let bands = [
            file.target_kb,
            file.allowed_kb,
            geometry.hairline_px,
            geometry.eye_line_px,
            geometry.face_width_px,
        ];
        let tolerances = [pose.yaw, pose.pitch, pose.roll];
        let rules = [
            (!self.id.is_empty(), "id is empty"),
            (
                self.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
                "id has other signs than a-z, 0-9, -",
            ),
            (sides.iter().all(|side| (16..=MAX_SIDE_PX).contains(side)), "a side is not 16 to 4096 pixels"),
            (picture.dpi > 0, "dpi is zero"),
            (bands.iter().all(Band::sensible), "a band is empty, negative or not a number"),
            (file.target_kb.min >= file.allowed_kb.min, "target_kb begins below allowed_kb"),
            (file.target_kb.max <= file.allowed_kb.max, "target_kb ends above allowed_kb"),
            ((1..=100).contains(&file.quality_min), "quality_min is not 1 to 100"),
            (
                geometry.hairline_px.max <= height && geometry.eye_line_px.max <= height,
                "a line lies below the picture",
            ),
            (geometry.hairline_px.min < geometry.eye_line_px.max, "the hairline lies below the eyes"),
            (geometry.face_width_px.max <= width, "the face is wider than the picture"),
            (
                (0.0..width / 2.0).contains(&geometry.centre_offset_max_px),
                "centre_offset_max_px leaves the picture",
            ),
            (background.colour(None).is_some(), "the default background is not among the colours"),
            (
                tolerances
                    .iter()
                    .all(|t| 0.0 < t.pass_deg && t.pass_deg <= t.retake_deg && t.retake_deg < 90.0),
                "a pose's pass_deg and retake_deg are not in order",
            ),
        ];
        rules.into_iter().find_map(|(holds, reason)| (!holds).then_some(reason))
    }
}

impl Specs {
    /// Reads every `*.toml` of a folder. One bad file refuses them all, with its name.
    pub fn load(dir: &Path) -> Result<Self, SpecError> {
        let unreadable = |path: &Path, error: std::io::Error| SpecError::Unreadable {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let mut by_id = BTreeMap::new();
        for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, error))? {
            let path = entry.map_err(|error| unreadable(dir, error))?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let size = std::fs::metadata(&path).map_err(|error| unreadable(&path, error))?.len();
            if size > MAX_FILE_BYTES {
                return Err(SpecError::Malformed { path, reason: format!("{size} bytes are too many") });
            }
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            let spec = Spec::parse(&text, &path)?;
            if path.file_stem().is_none_or(|stem| stem != spec.id.as_str()) {
                return Err(SpecError::Contradiction {
                    id: spec.id,
                    reason: "file name and id differ".to_owned(),
                });
            }
            by_id.insert(spec.id.clone(), spec);
        }
        Ok(Self { by_id })
    }

    /// The spec of this id.
    pub fn get(&self, id: &str) -> Result<&Spec, SpecError> {
        self.by_id.get(id).ok_or_else(|| SpecError::Unknown {
            id: id.to_owned(),
            known: self.by_id.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        })
    }

    /// All specs, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Spec> {
        self.by_id.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHSI: &str = include_str!("../../../assets/specs/chsi.toml");

    fn parse(toml: &str) -> Result<Spec, SpecError> {
        Spec::parse(toml, Path::new("test.toml"))
    }

    #[test]
    fn the_shipped_specs_are_all_sound() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/specs");
        let specs = Specs::load(&dir).unwrap();
        let chsi = specs.get("chsi").unwrap();
        assert_eq!((chsi.picture.width_px, chsi.picture.height_px, chsi.picture.dpi), (480, 640, 300));
        assert_eq!(chsi.background.colour(None).unwrap().rgb, [100, 197, 255]);
        assert_eq!(chsi.background.colour(Some("white")).unwrap().rgb, [255, 255, 255]);
        let missing = specs.get("passport-of-the-moon").unwrap_err().to_string();
        assert!(missing.contains("chsi"), "{missing}");
        assert!(specs.iter().all(|spec| !spec.source.is_empty()));
    }

    #[test]
    fn a_spec_that_contradicts_itself_is_refused() {
        for (from, to) in [
            ("eye_line_px = [200, 300]", "eye_line_px = [300, 200]"),
            ("eye_line_px = [200, 300]", "eye_line_px = [200, 3000]"),
            ("target_kb = [30, 40]", "target_kb = [10, 40]"),
            ("quality_min = 60", "quality_min = 0"),
            ("width_px = 480", "width_px = 0"),
            ("default = \"light-blue\"", "default = \"pink\""),
            ("roll = { pass_deg = 5, retake_deg = 8 }", "roll = { pass_deg = 9, retake_deg = 8 }"),
            ("id = \"chsi\"", "id = \"../chsi\""),
        ] {
            assert!(CHSI.contains(from), "{from}");
            let refused = parse(&CHSI.replacen(from, to, 1));
            assert!(matches!(refused, Err(SpecError::Contradiction { .. })), "{to}: {refused:?}");
        }
        let unknown_key = parse(&CHSI.replacen("dpi = 300", "dpi = 300\nflip = true", 1));
        assert!(matches!(unknown_key, Err(SpecError::Malformed { .. })));
    }
}
