//! Hand-over 上网: bundles for the registry.

use gradshot_domain::{AccountId, BundleId};
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
    /// The rule by which its files are named.
    #[serde(default)]
    #[schema(example = "{code}_{place}")]
    pub file_naming: String,
    /// When it was handed over.
    #[serde(default)]
    pub handed_over_at: Option<Timestamp>,
    /// Who said so.
    #[serde(default)]
    pub handed_over_by: Option<AccountId>,
    /// The registry's number for it, or what was noted.
    #[serde(default)]
    pub handed_over_note: Option<String>,
}

/// A campaign's bundles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BundlesPage {
    /// The newest first.
    pub bundles: Vec<Bundle>,
    /// Give it as `before` for the next page; absent on the last.
    pub next: Option<BundleId>,
}

/// A bundle that was made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemadeBundle {
    /// The bundle.
    pub bundle: Bundle,
    /// Whether its file is the same, byte by byte.
    pub unchanged: bool,
}

/// Hands a bundle over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliverBundle {
    /// What to note where a person carries it there; at most 300 characters.
    #[serde(default)]
    pub note: String,
}

/// Sets how a campaign's bundles name their files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetFileNaming {
    /// Letters, digits, hyphens, underscores and fields in braces.
    #[schema(example = "{code}_{student_number}")]
    pub template: String,
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
