//! Consents 授权: the texts, and what was agreed to and when.

use gradshot_domain::ConsentPurpose;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The texts to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentTexts {
    /// Version of all of them.
    #[schema(example = "2026-11-1")]
    pub version: String,
    /// One per purpose.
    pub texts: Vec<ConsentText>,
}

/// The text of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentText {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Whether no photo is taken without it.
    pub needed: bool,
    /// Title in Chinese.
    pub zh_title: String,
    /// Text in Chinese.
    pub zh: String,
    /// Title in English.
    pub en_title: String,
    /// Text in English.
    pub en: String,
    /// SHA-256 over titles and texts, in hexadecimal: kept with each consent.
    pub sha256: String,
}

/// One consent that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentRecord {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Version of the text that was read.
    #[schema(example = "2026-11-1")]
    pub text_version: String,
    /// SHA-256 of that text.
    pub text_sha256: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// All consents of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentRecords {
    /// The oldest first, at most 100.
    pub records: Vec<ConsentRecord>,
}

/// Takes a consent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WithdrawConsent {
    /// What for.
    pub purpose: ConsentPurpose,
}
