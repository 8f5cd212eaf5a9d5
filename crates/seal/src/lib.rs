//! What keeps a portrait and a person's data closed.
//!
//! - [`Envelope`]: one sealed portrait. A fresh AES-256-GCM data key, wrapped for the campaign's public key with HPKE,
//!   the header as associated data, the whole signed by the station.
//! - [`TicketSigner`] and [`TicketKey`]: tickets as signed tokens that a station verifies without a network.
//! - [`BundleSigner`] and [`BundleKey`]: who made a hand-over bundle.
//! - [`VaultKey`]: the server's one secret, kept outside its database, and the keys derived from it: [`FieldKey`] seals
//!   personal fields at rest, [`BlindIndexKey`] finds them again without opening them. A [`KeyRing`] holds several, so that
//!   the one in use can be changed.
//!
//! Keys show nothing in `Debug` output and are wiped when dropped. This crate reads no clock, no file and no socket.

mod bundle_key;
mod bytes;
mod campaign_key;
mod envelope;
mod header;
mod key_ring;
mod station_key;
mod ticket_token;
mod vault;

pub use bundle_key::{BundleKey, BundleSigner};
pub use bytes::InvalidKey;
pub use campaign_key::{CampaignPrivateKey, CampaignPublicKey};
pub use envelope::{Contents, Envelope, MAX_ENVELOPE_BYTES, OpenError, ParseError, SealError};
pub use header::{EnvelopeHeader, Suite};
pub use key_ring::{ChangeRingError, FieldKeys, InvalidKeyRing, KeyName, KeyRing};
pub use station_key::{StationKey, StationVerifyingKey};
pub use ticket_token::{InvalidTicket, TicketClaims, TicketKey, TicketSigner};
pub use vault::{BlindIndexKey, FieldKey, SealedFieldError, VaultKey};
