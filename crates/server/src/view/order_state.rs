//! How an order stands.

use gradshot_domain::{Order, OrderState};
use gradshot_wire::collection::OrderStateName;
use jiff::Timestamp;

/// The order's state as it is at `at`, though nobody may have closed it in the table yet.
pub(crate) fn order_state(order: &Order, at: Timestamp) -> OrderStateName {
    match order.state {
        OrderState::Unpaid { until } if at < until => OrderStateName::Unpaid,
        OrderState::Unpaid { .. } | OrderState::Closed { .. } => OrderStateName::Closed,
        OrderState::Paid { .. } => OrderStateName::Paid,
        OrderState::Refunding { .. } => OrderStateName::Refunding,
        OrderState::Refunded { .. } => OrderStateName::Refunded,
    }
}
