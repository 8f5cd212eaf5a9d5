//! The texts that consents are given to: data with a version and a digest, so that it can be shown later what was read.

use std::sync::LazyLock;

use gradshot_domain::ConsentPurpose;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// The texts of one version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    /// Grows whenever one of the texts changes.
    pub(crate) version: String,
    pub(crate) texts: Vec<Text>,
}

/// The text of one purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    pub(crate) purpose: ConsentPurpose,
    pub(crate) zh_title: String,
    pub(crate) zh: String,
    pub(crate) en_title: String,
    pub(crate) en: String,
}

static CURRENT: LazyLock<Texts> = LazyLock::new(|| {
    serde_json::from_str(include_str!("texts.json")).expect("the texts beside this file are well-formed")
});

/// The texts that are to be read now.
pub(crate) fn current() -> &'static Texts {
    &CURRENT
}

impl Texts {
    /// The text of a purpose.
    pub(crate) fn of(&self, purpose: ConsentPurpose) -> Option<&Text> {
        self.texts.iter().find(|text| text.purpose == purpose)
    }
}

impl Text {
    /// SHA-256 over titles and texts in both languages, a line each, in hexadecimal.
    pub(crate) fn sha256(&self) -> String {
        let lines = [&self.zh_title, &self.zh, &self.en_title, &self.en].map(String::as_str);
        hex::encode(Sha256::digest(lines.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_one_text_in_both_languages() {
        for purpose in ConsentPurpose::ALL {
            let text = current().of(purpose).expect("a text");
            assert!(text.zh.chars().count() > 40 && text.en.len() > 80, "{purpose:?}");
            assert!(!text.zh.contains(['!', '！']) && !text.en.contains('!'), "{purpose:?}");
            assert_eq!(text.sha256().len(), 64);
        }
        assert_eq!(current().texts.len(), ConsentPurpose::ALL.len());
    }
}
