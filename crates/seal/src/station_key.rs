//! The key that says which station made an envelope.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::{InvalidKey, array_from_text, to_text};

/// A station's Ed25519 signing key, made at pairing and never leaving the station.
pub struct StationKey(SigningKey);

/// Its public half, known to the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StationVerifyingKey(VerifyingKey);

impl StationKey {
    /// A new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0u8; 32]);
        rng.fill_bytes(secret.as_mut());
        Self(SigningKey::from_bytes(&secret))
    }

    /// The key by which a server signs portraits that it made itself, of shots from phones.
    pub fn of_server(vault: &crate::VaultKey) -> Self {
        Self(SigningKey::from_bytes(&vault.derive(b"portraits of phones")))
    }

    /// The 32 secret bytes as text, for the station's own protected settings.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(to_text(&self.0.to_bytes()))
    }

    /// The key from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        let secret = Zeroizing::new(array_from_text::<32>(text, "station key")?);
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// The public half.
    pub fn verifying_key(&self) -> StationVerifyingKey {
        StationVerifyingKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for StationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StationKey(…)")
    }
}

impl StationVerifyingKey {
    /// The key as text: 32 bytes in base64url.
    pub fn to_text(&self) -> String {
        to_text(self.0.as_bytes())
    }

    /// The key from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        let bytes: [u8; 32] = array_from_text(text, "station verifying key")?;
        VerifyingKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| InvalidKey { kind: "station verifying key", expected: 32 })
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Debug for StationVerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StationVerifyingKey({})", self.to_text())
    }
}
