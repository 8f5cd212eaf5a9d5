//! The only form in which a student's name leaves the server.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PersonName;

/// A name of which only the first character is left: 林** for 林小雨, 欧** for 欧阳明月.
///
/// The number of stars is always two, so that the length of a name tells nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "林**"))]
pub struct MaskedName(String);

impl MaskedName {
    /// Masks a name.
    pub fn of(name: &PersonName) -> Self {
        let first = name.as_str().chars().next().unwrap_or('*');
        Self(format!("{first}**"))
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MaskedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_and_two_stars_whatever_the_length() {
        for (name, masked) in [("林小雨", "林**"), ("欧阳明月", "欧**"), ("王芳", "王**"), ("Anna Li", "A**")]
        {
            assert_eq!(MaskedName::of(&name.parse().unwrap()).as_str(), masked);
        }
    }
}
