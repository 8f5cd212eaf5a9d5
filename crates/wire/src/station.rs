//! Pairing a station, and what it learns.

use std::fmt;

use gradshot_domain::{CampaignId, PortraitId, StationId, StudioId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::Colleague;
use crate::portrait::PortraitStateName;

/// Pairs a station by its short code.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Pair {
    /// The eight digits.
    pub code: String,
    /// The station's own Ed25519 verifying key, base64url.
    pub verifying_key: String,
}

/// What a paired station keeps.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Paired {
    /// Who it is.
    pub station: StationId,
    /// Bearer token for every further request.
    pub token: String,
}

/// What a station has to know for its day. Asked for at each start and after each reconnection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationProfile {
    /// Who it is.
    pub station: StationId,
    /// Its name on the board.
    pub station_name: String,
    /// Its studio.
    pub studio: StudioId,
    /// The studio's name.
    pub studio_name: String,
    /// The studio's code, for board and check-in addresses.
    pub studio_code: String,
    /// The key that verifies tickets, base64url.
    pub ticket_key: String,
    /// The campaigns that it may photograph for.
    pub campaigns: Vec<StationCampaign>,
    /// Whether it rests and calls nobody.
    #[serde(default)]
    pub paused: bool,
    /// The studio's other paired stations, by name; at most 100.
    #[serde(default)]
    pub colleagues: Vec<Colleague>,
}

/// A campaign as a station knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationCampaign {
    /// Opaque id.
    pub campaign: CampaignId,
    /// The key that its portraits are sealed for, base64url.
    pub public_key: String,
    /// Id of the photo spec.
    pub spec: String,
}

/// The server has the sealed portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PortraitReceipt {
    /// Which.
    pub portrait: PortraitId,
    /// Where it stands.
    pub state: PortraitStateName,
}

macro_rules! secretive {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secretive! { Pair Paired }
