//! Tickets as signed tokens: what a ticket's QR code holds.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use gradshot_domain::{BusinessDay, CampaignId, Category, MaskedName, StudioId, TicketId, TicketNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::VaultKey;
use crate::bytes::{InvalidKey, array_from_text, from_text, to_text};

const PREFIX: &str = "GST1.";
/// Longest token that is read, characters; real ones have about 400.
const MAX_TOKEN_CHARS: usize = 2048;

/// What a ticket says. No personal data but the masked name, which the board shows as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClaims {
    /// The ticket.
    #[serde(rename = "t")]
    pub ticket: TicketId,
    /// Its number.
    #[serde(rename = "n")]
    pub number: TicketNumber,
    /// The studio that it is good for.
    #[serde(rename = "s")]
    pub studio: StudioId,
    /// The campaign whose key seals the portrait.
    #[serde(rename = "c")]
    pub campaign: CampaignId,
    /// Kind of studies.
    #[serde(rename = "k")]
    pub category: Category,
    /// Whom the operator should see.
    #[serde(rename = "m")]
    pub masked_name: MaskedName,
    /// Id of the photo spec.
    #[serde(rename = "p")]
    pub spec: String,
    /// The day it is good for.
    #[serde(rename = "d")]
    pub business_day: BusinessDay,
}

/// Why a scanned text is not a ticket that is good here and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTicket {
    /// Some other code.
    #[error("this code is not a ticket")]
    NotATicket,
    /// Looks like a ticket, but the signature is wrong.
    #[error("this ticket was not issued by this server")]
    Forged,
    /// Of another day.
    #[error("this ticket is of another day")]
    OtherDay,
    /// Of another studio.
    #[error("this ticket is for another studio")]
    OtherStudio,
}

/// Signs tickets; the server's.
pub struct TicketSigner(SigningKey);

/// Verifies tickets; every station's, no network needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TicketKey(VerifyingKey);

impl TicketSigner {
    /// The signer that belongs to a vault.
    pub fn of(vault: &VaultKey) -> Self {
        Self(SigningKey::from_bytes(&vault.derive(b"ticket signer")))
    }

    /// The key that verifies this signer's tickets.
    pub fn key(&self) -> TicketKey {
        TicketKey(self.0.verifying_key())
    }

    /// The text for the ticket's QR code.
    pub fn sign(&self, claims: &TicketClaims) -> String {
        let mut body = Vec::new();
        ciborium::into_writer(claims, &mut body).expect("our own plain types always encode into memory");
        let signature = self.0.sign(&body).to_bytes();
        format!("{PREFIX}{}.{}", to_text(&body), to_text(&signature))
    }
}

impl fmt::Debug for TicketSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketSigner(…)")
    }
}

impl TicketKey {
    /// The key as text: 32 bytes in base64url.
    pub fn to_text(&self) -> String {
        to_text(self.0.as_bytes())
    }

    /// The key from its text.
    pub fn from_text(text: &str) -> Result<Self, InvalidKey> {
        let bytes: [u8; 32] = array_from_text(text, "ticket key")?;
        VerifyingKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| InvalidKey { kind: "ticket key", expected: 32 })
    }

    /// Reads a scanned text as a ticket for `studio` at `at`, and tells a wrong, forged, old or foreign one apart.
    pub fn verify(
        &self,
        token: &str,
        studio: StudioId,
        at: Timestamp,
    ) -> Result<TicketClaims, InvalidTicket> {
        let token = token.trim();
        if token.len() > MAX_TOKEN_CHARS {
            return Err(InvalidTicket::NotATicket);
        }
        let rest = token.strip_prefix(PREFIX).ok_or(InvalidTicket::NotATicket)?;
        let (body, signature) = rest.split_once('.').ok_or(InvalidTicket::NotATicket)?;
        let body = from_text(body).ok_or(InvalidTicket::NotATicket)?;
        let signature: [u8; 64] =
            array_from_text(signature, "signature").map_err(|_| InvalidTicket::NotATicket)?;
        self.0.verify_strict(&body, &Signature::from_bytes(&signature)).map_err(|_| InvalidTicket::Forged)?;
        let claims: TicketClaims =
            ciborium::from_reader(body.as_slice()).map_err(|_| InvalidTicket::NotATicket)?;
        if claims.studio != studio {
            Err(InvalidTicket::OtherStudio)
        } else if claims.business_day != BusinessDay::of(at) {
            Err(InvalidTicket::OtherDay)
        } else {
            Ok(claims)
        }
    }
}

impl fmt::Debug for TicketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TicketKey({})", self.to_text())
    }
}
