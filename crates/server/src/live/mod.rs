//! What pages and stations hear as it happens.
//!
//! The hub says only that something changed; each stream loads the state anew and sends what is new to it. So a lost
//! or late signal does no harm, and a stream that lags sends one whole state instead of many old ones. A studio's line is
//! loaded once for all who look at it. Servers on one PostgreSQL tell each other what changed.

mod hub;
mod lines;
mod relay;
mod stream;

pub(crate) use hub::{Hub, Subscription, Topic};
pub(crate) use lines::Lines;
pub(crate) use relay::run as relay;
pub(crate) use stream::{EventStream, Live, Message, stream};
