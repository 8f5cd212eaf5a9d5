//! Payment 支付: one attempt to get the money of one order or several, and what went back of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InvalidTransition, Money};

/// Where a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Payment {
    /// The provider waits for the payer until `until`.
    Prepared {
        /// When the provider stops waiting.
        until: Timestamp,
    },
    /// The money is here.
    Succeeded {
        /// The provider's own number for it.
        transaction: String,
        /// When.
        at: Timestamp,
    },
    /// Nobody paid.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Payment {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Prepared { .. } => "prepared",
            Self::Succeeded { .. } => "succeeded",
            Self::Closed { .. } => "closed",
        }
    }

    /// The money came. It counts whenever it comes, also for a payment that was closed: then it has to go back.
    pub fn succeed(self, transaction: String, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Prepared { .. } | Self::Closed { .. } => Ok(Self::Succeeded { transaction, at }),
            state @ Self::Succeeded { .. } => Err(refused("payment", state.name(), "succeed")),
        }
    }

    /// Nobody paid in time, or nobody shall any more.
    pub fn close(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Prepared { .. } => Ok(Self::Closed { at }),
            state => Err(refused("payment", state.name(), "be closed")),
        }
    }
}

/// Where a refund stands. A provider takes it at first and pays it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Refund {
    /// The provider has not said that the money is back.
    Asked {
        /// When it was asked for.
        at: Timestamp,
    },
    /// The money is back.
    Done {
        /// When.
        at: Timestamp,
    },
    /// The provider refused: a person has to look.
    Failed {
        /// When.
        at: Timestamp,
    },
}

impl Refund {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
        }
    }

    /// The money is back.
    pub fn done(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked { .. } => Ok(Self::Done { at }),
            state => Err(refused("refund", state.name(), "be done")),
        }
    }

    /// The provider refused.
    pub fn failed(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked { .. } => Ok(Self::Failed { at }),
            state => Err(refused("refund", state.name(), "fail")),
        }
    }
}

/// Refunds that one payment takes, as the strictest of the known providers.
pub const MAX_REFUNDS: usize = 50;

/// Whether `amount` may go back of `total`, when `before` went back or is about to already.
pub fn may_refund(total: Money, before: &[Money], amount: Money) -> bool {
    let gone: u64 = before.iter().map(|money| u64::from(money.as_fen())).sum();
    amount.as_fen() > 0
        && before.len() < MAX_REFUNDS
        && gone + u64::from(amount.as_fen()) <= u64::from(total.as_fen())
}

const fn refused(thing: &'static str, state: &'static str, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing, state, verb }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn money_that_comes_late_is_money_all_the_same() {
        let closed = Payment::Prepared { until: AT }.close(AT).unwrap();
        let paid = closed.succeed("T1".to_owned(), AT).unwrap();
        assert!(paid.clone().succeed("T2".to_owned(), AT).is_err(), "but only once");
        assert!(paid.close(AT).is_err());
    }

    proptest! {
        #[test]
        fn never_more_goes_back_than_came(total in 1u32..100_000, parts in prop::collection::vec(1u32..50_000, 0..60)) {
            let (total, mut gone) = (Money::from_fen(total), Vec::new());
            for part in parts.into_iter().map(Money::from_fen) {
                if may_refund(total, &gone, part) {
                    gone.push(part);
                }
            }
            prop_assert!(gone.iter().map(|money| money.as_fen()).sum::<u32>() <= total.as_fen());
            prop_assert!(gone.len() <= MAX_REFUNDS);
        }
    }
}
