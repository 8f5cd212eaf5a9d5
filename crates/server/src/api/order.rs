//! Making orders and closing them.

use std::time::Duration;

use gradshot_domain::{CollectionId, Money, Order, OrderId, PackageId};
use gradshot_storage::{Campaign, Collection, PlacedOrder, StorageError, UnitOfWork};
use jiff::Timestamp;

use crate::house::House;
use crate::jobs;
use crate::problem::Broken;

/// Places an order for a studio's package, or for the phone route, which has none. What costs nothing is paid at once.
pub(super) async fn place_order(
    house: &House,
    work: &mut UnitOfWork,
    collection: &Collection,
    campaign: &Campaign,
    package: Option<PackageId>,
    price: Money,
) -> Result<(), Broken> {
    let at = house.now();
    let until = at + Duration::from_secs(60 * u64::from(campaign.policy.unpaid_order_minutes));
    let mut order = Order::place(price, until);
    if price.as_fen() == 0 {
        order = order.pay(at).map_err(|_| Broken::Contradiction("a new order takes no payment"))?;
    }
    let id = OrderId::new(at, &mut house.rng());
    let is_unpaid = !order.is_paid();
    work.orders().add(&PlacedOrder::new(id, collection.id, package, at, order)).await?;
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
