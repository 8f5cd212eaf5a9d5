//! Money: providers behind one trait, and the one way by which a payment becomes a paid order.
//!
//! A payment's and a refund's ids are the numbers that the provider knows them by, so that everything may be asked
//! again: preparing, the provider's call back, the query beside it, closing and refunding all end in the same state.

mod provider;
mod refunds;
mod sandbox;
mod settle;

pub(crate) use provider::{COUNTER, SANDBOX};
pub use provider::{PayError, PaySheet, PaymentProvider, Prepay, RefundOrder, Refunded, Trade};
pub(crate) use refunds::{RefundFault, ask_refund, refundable, send_refunds};
pub(crate) use sandbox::Sandbox;
pub(crate) use settle::{PrepareFault, check, close_late, prepare, settle};
