//! Money: paying for oneself, by a friend, for a group, at the counter; refunds and invoices.

mod callback;
mod check_payment;
mod counter;
mod give_up;
mod groups;
mod invoice;
mod links;
mod pay_order;
mod prepay;
mod pretend;
mod refunds;

use std::sync::Arc;

use gradshot_domain::{OrderId, Payer};
use gradshot_storage::{Collection, PlacedOrder, StorageError, UnitOfWork};
use gradshot_wire::pay::GroupOrder;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Student;
use crate::house::House;
use crate::problem::Broken;
use crate::view;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(pay_order::pay_order))
        .routes(routes!(prepay::prepay_order))
        .routes(routes!(give_up::give_up_order))
        .routes(routes!(check_payment::check_payment))
        .routes(routes!(callback::payment_callback))
        .routes(routes!(pretend::pretend_payment))
        .routes(routes!(links::make_pay_link))
        .routes(routes!(links::get_pay_link))
        .routes(routes!(links::pay_by_link))
        .routes(routes!(groups::make_pay_group))
        .routes(routes!(groups::list_pay_groups))
        .routes(routes!(groups::join_pay_group))
        .routes(routes!(groups::get_pay_group))
        .routes(routes!(groups::pay_group))
        .routes(routes!(counter::list_counter_orders))
        .routes(routes!(counter::take_money))
        .routes(routes!(refunds::ask_refund))
        .routes(routes!(refunds::list_refunds))
        .routes(routes!(invoice::set_invoice))
        .routes(routes!(invoice::get_invoice))
}

/// The student's order with its collection.
async fn owned(
    work: &mut UnitOfWork,
    student: &Student,
    id: OrderId,
) -> Result<Option<(PlacedOrder, Collection)>, StorageError> {
    let Some(placed) = work.orders().find(id).await? else { return Ok(None) };
    let collection = work.collections().find(placed.collection).await?;
    Ok(collection
        .filter(|collection| collection.account == student.id)
        .map(|collection| (placed, collection)))
}

/// Whether the collection's campaign lets this payer pay.
async fn offers(work: &mut UnitOfWork, collection: &Collection, payer: Payer) -> Result<bool, Broken> {
    let campaign = work.campaigns().find(collection.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
    Ok(campaign.policy.payers.contains(&payer))
}

/// An order as somebody else sees it who pays: masked.
fn group_order(
    house: &House,
    placed: &PlacedOrder,
    collection: &Collection,
    at: Timestamp,
) -> Result<GroupOrder, Broken> {
    Ok(GroupOrder {
        order: placed.id,
        masked_name: house.vault.masked_name(collection.roster_entry, &collection.sealed_name)?,
        total: placed.order.total,
        state: view::order_state(&placed.order, at),
    })
}
