//! The server's one secret and what is derived from it.

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::bytes::{InvalidKey, array_from_text, to_text};

const NONCE_BYTES: usize = 12;

/// The server's root secret, 32 bytes. It lies outside the database: whoever has only the database opens nothing.
pub struct VaultKey([u8; 32]);

/// Seals single personal fields, and campaigns' private keys, at rest.
pub struct FieldKey([u8; 32]);

/// Makes keyed fingerprints: equal values have equal ones, and nothing else can be learned without the key.
pub struct BlindIndexKey([u8; 32]);

/// Why a sealed field could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed field could not be opened: another vault key, or the row was changed")]
pub struct SealedFieldError;

impl VaultKey {
    /// A new secret.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The secret as text, for a file that only the server can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(to_text(&self.0))
    }

    /// The secret from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        array_from_text(text, "vault key").map(Self)
    }

    /// The key for personal fields.
    pub fn field_key(&self) -> FieldKey {
        FieldKey(*self.derive(b"field"))
    }

    /// The key for blind indexes.
    pub fn blind_index_key(&self) -> BlindIndexKey {
        BlindIndexKey(*self.derive(b"blind index"))
    }

    pub(crate) fn derive(&self, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(Some(b"gradshot vault 1"), &self.0)
            .expand(purpose, key.as_mut())
            .expect("32 bytes are within what HKDF-SHA256 gives");
        key
    }
}

impl FieldKey {
    /// Seals `plain`. `place` names where it rests (table, column, row) and is bound: a value copied into another row
    /// does not open.
    pub fn seal(&self, plain: &[u8], place: &str, rng: &mut impl CryptoRng) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let sealed = Aes256Gcm::new(&self.0.into())
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
            .expect("a field is far below what AES-GCM takes");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for the same `place`.
    pub fn open(&self, sealed: &[u8], place: &str) -> Result<Zeroizing<Vec<u8>>, SealedFieldError> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE_BYTES).ok_or(SealedFieldError)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| SealedFieldError)?;
        Aes256Gcm::new(&self.0.into())
            .decrypt(&Nonce::from(nonce), Payload { msg: ciphertext, aad: place.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| SealedFieldError)
    }
}

impl BlindIndexKey {
    /// The fingerprint of a value of one `kind` (for example `phone`); equal values of different kinds differ.
    pub fn fingerprint(&self, kind: &str, value: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(&(kind.len() as u64).to_be_bytes());
        mac.update(kind.as_bytes());
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

macro_rules! secret {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
        impl Drop for $name {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }
    )+};
}

secret! { VaultKey FieldKey BlindIndexKey }

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_field_opens_only_in_its_place_and_with_its_key() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(5);
        let vault = VaultKey::generate(&mut rng);
        let sealed = vault.field_key().seal("林小雨".as_bytes(), "roster.name.1", &mut rng);
        let again = VaultKey::from_text(&vault.to_text()).unwrap();
        assert_eq!(&**again.field_key().open(&sealed, "roster.name.1").unwrap(), "林小雨".as_bytes());
        assert_eq!(again.field_key().open(&sealed, "roster.name.2"), Err(SealedFieldError));
        assert_eq!(again.field_key().open(&sealed[..5], "roster.name.1"), Err(SealedFieldError));
        let other = VaultKey::generate(&mut rng);
        assert_eq!(other.field_key().open(&sealed, "roster.name.1"), Err(SealedFieldError));
        assert_eq!(format!("{other:?}"), "VaultKey(…)");
    }

    #[test]
    fn fingerprints_tell_kinds_and_vaults_apart() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(6);
        let (one, two) = (VaultKey::generate(&mut rng), VaultKey::generate(&mut rng));
        let index = one.blind_index_key();
        assert_eq!(index.fingerprint("phone", b"1"), one.blind_index_key().fingerprint("phone", b"1"));
        assert_ne!(index.fingerprint("phone", b"1"), index.fingerprint("image code", b"1"));
        assert_ne!(index.fingerprint("phone", b"1"), two.blind_index_key().fingerprint("phone", b"1"));
    }
}
