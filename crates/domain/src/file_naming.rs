//! How a hand-over bundle names its portraits: the licensed operator's rule, as a template.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A template such as `{code}_{student_number}` for a file's name without folder and ending.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "{code}_{place}"))]
pub struct FileNaming(Vec<Part>);

/// A text that is no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a file name is made of letters, digits, hyphens, underscores and {{place}}, {{code}}, {{category}}, {{date}}, \
     {{sha256}}, {{student_number}}"
)]
pub struct InvalidFileNaming;

/// What a name is made of, for one portrait.
#[derive(Clone, Copy)]
pub struct NameFacts<'a> {
    /// The place in the bundle, from 1.
    pub place: u32,
    /// The campaign's code.
    pub code: &'a str,
    /// Kind of studies, in words.
    pub category: &'a str,
    /// Day on which the bundle was made, as `20270518`.
    pub date: &'a str,
    /// SHA-256 of the file in hexadecimal; its first 12 characters are taken.
    pub sha256: &'a str,
    /// The student number; empty where the template does not ask for it.
    pub student_number: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place,
    Code,
    Category,
    Date,
    Sha256,
    StudentNumber,
}

const FIELDS: [(&str, Part); 6] = [
    ("place", Part::Place),
    ("code", Part::Code),
    ("category", Part::Category),
    ("date", Part::Date),
    ("sha256", Part::Sha256),
    ("student_number", Part::StudentNumber),
];
/// Bytes of a template, and characters of a name.
const LONGEST: usize = 100;
const SHA256_CHARS: usize = 12;

impl FileNaming {
    /// Whether it names student numbers, so that they have to be opened.
    pub fn names_students(&self) -> bool {
        self.0.contains(&Part::StudentNumber)
    }

    /// The name of one portrait's file, which is not among `taken` yet and is among them afterwards.
    pub fn name(&self, facts: &NameFacts<'_>, taken: &mut HashSet<String>) -> String {
        let place = format!("{:06}", facts.place);
        let sha256: String = facts.sha256.chars().take(SHA256_CHARS).collect();
        let raw: String = self
            .0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text,
                Part::Place => &*place,
                Part::Code => facts.code,
                Part::Category => facts.category,
                Part::Date => facts.date,
                Part::Sha256 => &*sha256,
                Part::StudentNumber => facts.student_number,
            })
            .collect();
        let mut name: String = raw.chars().filter(|c| is_plain(*c)).take(LONGEST).collect();
        // Systems that do not tell upper from lower case would overwrite one file with another.
        while name.is_empty() || !taken.insert(name.to_lowercase()) {
            name.push('-');
            name.push_str(&place);
        }
        name
    }
}

/// Only the place.
impl Default for FileNaming {
    fn default() -> Self {
        Self(vec![Part::Place])
    }
}

impl FromStr for FileNaming {
    type Err = InvalidFileNaming;

    fn from_str(text: &str) -> Result<Self, InvalidFileNaming> {
        if text.is_empty() || text.len() > LONGEST {
            return Err(InvalidFileNaming);
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (before, after) = rest.split_once('{').unwrap_or((rest, ""));
            if !before.chars().all(is_plain) {
                return Err(InvalidFileNaming);
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            if before.len() == rest.len() {
                break;
            }
            let (field, after) = after.split_once('}').ok_or(InvalidFileNaming)?;
            let known = FIELDS.iter().find(|(name, _)| *name == field);
            parts.push(known.ok_or(InvalidFileNaming)?.1.clone());
            rest = after;
        }
        // A rule that names no portrait in particular would name them all the same.
        let tells_apart = |part: &Part| matches!(part, Part::Place | Part::Sha256 | Part::StudentNumber);
        if parts.iter().any(tells_apart) { Ok(Self(parts)) } else { Err(InvalidFileNaming) }
    }
}

impl fmt::Display for FileNaming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Text(text) => f.write_str(text)?,
                field => {
                    let name = FIELDS.iter().find(|(_, known)| known == field).map_or("", |(name, _)| name);
                    write!(f, "{{{name}}}")?;
                }
            }
        }
        Ok(())
    }
}

impl Serialize for FileNaming {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FileNaming {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Neither separates folders nor controls, on any system.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(place: u32, student_number: &str) -> NameFacts<'_> {
        NameFacts {
            place,
            code: "DEMO27",
            category: "本科",
            date: "20270518",
            sha256: "00112233445566778899",
            student_number,
        }
    }

    #[test]
    fn a_template_is_read_written_and_filled_in() {
        let text = "{code}_{category}-{student_number}";
        let naming: FileNaming = text.parse().unwrap();
        assert_eq!(naming.to_string(), text);
        let mut taken = HashSet::new();
        assert_eq!(naming.name(&facts(1, "S1"), &mut taken), "DEMO27_本科-S1");
        assert_eq!(naming.name(&facts(2, "s1"), &mut taken), "DEMO27_本科-s1-000002");
        assert_eq!(FileNaming::default().name(&facts(7, ""), &mut HashSet::new()), "000007");
        let sha256: FileNaming = "{date}{sha256}".parse().unwrap();
        assert_eq!(sha256.name(&facts(1, ""), &mut HashSet::new()), "20270518001122334455");
    }

    #[test]
    fn what_could_leave_the_folder_or_name_all_alike_is_no_template() {
        for wrong in ["", "../{place}", "a/{place}", "{name}", "{place", "{code}", "{place}.jpg", "{place}\n"]
        {
            assert_eq!(wrong.parse::<FileNaming>(), Err(InvalidFileNaming), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn names_are_plain_and_never_the_same(numbers in prop::collection::vec(".{0,6}", 1..40)) {
            let naming: FileNaming = "{student_number}".parse().unwrap();
            let mut taken = HashSet::new();
            let names: Vec<_> =
                numbers.iter().zip(1..).map(|(number, place)| naming.name(&facts(place, number), &mut taken)).collect();
            let lower: HashSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(lower.len(), names.len());
            prop_assert!(names.iter().all(|name| !name.is_empty() && name.chars().all(is_plain)));
        }
    }
}
