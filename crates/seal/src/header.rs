//! What an envelope says about itself in clear, and binds.

use gradshot_domain::{CampaignId, Outcome, PortraitId, PortraitSource, ShotId, StationId, TicketId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The ciphers of an envelope. A number on disk, so that suites of other standards can stand beside the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suite {
    /// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180), Ed25519 (RFC 8032), SHA-256.
    X25519Aes256GcmEd25519,
}

/// The clear part of an envelope. It is associated data of both ciphers and part of what the station signs, so nobody
/// can move a picture to another ticket. It holds no personal data: opaque ids, a digest and one word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct EnvelopeHeader {
    /// The ciphers.
    pub suite: Suite,
    /// The portrait's id.
    pub portrait: PortraitId,
    /// The ticket and station, or the phone's shot, that it comes from.
    pub source: PortraitSource,
    /// The campaign whose key can open it.
    pub campaign: CampaignId,
    /// Id of the photo spec, for example `chsi`.
    pub spec: String,
    /// What the verdict came to; the findings are sealed with the picture.
    pub outcome: Outcome,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// SHA-256 of the sealed contents in hexadecimal.
    pub sha256: String,
}

/// The header as it is written: a ticket and a station, as in the first envelopes, or a shot.
#[derive(Serialize, Deserialize)]
struct Written {
    suite: Suite,
    portrait: PortraitId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ticket: Option<TicketId>,
    campaign: CampaignId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    station: Option<StationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shot: Option<ShotId>,
    spec: String,
    outcome: Outcome,
    sealed_at: Timestamp,
    sha256: String,
}

impl From<EnvelopeHeader> for Written {
    fn from(header: EnvelopeHeader) -> Self {
        let EnvelopeHeader { suite, portrait, source, campaign, spec, outcome, sealed_at, sha256 } = header;
        let (ticket, station, shot) = (source.ticket(), source.station(), source.shot());
        Self { suite, portrait, ticket, campaign, station, shot, spec, outcome, sealed_at, sha256 }
    }
}

impl TryFrom<Written> for EnvelopeHeader {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { suite, portrait, ticket, campaign, station, shot, spec, outcome, sealed_at, sha256 } =
            written;
        let source = PortraitSource::of(ticket, station, shot)
            .ok_or("a portrait comes from a ticket at a station, or from a phone's shot")?;
        Ok(Self { suite, portrait, source, campaign, spec, outcome, sealed_at, sha256 })
    }
}
