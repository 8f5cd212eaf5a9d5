//! `GET /api/office/studios/{id}/orders` and `POST /api/office/orders/{id}/counter-payment`: money at the counter.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{OrderId, OrderState, Payer, Payment, PaymentId, StudioId};
use gradshot_storage::KeptPayment;
use gradshot_wire::pay::{CounterOrders, GroupOrder};

use super::{group_order, offers};
use crate::caller::Operator;
use crate::house::House;
use crate::input::InPath;
use crate::limits;
use crate::live::Topic;
use crate::pay::COUNTER;
use crate::problem::{Broken, faults};

faults! {
    /// Why orders were not listed.
    ListCounterOrdersFault { StudioNotFound }
}
faults! {
    /// Why no money was taken.
    TakeMoneyFault { OrderNotFound, OrderClosed, PayerNotOffered }
}

/// Unpaid orders of a studio, for its operators: a masked name and an amount each.
#[utoipa::path(
    get, path = "/api/office/studios/{id}/orders", tag = "office", params(("id" = StudioId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The orders", body = CounterOrders), ListCounterOrdersFault)
)]
pub(crate) async fn list_counter_orders(
    State(house): State<Arc<House>>,
    operator: Operator,
    InPath(id): InPath<StudioId>,
) -> Result<Json<CounterOrders>, ListCounterOrdersFault> {
    let at = house.now();
    let mut work = house.storage.read().await?;
    if !operator.is_of(id) || work.studios().find(id).await?.is_none() {
        return Err(ListCounterOrdersFault::StudioNotFound);
    }
    let mut orders = Vec::new();
    for placed in work.orders().unpaid_of_studio(id, limits::PAGE).await? {
        if !matches!(placed.order.state, OrderState::Unpaid { until } if at < until) {
            continue;
        }
        let collection = work.collections().find(placed.collection).await?;
        let collection = collection.ok_or(Broken::Contradiction("an order without collection"))?;
        orders.push(group_order(&house, &placed, &collection, at)?);
    }
    Ok(Json(CounterOrders { orders }))
}

/// Notes that the studio's counter took an order's money. Noting it again changes nothing.
#[utoipa::path(
    post, path = "/api/office/orders/{id}/counter-payment", tag = "office", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = GroupOrder), TakeMoneyFault)
)]
pub(crate) async fn take_money(
    State(house): State<Arc<House>>,
    operator: Operator,
    InPath(id): InPath<OrderId>,
) -> Result<Json<GroupOrder>, TakeMoneyFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let placed = work.orders().find(id).await?.ok_or(TakeMoneyFault::OrderNotFound)?;
    work.collections().lock(placed.collection).await?;
    let mut placed = work.orders().find(id).await?.ok_or(TakeMoneyFault::OrderNotFound)?;
    let collection = work.collections().find(placed.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("an order without collection"))?;
    if collection.booked.is_none_or(|(studio, _)| !operator.is_of(studio)) {
        return Err(TakeMoneyFault::OrderNotFound);
    }
    if !offers(&mut work, &collection, Payer::Counter).await? {
        return Err(TakeMoneyFault::PayerNotOffered);
    }
    if !placed.order.is_paid() {
        placed.order = placed.order.pay(at).map_err(|_| TakeMoneyFault::OrderClosed)?;
        work.orders().save(&placed).await?;
        let payment = PaymentId::new(at, &mut house.rng());
        let kept = KeptPayment {
            id: payment,
            provider: COUNTER.to_owned(),
            payer: Payer::Counter,
            account: Some(operator.account.id),
            total: placed.order.total,
            created_at: at,
            payment: Payment::Succeeded { transaction: payment.to_string(), at },
            version: 0,
        };
        work.payments().add(&kept, &[id]).await?;
    }
    let shown = group_order(&house, &placed, &collection, at)?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(collection.id)]);
    Ok(Json(shown))
}
