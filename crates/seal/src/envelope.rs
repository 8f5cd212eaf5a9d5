//! One sealed portrait.
//!
//! Layout: the magic `GSE1`, then one CBOR array: header bytes, encapsulated key, wrapped data key, nonce, ciphertext,
//! signature. The header's exact bytes are the associated data, so nothing has to be encoded twice the same way.

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use gradshot_domain::Verdict;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::campaign_key::Kem;
use crate::{CampaignPrivateKey, CampaignPublicKey, EnvelopeHeader, StationKey, StationVerifyingKey};

/// Largest envelope that is read, bytes.
pub const MAX_ENVELOPE_BYTES: usize = 4 * 1024 * 1024;

const MAGIC: &[u8; 4] = b"GSE1";
/// Domain separation of the key wrapping (RFC 9180's `info`).
const INFO: &[u8] = b"gradshot portrait envelope 1";
const DATA_KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

/// What lies inside: the picture and everything that was found out about it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// The portrait, a JPEG file.
    #[serde(with = "byte_string")]
    pub portrait: Vec<u8>,
    /// Its verdict.
    pub verdict: Verdict,
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contents({} bytes)", self.portrait.len())
    }
}

/// A sealed portrait whose layout was understood; whether it is genuine tells [`Envelope::verify`].
#[derive(Debug, Clone)]
pub struct Envelope {
    header: EnvelopeHeader,
    parts: Parts,
}

/// Why a portrait could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The contents do not fit into an envelope.
    #[error("the portrait is too large to be sealed")]
    TooLarge,
    /// The cipher refused.
    #[error("the portrait could not be encrypted")]
    Cipher,
}

/// Why bytes are no envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// More bytes than an envelope may have.
    #[error("an envelope has at most {MAX_ENVELOPE_BYTES} bytes")]
    TooLarge,
    /// Not our format, or damaged.
    #[error("not an envelope, or damaged on the way")]
    Malformed,
}

/// Why an envelope could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Sealed for another key, or changed since.
    #[error("the envelope is sealed for another key, or was changed")]
    Cipher,
    /// Opened, but the contents are not what the header says.
    #[error("the envelope's contents do not match its header")]
    Contents,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Parts {
    #[serde(with = "byte_string")]
    header: Vec<u8>,
    #[serde(with = "byte_string")]
    encapsulated_key: Vec<u8>,
    #[serde(with = "byte_string")]
    wrapped_data_key: Vec<u8>,
    #[serde(with = "byte_string")]
    nonce: Vec<u8>,
    #[serde(with = "byte_string")]
    ciphertext: Vec<u8>,
    #[serde(with = "byte_string")]
    signature: Vec<u8>,
}

impl Envelope {
    /// Seals `contents` for a campaign and signs the result. The header's `sha256` is filled in here.
    pub fn seal(
        contents: &Contents,
        mut header: EnvelopeHeader,
        campaign: &CampaignPublicKey,
        station: &StationKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        let plain = Zeroizing::new(encode(contents));
        header.sha256 = hex::encode(Sha256::digest(&*plain));
        let header_bytes = encode(&header);

        let mut data_key = Zeroizing::new([0u8; DATA_KEY_BYTES]);
        rng.fill_bytes(data_key.as_mut());
        let mut nonce = [0u8; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let ciphertext = Aes256Gcm::new(&(*data_key).into())
            .encrypt(&Nonce::from(nonce), Payload { msg: &plain, aad: &header_bytes })
            .map_err(|_| SealError::Cipher)?;
        let (encapsulated_key, wrapped_data_key) =
            hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Kem>(
                &OpModeS::Base,
                &campaign.0,
                INFO,
                data_key.as_ref(),
                &header_bytes,
                rng,
            )
            .map_err(|_| SealError::Cipher)?;

        let mut parts = Parts {
            header: header_bytes,
            encapsulated_key: encapsulated_key.to_bytes().to_vec(),
            wrapped_data_key,
            nonce: nonce.to_vec(),
            ciphertext,
            signature: Vec::new(),
        };
        parts.signature = station.sign(&parts.signed_digest()).to_vec();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(encode(&parts));
        if bytes.len() > MAX_ENVELOPE_BYTES { Err(SealError::TooLarge) } else { Ok(bytes) }
    }

    /// Understands the layout; proves nothing yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(ParseError::TooLarge);
        }
        let body = bytes.strip_prefix(MAGIC).ok_or(ParseError::Malformed)?;
        let mut rest = body;
        let parts: Parts = ciborium::from_reader(&mut rest).map_err(|_| ParseError::Malformed)?;
        if !rest.is_empty() {
            return Err(ParseError::Malformed);
        }
        let header = ciborium::from_reader(parts.header.as_slice()).map_err(|_| ParseError::Malformed)?;
        Ok(Self { header, parts })
    }

    /// What the envelope says about itself; to be believed once [`Envelope::verify`] said yes.
    pub const fn header(&self) -> &EnvelopeHeader {
        &self.header
    }

    /// Whether the station with this key made exactly these bytes.
    pub fn verify(&self, station: &StationVerifyingKey) -> bool {
        <[u8; 64]>::try_from(self.parts.signature.as_slice())
            .is_ok_and(|signature| station.verifies(&self.parts.signed_digest(), &signature))
    }

    /// Opens the envelope. Plain pixels are in the caller's hands from here on.
    pub fn open(&self, campaign: &CampaignPrivateKey) -> Result<Contents, OpenError> {
        let encapsulated_key = <Kem as hpke::Kem>::EncappedKey::from_bytes(&self.parts.encapsulated_key)
            .map_err(|_| OpenError::Cipher)?;
        let data_key = Zeroizing::new(
            hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
                &OpModeR::Base,
                &campaign.0,
                &encapsulated_key,
                INFO,
                &self.parts.wrapped_data_key,
                &self.parts.header,
            )
            .map_err(|_| OpenError::Cipher)?,
        );
        let cipher = Aes256Gcm::new_from_slice(&data_key).map_err(|_| OpenError::Cipher)?;
        let nonce: [u8; NONCE_BYTES] =
            self.parts.nonce.as_slice().try_into().map_err(|_| OpenError::Cipher)?;
        let plain = cipher
            .decrypt(&Nonce::from(nonce), Payload { msg: &self.parts.ciphertext, aad: &self.parts.header })
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Cipher)?;
        if hex::encode(Sha256::digest(&*plain)) != self.header.sha256 {
            return Err(OpenError::Contents);
        }
        ciborium::from_reader(plain.as_slice()).map_err(|_| OpenError::Contents)
    }
}

impl Parts {
    /// SHA-256 over every part with its length before it, so that no byte can move from one part to the next.
    fn signed_digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new_with_prefix(MAGIC);
        for part in
            [&self.header, &self.encapsulated_key, &self.wrapped_data_key, &self.nonce, &self.ciphertext]
        {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

fn encode(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("our own plain types always encode into memory");
    bytes
}

/// Byte vectors as CBOR byte strings instead of arrays of numbers: a third of the size.
mod byte_string {
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a byte string")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}
