//! `POST /api/orders/{id}/give-up`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{OrderId, OrderState};
use gradshot_wire::collection::Collection;

use super::owned;
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why an order was not given up.
    GiveUpOrderFault { OrderNotFound, OrderPaid }
}

/// Gives an order up that is not paid, so that another route or package can be chosen at once. Money that comes for it all
/// the same goes back.
#[utoipa::path(
    post, path = "/api/orders/{id}/give-up", tag = "orders", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order's collection", body = Collection), GiveUpOrderFault)
)]
pub(crate) async fn give_up_order(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<Json<Collection>, GiveUpOrderFault> {
    let mut work = house.storage.begin().await?;
    let (_, collection) = owned(&mut work, &student, id).await?.ok_or(GiveUpOrderFault::OrderNotFound)?;
    work.collections().lock(collection.id).await?;
    // Read again now that nobody pays it.
    let mut placed = work.orders().find(id).await?.ok_or(Broken::Contradiction("an order vanished"))?;
    match placed.order.clone().give_up(house.now()) {
        Ok(closed) => {
            placed.order = closed;
            work.orders().save(&placed).await?;
        }
        // Pressed twice, or its time was over.
        Err(_) if matches!(placed.order.state, OrderState::Closed { .. }) => {}
        Err(_) => return Err(GiveUpOrderFault::OrderPaid),
    }
    let id = collection.id;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}
