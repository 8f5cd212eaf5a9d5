//! An order as the office sees it.

use gradshot_domain::{Money, Route};
use gradshot_storage::{self as storage, FoundOrder};
use gradshot_wire::office_order::{OfficeOrder, OrderKind};
use jiff::Timestamp;

use super::order_state;
use crate::problem::Broken;
use crate::vault::Vault;

/// An order with what it is for, and a masked name.
pub(crate) fn office_order(vault: &Vault, found: &FoundOrder, at: Timestamp) -> Result<OfficeOrder, Broken> {
    let (title, en_title) = match (&found.prints, &found.package) {
        (Some((product, _)), _) => (Some(product.title.clone()), product.en_title.clone()),
        (None, Some((name, en_name))) => (Some(name.clone()), en_name.clone()),
        (None, None) => (None, None),
    };
    Ok(OfficeOrder {
        id: found.placed.id,
        masked_name: vault.masked_name(found.roster_entry, &found.sealed_name)?,
        school_name: found.school_name.clone(),
        campaign: found.campaign,
        campaign_title: found.campaign_title.clone(),
        kind: match found.kind() {
            storage::OrderKind::Portrait(Route::Phone) => OrderKind::Phone,
            storage::OrderKind::Portrait(Route::Studio) => OrderKind::Studio,
            storage::OrderKind::Prints => OrderKind::Prints,
        },
        title,
        en_title,
        sheets: found.prints.as_ref().map(|(_, sheets)| *sheets),
        studio_name: found.studio.as_ref().map(|(_, name)| name.clone()),
        total: found.placed.order.total,
        refunded: Money::from_fen(found.refunded_fen),
        state: order_state(&found.placed.order, at),
        placed_at: found.placed.placed_at,
    })
}
