//! Hand-over 上网: bundles for the registry.

use gradshot_domain::BundleId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A bundle of approved portraits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Bundle {
    /// Opaque id.
    pub id: BundleId,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many portraits it holds.
    pub portraits: u32,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// Where the file (ZIP) is.
    pub file_url: String,
}

/// The bundle made; absent when no approved portrait waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandOver {
    /// The bundle.
    pub bundle: Option<Bundle>,
}
