//! Delivery of a message: tried until it is sent, a limited number of times.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::InvalidTransition;

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Delivery {
    /// Waits to be sent.
    Queued {
        /// Tries that failed so far.
        attempts: u32,
        /// When it is tried next.
        next_try_at: Timestamp,
    },
    /// The sender took it.
    Sent {
        /// Tries that it took.
        attempts: u32,
        /// When.
        at: Timestamp,
    },
    /// It failed too often, or came too late to be of use.
    GivenUp {
        /// Tries that failed.
        attempts: u32,
        /// When.
        at: Timestamp,
    },
}

impl Delivery {
    /// Tries before a message is given up.
    pub const MAX_ATTEMPTS: u32 = 6;

    /// A message that is to be sent now.
    pub const fn queue(at: Timestamp) -> Self {
        Self::Queued { attempts: 0, next_try_at: at }
    }

    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "queued",
            Self::Sent { .. } => "sent",
            Self::GivenUp { .. } => "given_up",
        }
    }

    /// How often it was tried.
    pub const fn attempts(&self) -> u32 {
        match self {
            Self::Queued { attempts, .. } | Self::Sent { attempts, .. } | Self::GivenUp { attempts, .. } => {
                *attempts
            }
        }
    }

    /// Takes it for sending until `until`: if nothing is heard by then, somebody else may try.
    pub fn take(self, until: Timestamp, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Queued { attempts, next_try_at } if next_try_at <= at => {
                Ok(Self::Queued { attempts, next_try_at: until })
            }
            state => Err(refused(&state, "be taken for sending")),
        }
    }

    /// The sender took it.
    pub fn sent(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Queued { attempts, .. } => Ok(Self::Sent { attempts: attempts + 1, at }),
            state => Err(refused(&state, "be sent")),
        }
    }

    /// The sender failed: again later, each time after a longer pause, and at last no more.
    pub fn failed(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Queued { attempts, .. } if attempts + 1 >= Self::MAX_ATTEMPTS => {
                Ok(Self::GivenUp { attempts: attempts + 1, at })
            }
            Self::Queued { attempts, .. } => {
                let pause = Duration::from_secs(30) * 4u32.pow(attempts);
                Ok(Self::Queued { attempts: attempts + 1, next_try_at: at + pause })
            }
            state => Err(refused(&state, "fail")),
        }
    }

    /// It would come too late.
    pub fn give_up(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Queued { attempts, .. } => Ok(Self::GivenUp { attempts, at }),
            state => Err(refused(&state, "be given up")),
        }
    }
}

const fn refused(state: &Delivery, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "message", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_779_000_000 + second).unwrap()
    }

    #[test]
    fn a_failing_sender_is_tried_at_longer_and_longer_intervals_and_then_no_more() {
        let mut delivery = Delivery::queue(at(0));
        let mut pauses = Vec::new();
        while let Delivery::Queued { .. } = delivery {
            delivery = delivery.failed(at(0)).unwrap();
            if let Delivery::Queued { next_try_at, .. } = delivery {
                pauses.push(next_try_at.duration_since(at(0)).as_secs());
            }
        }
        assert_eq!(pauses, [30, 120, 480, 1920, 7680]);
        assert_eq!((delivery.name(), delivery.attempts()), ("given_up", Delivery::MAX_ATTEMPTS));
        assert!(delivery.sent(at(1)).is_err());
    }

    #[test]
    fn nobody_else_sends_what_is_being_sent() {
        let taken = Delivery::queue(at(0)).take(at(60), at(1)).unwrap();
        assert!(taken.clone().take(at(90), at(30)).is_err());
        assert!(taken.clone().take(at(120), at(60)).is_ok());
        assert_eq!(taken.sent(at(2)).unwrap(), Delivery::Sent { attempts: 1, at: at(2) });
    }
}
