//! Conversation 客服: whose turn it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::InvalidTransition;

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Conversation {
    /// The student said something last.
    WaitsForStaff {
        /// When.
        since: Timestamp,
    },
    /// Support said something last.
    WaitsForStudent {
        /// When.
        since: Timestamp,
    },
    /// Done with; a further word opens it again.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Conversation {
    /// A student begins.
    pub const fn open(at: Timestamp) -> Self {
        Self::WaitsForStaff { since: at }
    }

    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::WaitsForStaff { .. } => "waits_for_staff",
            Self::WaitsForStudent { .. } => "waits_for_student",
            Self::Closed { .. } => "closed",
        }
    }

    /// The student says something; who waited longer keeps the earlier place.
    #[must_use]
    pub const fn ask(self, at: Timestamp) -> Self {
        match self {
            Self::WaitsForStaff { since } => Self::WaitsForStaff { since },
            Self::WaitsForStudent { .. } | Self::Closed { .. } => Self::WaitsForStaff { since: at },
        }
    }

    /// Support says something.
    #[must_use]
    pub const fn answer(self, at: Timestamp) -> Self {
        Self::WaitsForStudent { since: at }
    }

    /// Either side is done.
    pub fn close(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Closed { .. } => {
                Err(InvalidTransition { thing: "conversation", state: self.name(), verb: "be closed" })
            }
            Self::WaitsForStaff { .. } | Self::WaitsForStudent { .. } => Ok(Self::Closed { at }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_twice_does_not_lose_the_place() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let asked = Conversation::open(at(1)).ask(at(5));
        assert_eq!(asked, Conversation::WaitsForStaff { since: at(1) });
        let answered = asked.answer(at(6));
        assert_eq!(answered.ask(at(9)), Conversation::WaitsForStaff { since: at(9) });
        let closed = answered.close(at(7)).unwrap();
        assert!(closed.close(at(8)).is_err());
        assert_eq!(closed.ask(at(9)).name(), "waits_for_staff");
    }
}
