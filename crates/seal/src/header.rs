//! What an envelope says about itself in clear, and binds.

use gradshot_domain::{CampaignId, Outcome, PortraitId, StationId, TicketId};
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
pub struct EnvelopeHeader {
    /// The ciphers.
    pub suite: Suite,
    /// The portrait's id.
    pub portrait: PortraitId,
    /// The ticket that the shot was bound to.
    pub ticket: TicketId,
    /// The campaign whose key can open it.
    pub campaign: CampaignId,
    /// The station that made it.
    pub station: StationId,
    /// Id of the photo spec, for example `chsi`.
    pub spec: String,
    /// What the verdict came to; the findings are sealed with the picture.
    pub outcome: Outcome,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// SHA-256 of the sealed contents in hexadecimal.
    pub sha256: String,
}
