//! Keys as text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A text that is not the key it should be. Never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}: expected {expected} bytes in base64url")]
pub struct InvalidKey {
    /// Which key was expected.
    pub kind: &'static str,
    /// How many bytes it has.
    pub expected: usize,
}

pub(crate) fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn from_text(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim()).ok()
}

pub(crate) fn array_from_text<const N: usize>(text: &str, kind: &'static str) -> Result<[u8; N], InvalidKey> {
    from_text(text).and_then(|bytes| bytes.try_into().ok()).ok_or(InvalidKey { kind, expected: N })
}
