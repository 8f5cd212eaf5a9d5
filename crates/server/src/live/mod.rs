//! What pages and stations hear as it happens.
//!
//! The hub says only that something changed; each stream loads the state anew and sends what is new to it. So a lost
//! or late signal does no harm, and a stream that lags sends one whole state instead of many old ones.

mod hub;
mod stream;

pub(crate) use hub::{Hub, Subscription, Topic};
pub(crate) use stream::{EventStream, Live, Message, stream};
