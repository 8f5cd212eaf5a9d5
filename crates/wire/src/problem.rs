//! Errors as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What went wrong, in words for a person and in a stable code for a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Stable code, for example `ticket.not_found`.
    #[schema(example = "ticket.not_found")]
    pub code: String,
    /// HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What happened and what to do, in Chinese.
    pub zh: String,
    /// What happened and what to do, in English.
    pub en: String,
}

impl Problem {
    /// The media type of problems.
    pub const MEDIA_TYPE: &str = "application/problem+json";

    /// A problem from its parts.
    pub fn new(status: u16, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), status, zh: zh.into(), en: en.into() }
    }
}
