//! The key pair that a campaign's portraits are sealed for.

use std::fmt;

use hpke::{Deserializable, Kem as _, Serializable};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::{InvalidKey, array_from_text, to_text};

pub(crate) type Kem = hpke::kem::X25519HkdfSha256;

/// The public half: given to stations, which can seal with it and open nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CampaignPublicKey(pub(crate) <Kem as hpke::Kem>::PublicKey);

/// The private half: opens the campaign's portraits. Rests only wrapped by the vault's key.
pub struct CampaignPrivateKey(pub(crate) <Kem as hpke::Kem>::PrivateKey);

impl CampaignPrivateKey {
    /// A new key pair.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Kem::gen_keypair_with_rng(rng).0)
    }

    /// The public half.
    pub fn public(&self) -> CampaignPublicKey {
        CampaignPublicKey(Kem::sk_to_pk(&self.0))
    }

    /// The 32 bytes, to be wrapped by the vault's key.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }

    /// The key from its 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidKey> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| InvalidKey { kind: "campaign key", expected: 32 })
    }
}

impl fmt::Debug for CampaignPrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CampaignPrivateKey(…)")
    }
}

impl CampaignPublicKey {
    /// The key as text: 32 bytes in base64url.
    pub fn to_text(&self) -> String {
        to_text(&self.0.to_bytes())
    }

    /// The key from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        let bytes: [u8; 32] = array_from_text(text, "campaign public key")?;
        <Kem as hpke::Kem>::PublicKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| InvalidKey { kind: "campaign public key", expected: 32 })
    }
}

impl fmt::Debug for CampaignPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CampaignPublicKey({})", self.to_text())
    }
}
