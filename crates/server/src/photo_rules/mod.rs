//! The photo rules 拍摄须知: data with a version, so that it is known what was read before a photo.

use std::sync::LazyLock;

use gradshot_wire::phone::PhotoRules;

static CURRENT: LazyLock<PhotoRules> = LazyLock::new(|| {
    serde_json::from_str(include_str!("rules.json")).expect("the rules beside this file are well-formed")
});

/// The rules that are to be read now.
pub(crate) fn current() -> &'static PhotoRules {
    &CURRENT
}
