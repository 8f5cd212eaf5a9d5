//! `POST /api/orders/{id}/pay`, and making orders.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CollectionId, Order, OrderId};
use gradshot_storage::{Campaign, Collection, Package, PlacedOrder, StorageError, UnitOfWork};
use gradshot_wire::collection::{self, PayOrder, PaymentProvider};
use jiff::Timestamp;

use crate::api::collection::owned_and_locked;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::{jobs, view};

faults! {
    /// Why an order was not paid.
    PayOrderFault { PaymentSandboxOff, OrderNotFound, OrderClosed }
}

/// Pays an order. One that is paid already stays as it is.
#[utoipa::path(
    post, path = "/api/orders/{id}/pay", tag = "orders", params(("id" = OrderId, Path)), request_body = PayOrder,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order's collection", body = collection::Collection), PayOrderFault)
)]
pub(crate) async fn pay_order(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
    Body(PayOrder { provider: PaymentProvider::Sandbox }): Body<PayOrder>,
) -> Result<Json<collection::Collection>, PayOrderFault> {
    if !house.sandbox_payments {
        return Err(PayOrderFault::PaymentSandboxOff);
    }
    let mut work = house.storage.begin().await?;
    let of = work.orders().find(id).await?.ok_or(PayOrderFault::OrderNotFound)?.collection;
    let collection = owned_and_locked(&mut work, &student, of).await?.ok_or(PayOrderFault::OrderNotFound)?;
    // Read again now that nobody else changes it.
    let mut placed = work.orders().find(id).await?.ok_or(PayOrderFault::OrderNotFound)?;
    if !placed.order.is_paid() {
        placed.order = placed.order.pay(house.now()).map_err(|_| PayOrderFault::OrderClosed)?;
        work.orders().save(&placed).await?;
    }
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(of)]);
    Ok(Json(shown))
}

/// Places an order for a package. What costs nothing is paid at once.
pub(super) async fn place_order(
    house: &House,
    work: &mut UnitOfWork,
    collection: &Collection,
    campaign: &Campaign,
    package: &Package,
) -> Result<(), Broken> {
    let at = house.now();
    let until = at + Duration::from_secs(60 * u64::from(campaign.policy.unpaid_order_minutes));
    let mut order = Order::place(package.price, until);
    if package.price.as_fen() == 0 {
        order = order.pay(at).map_err(|_| Broken::Contradiction("a new order takes no payment"))?;
    }
    let id = OrderId::new(at, &mut house.rng());
    let is_unpaid = !order.is_paid();
    work.orders().add(&PlacedOrder::new(id, collection.id, package.id, at, order)).await?;
    if is_unpaid {
        jobs::close_order_later(house, work, id, until).await?;
    }
    Ok(())
}

/// Closes the collection's newest order in the table when its time is over.
pub(super) async fn settle_late_order(
    work: &mut UnitOfWork,
    collection: CollectionId,
    at: Timestamp,
) -> Result<(), StorageError> {
    if let Some(mut placed) = work.orders().newest(collection).await?
        && let Ok(closed) = placed.order.clone().close(at)
    {
        placed.order = closed;
        work.orders().save(&placed).await?;
    }
    Ok(())
}
