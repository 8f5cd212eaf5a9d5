//! A student's request to be added to a roster 增补名单, and the school's answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, InvalidTransition, RosterEntryId};

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RosterRequest {
    /// The school has not answered.
    Open,
    /// The school added the student.
    Accepted {
        /// The clerk.
        by: AccountId,
        /// The line of the roster.
        entry: RosterEntryId,
        /// When.
        at: Timestamp,
    },
    /// The school did not.
    Declined {
        /// The clerk.
        by: AccountId,
        /// Why, for the student.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// The student took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

impl RosterRequest {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The school adds the student as `entry`.
    pub fn accept(
        self,
        by: AccountId,
        entry: RosterEntryId,
        at: Timestamp,
    ) -> Result<Self, InvalidTransition> {
        match self {
            Self::Open => Ok(Self::Accepted { by, entry, at }),
            state => Err(refused(&state, "be accepted")),
        }
    }

    /// The school says no, and why.
    pub fn decline(self, by: AccountId, reason: String, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Open => Ok(Self::Declined { by, reason, at }),
            state => Err(refused(&state, "be declined")),
        }
    }

    /// The student takes it back.
    pub fn withdraw(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Open => Ok(Self::Withdrawn { at }),
            state => Err(refused(&state, "be withdrawn")),
        }
    }
}

const fn refused(state: &RosterRequest, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "roster request", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_final() {
        let (clerk, entry) = (AccountId::from_bytes([1; 16]), RosterEntryId::from_bytes([2; 16]));
        let at = Timestamp::UNIX_EPOCH;
        let declined = RosterRequest::Open.decline(clerk, "已毕业".to_owned(), at).unwrap();
        assert!(declined.clone().accept(clerk, entry, at).is_err());
        assert!(declined.withdraw(at).is_err());
        assert_eq!(RosterRequest::Open.accept(clerk, entry, at).unwrap().name(), "accepted");
    }
}
