//! A person's rights over the own data: a copy of all of it, and its deletion.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Closes the caller's account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CloseAccount {
    /// A code by SMS for closing the account.
    #[schema(example = "482109")]
    pub code: String,
}

/// How much was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountClosed {
    /// Ways in: phone number.
    pub identities: u64,
    /// Sessions.
    pub sessions: u64,
    /// Messages.
    pub messages: u64,
    /// Lines of conversations, with their attachments.
    pub conversation_lines: u64,
    /// Requests to be added to a roster.
    pub roster_requests: u64,
    /// Data for invoices.
    pub invoices: u64,
    /// What stays and why, in Chinese.
    pub zh_kept: String,
    /// What stays and why, in English.
    pub en_kept: String,
}

impl fmt::Debug for CloseAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CloseAccount(…)")
    }
}
