//! How long personal data is kept, and proofs that it went.

use gradshot_domain::KeptKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long each kind is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionTable {
    /// All kinds.
    pub kinds: Vec<RetentionOfKind>,
}

/// How long one kind is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionOfKind {
    /// Which.
    pub kind: KeptKind,
    /// Days after which it goes.
    pub days: u16,
    /// The fewest days that may be set.
    pub min_days: u16,
    /// The most days that may be set.
    pub max_days: u16,
    /// Why, in Chinese.
    pub zh_why: String,
    /// Why, in English.
    pub en_why: String,
}

/// Sets how long a kind is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetRetention {
    /// Which.
    pub kind: KeptKind,
    /// Days, within the kind's limits.
    pub days: u16,
}

/// Proofs of deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionProofsPage {
    /// The newest first.
    pub proofs: Vec<RetentionProof>,
    /// Give it as `before` for the next page; absent on the last.
    pub next: Option<String>,
}

/// That something was deleted in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionProof {
    /// Opaque id, sorted by time.
    pub id: String,
    /// What.
    pub kind: KeptKind,
    /// How many.
    pub count: u64,
    /// Everything older than this went.
    pub until: Timestamp,
    /// When it was deleted.
    pub at: Timestamp,
}
