//! Rows as the messages that callers see.

mod account;
mod campaign;
mod collection;
mod office_order;
mod opening;
mod order_state;
mod phone;
mod portrait;
mod queue;
mod roster_request;
mod studio;

pub(crate) use account::account;
pub(crate) use campaign::campaign;
pub(crate) use collection::{Standing, collection, is_submitted};
pub(crate) use office_order::office_order;
pub(crate) use opening::{access_reason, accessed, accessed_by, opening_reason};
pub(crate) use order_state::order_state;
pub(crate) use phone::phone_route;
pub(crate) use portrait::{earlier_portrait, picture_url, portrait, portrait_state, receipt, review_due};
pub(crate) use queue::{Line, entry};
pub(crate) use roster_request::{roster_request, school_roster_request};
pub(crate) use studio::studio;
