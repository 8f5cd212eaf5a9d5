//! Hand-over 上网: bundles for the registry.

use gradshot_domain::BundleId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::roster::RosterError;

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

/// What an import of the registry's answers did. Nothing is imported while there is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswersReport {
    /// Portraits that the registry took.
    pub registered: u32,
    /// Portraits that it refused.
    pub refused: u32,
    /// Rows that could not be understood, at most 200.
    pub errors: Vec<RosterError>,
}

/// The bundle made; absent when no approved portrait waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandOver {
    /// The bundle.
    pub bundle: Option<Bundle>,
}
