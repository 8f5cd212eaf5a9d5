//! Bearer tokens: random texts of which only the hash is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::CryptoRng;
use sha2::{Digest as _, Sha256};

const TOKEN_BYTES: usize = 32;
/// Longest text that is looked at as a token.
const MAX_CHARS: usize = 100;

/// A new token: 32 random bytes in base64url.
pub(crate) fn generate(rng: &mut impl CryptoRng) -> String {
    let mut bytes = [0u8; TOKEN_BYTES];
    rng.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a token. No key and no salt are needed: it cannot be guessed.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A text that may be a token.
pub(crate) fn plausible(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= MAX_CHARS && text.is_ascii()).then_some(text)
}
