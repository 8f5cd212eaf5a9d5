//! The key that says which server made a hand-over bundle.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::VaultKey;
use crate::bytes::{InvalidKey, array_from_text, to_text};

/// Domain separation: a signature of a bundle is never one of something else.
const CONTEXT: &[u8] = b"gradshot bundle 1\n";

/// Signs the list of digests of a hand-over bundle; the server's.
pub struct BundleSigner(SigningKey);

/// Verifies such a signature; for whoever receives bundles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BundleKey(VerifyingKey);

impl BundleSigner {
    /// The signer that belongs to a vault.
    pub fn of(vault: &VaultKey) -> Self {
        Self(SigningKey::from_bytes(&vault.derive(b"bundle signer")))
    }

    /// The key that verifies this signer's bundles.
    pub fn key(&self) -> BundleKey {
        BundleKey(self.0.verifying_key())
    }

    /// The signature over a list of digests: 64 bytes in base64url.
    pub fn sign(&self, digests: &[u8]) -> String {
        to_text(&self.0.sign(&[CONTEXT, digests].concat()).to_bytes())
    }
}

impl fmt::Debug for BundleSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BundleSigner(…)")
    }
}

impl BundleKey {
    /// The key as text: 32 bytes in base64url.
    pub fn to_text(&self) -> String {
        to_text(self.0.as_bytes())
    }

    /// The key from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        let bytes: [u8; 32] = array_from_text(text, "bundle key")?;
        VerifyingKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| InvalidKey { kind: "bundle key", expected: 32 })
    }

    /// Whether the server with this key signed exactly these digests.
    pub fn verifies(&self, digests: &[u8], signature: &str) -> bool {
        array_from_text::<64>(signature, "signature").is_ok_and(|signature| {
            let signed = [CONTEXT, digests].concat();
            self.0.verify_strict(&signed, &Signature::from_bytes(&signature)).is_ok()
        })
    }
}

impl fmt::Debug for BundleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BundleKey({})", self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_receiver_notices_a_changed_list_and_a_strangers_signature() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(8);
        let signer = BundleSigner::of(&VaultKey::generate(&mut rng));
        let key = BundleKey::from_text(&signer.key().to_text()).unwrap();
        let signature = signer.sign(b"aa  manifest.csv\n");
        assert!(key.verifies(b"aa  manifest.csv\n", &signature));
        assert!(!key.verifies(b"ab  manifest.csv\n", &signature));
        let stranger = BundleSigner::of(&VaultKey::generate(&mut rng));
        assert!(!key.verifies(b"aa  manifest.csv\n", &stranger.sign(b"aa  manifest.csv\n")));
    }
}
