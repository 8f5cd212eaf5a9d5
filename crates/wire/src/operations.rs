//! Running the server: work that was given up, and whether everything is well.

use gradshot_domain::JobId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

/// A piece of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditLog {
    /// The newest first.
    pub entries: Vec<AuditEntry>,
}

/// That somebody changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Counts from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who, as an opaque id.
    #[schema(example = "station:0196e1a2-7c00-7000-8000-000000000001")]
    pub actor: String,
    /// Method and route.
    #[schema(example = "POST /api/station/tickets/{id}/call")]
    pub action: String,
    /// The opaque ids in the path.
    pub subject: String,
    /// SHA-256 over the entry and the hash before it, in hexadecimal.
    pub hash: String,
}

/// Which piece of the audit log is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditPage {
    /// Only entries with a smaller number.
    pub before: Option<u64>,
}

/// Whether the audit log is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditVerification {
    /// Whether nothing is missing, changed or out of place.
    pub whole: bool,
    /// Entries up to the first flaw.
    pub entries: u64,
    /// The hash of the last of them. Kept elsewhere, it proves later that nothing before was changed.
    pub head: String,
    /// What is wrong first.
    pub flaw: Option<String>,
}
