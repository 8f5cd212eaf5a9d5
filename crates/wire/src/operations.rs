//! Running the server: work that was given up, and whether everything is well.

use gradshot_domain::JobId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A job that failed too often and waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeadJob {
    /// Opaque id.
    pub id: JobId,
    /// What was to be done.
    #[schema(example = "close_order")]
    pub kind: String,
    /// To what, as an opaque id; empty when to nothing in particular.
    pub subject: String,
    /// Why it failed last.
    pub failure: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was given up.
    pub dead_at: Option<Timestamp>,
}

/// The jobs that were given up, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeadJobs {
    /// At most 200.
    pub jobs: Vec<DeadJob>,
}

/// Whether the server can do its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    /// Whether everything below is well.
    pub ready: bool,
    /// Whether the database answers.
    pub database: bool,
    /// Whether the place for sealed bytes answers.
    pub blobs: bool,
    /// For how long the oldest job that is due waits, seconds.
    pub jobs_late_seconds: u32,
    /// Jobs that were given up.
    pub jobs_dead: u32,
}
