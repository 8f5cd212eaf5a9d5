//! Prints 加印: a student orders them, staff print and send them.

mod cancel;
mod list;
mod order;
mod receive;
mod work;

use std::sync::Arc;

use gradshot_domain::{OrderId, OrderState, PrintOrder};
use gradshot_storage::{Collection, KeptPrintOrder, PlacedOrder, UnitOfWork};
use gradshot_wire::prints::{self as wire, PrintOrderStateName, Recipient};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::collection::owned_and_locked;
use crate::caller::Student;
use crate::house::House;
use crate::problem::Broken;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_prints))
        .routes(routes!(order::order_prints))
        .routes(routes!(cancel::cancel_prints))
        .routes(routes!(receive::receive_prints))
        .routes(routes!(work::list_print_work))
        .routes(routes!(work::print_prints))
        .routes(routes!(work::printed_portrait))
        .routes(routes!(work::print_recipient))
        .routes(routes!(work::send_prints))
}

/// Where recipients rest.
const RECIPIENT: &str = "print_orders.recipient";

/// The student's print order with its order and collection, which nobody else changes until the unit of work ends.
async fn owned(
    work: &mut UnitOfWork,
    student: &Student,
    id: OrderId,
) -> Result<Option<(KeptPrintOrder, PlacedOrder, Collection)>, Broken> {
    let Some(kept) = work.print_orders().find(id).await? else { return Ok(None) };
    let Some(collection) = owned_and_locked(work, student, kept.collection).await? else { return Ok(None) };
    // Read again now that nobody else changes it.
    let (kept, placed) =
        with_order(work, id).await?.ok_or(Broken::Contradiction("a print order vanished"))?;
    Ok(Some((kept, placed, collection)))
}

/// A print order with its order.
async fn with_order(
    work: &mut UnitOfWork,
    id: OrderId,
) -> Result<Option<(KeptPrintOrder, PlacedOrder)>, Broken> {
    let Some(kept) = work.print_orders().find(id).await? else { return Ok(None) };
    let placed = work.orders().find(id).await?;
    Ok(Some((kept, placed.ok_or(Broken::Contradiction("a print order without order"))?)))
}

/// Where a print order stands at `at`, its money's state among it.
pub(super) fn state_name(print: &PrintOrder, money: &OrderState, at: Timestamp) -> PrintOrderStateName {
    match (print, money) {
        (PrintOrder::Printing { .. }, _) => PrintOrderStateName::Printing,
        (PrintOrder::Sent { .. }, _) => PrintOrderStateName::Sent,
        (PrintOrder::Received { .. }, _) => PrintOrderStateName::Received,
        (_, OrderState::Refunding { .. }) => PrintOrderStateName::Refunding,
        (_, OrderState::Refunded { .. }) => PrintOrderStateName::Refunded,
        (PrintOrder::Ordered, OrderState::Unpaid { until }) if at < *until => PrintOrderStateName::Unpaid,
        (PrintOrder::Ordered, OrderState::Paid { .. }) => PrintOrderStateName::Paid,
        _ => PrintOrderStateName::Cancelled,
    }
}

/// As its student sees it.
fn shown(house: &House, kept: KeptPrintOrder, placed: &PlacedOrder) -> Result<wire::PrintOrder, Broken> {
    let state = state_name(&kept.print, &placed.order.state, house.now());
    let (courier, courier_number) = parcel(&kept.print);
    Ok(wire::PrintOrder {
        order: kept.id,
        total: placed.order.total,
        state,
        closes_at: match placed.order.state {
            OrderState::Unpaid { until } if state == PrintOrderStateName::Unpaid => Some(until),
            _ => None,
        },
        changed_at: kept.changed_at,
        courier,
        courier_number,
        recipient: recipient(house, &kept)?,
        product: kept.product,
        sheets: kept.sheets,
    })
}

fn parcel(print: &PrintOrder) -> (Option<String>, Option<String>) {
    match print {
        PrintOrder::Sent { courier, number, .. } => (Some(courier.clone()), Some(number.clone())),
        _ => (None, None),
    }
}

pub(super) fn recipient(house: &House, kept: &KeptPrintOrder) -> Result<Option<Recipient>, Broken> {
    let Some(sealed) = &kept.sealed_recipient else { return Ok(None) };
    let json = house.vault.open_text(RECIPIENT, kept.id, sealed)?;
    let opened = serde_json::from_str(&json);
    opened.map(Some).map_err(|_| Broken::Contradiction("a parcel's recipient is none"))
}
