//! Import of a roster 名单.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an import did. Nothing is imported while there is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterReport {
    /// Whether the file was only looked at: nothing was kept.
    #[serde(default)]
    pub dry_run: bool,
    /// Students that were new.
    pub added: u32,
    /// Students that were known and brought up to date.
    pub updated: u32,
    /// Rows that could not be understood, at most 200.
    pub errors: Vec<RosterError>,
}

/// One row that could not be understood. Never repeats what the row said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterError {
    /// Row of the file, counted from 1, the header included.
    pub row: u32,
    /// Header of the column.
    pub column: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}
