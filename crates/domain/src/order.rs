//! Order 订单: what is owed for a collection.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InvalidTransition, Money};

/// An order and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The price shown when the order was made.
    pub total: Money,
    /// Where it stands.
    pub state: OrderState,
}

/// The states of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Not paid; closes by itself at `until`.
    Unpaid {
        /// When it closes.
        until: Timestamp,
    },
    /// Paid.
    Paid {
        /// When the money came.
        at: Timestamp,
    },
    /// The money is on its way back.
    Refunding {
        /// When it was paid.
        paid_at: Timestamp,
        /// When the refund was asked for.
        at: Timestamp,
    },
    /// The money is back.
    Refunded {
        /// When it came back.
        at: Timestamp,
    },
    /// Closed without being paid.
    Closed {
        /// When it closed.
        at: Timestamp,
    },
}

impl OrderState {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unpaid { .. } => "unpaid",
            Self::Paid { .. } => "paid",
            Self::Refunding { .. } => "refunding",
            Self::Refunded { .. } => "refunded",
            Self::Closed { .. } => "closed",
        }
    }
}

impl Order {
    /// A new order that waits for its money until `until`.
    pub const fn place(total: Money, until: Timestamp) -> Self {
        Self { total, state: OrderState::Unpaid { until } }
    }

    /// The money came.
    pub fn pay(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            OrderState::Unpaid { until } if at <= until => {
                Ok(Self { state: OrderState::Paid { at }, ..self })
            }
            state => Err(refused(&state, "pay")),
        }
    }

    /// Nobody paid in time.
    pub fn close(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            OrderState::Unpaid { until } if at >= until => {
                Ok(Self { state: OrderState::Closed { at }, ..self })
            }
            state => Err(refused(&state, "close")),
        }
    }

    /// Whoever ordered it gives it up before paying.
    pub fn give_up(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            OrderState::Unpaid { .. } => Ok(Self { state: OrderState::Closed { at }, ..self }),
            state => Err(refused(&state, "give up")),
        }
    }

    /// The money shall go back.
    pub fn refund(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            OrderState::Paid { at: paid_at } => {
                Ok(Self { state: OrderState::Refunding { paid_at, at }, ..self })
            }
            state => Err(refused(&state, "refund")),
        }
    }

    /// The money is back.
    pub fn settle_refund(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            OrderState::Refunding { .. } => Ok(Self { state: OrderState::Refunded { at }, ..self }),
            state => Err(refused(&state, "settle the refund")),
        }
    }

    /// Whether the money is here.
    pub const fn is_paid(&self) -> bool {
        matches!(self.state, OrderState::Paid { .. })
    }
}

const fn refused(state: &OrderState, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "order", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn paid_once_refunded_once() {
        let order = Order::place(Money::from_fen(3500), second(100)).pay(second(50)).unwrap();
        assert!(order.is_paid());
        assert!(order.clone().pay(second(60)).is_err());
        assert!(order.clone().close(second(200)).is_err());
        let order = order.refund(second(70)).unwrap();
        assert!(!order.is_paid());
        let order = order.settle_refund(second(80)).unwrap();
        assert_eq!(
            order.clone().refund(second(90)).unwrap_err().to_string(),
            "order is refunded: cannot refund"
        );
    }

    #[test]
    fn an_order_closes_at_its_time_and_takes_no_money_after() {
        let order = Order::place(Money::from_fen(3500), second(100));
        assert!(order.clone().close(second(99)).is_err());
        assert!(order.clone().pay(second(101)).is_err());
        assert_eq!(order.close(second(100)).unwrap().state.name(), "closed");
    }
}
