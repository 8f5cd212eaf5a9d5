//! `POST /api/print-orders/{id}/cancel`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::OrderId;
use gradshot_wire::prints::PrintOrder;

use super::{owned, shown, with_order};
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::pay::{self, RefundFault};
use crate::problem::{Broken, faults};

faults! {
    /// Why prints were not given up.
    CancelPrintsFault { OrderNotFound, PrintsNotNow }
}

/// Gives prints up that were not begun. What was paid goes back by the way it came; the address goes at once.
#[utoipa::path(
    post, path = "/api/print-orders/{id}/cancel", tag = "prints", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = PrintOrder), CancelPrintsFault)
)]
pub(crate) async fn cancel_prints(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<Json<PrintOrder>, CancelPrintsFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = owned(&mut work, &student, id).await?;
    let (mut kept, mut placed, collection) = found.ok_or(CancelPrintsFault::OrderNotFound)?;
    kept.print = kept.print.cancel(at).map_err(|_| CancelPrintsFault::PrintsNotNow)?;
    kept.changed_at = at;
    kept.sealed_recipient = None;
    work.print_orders().save(&kept).await?;
    if placed.order.is_paid() {
        match pay::ask_refund(&house, &mut work, &mut placed, None, "加印已取消", None).await {
            // An order that cost nothing has no payment to give back.
            Ok(_) | Err(RefundFault::NotPaid | RefundFault::TooMuch) => {}
            Err(RefundFault::Broken(broken)) => return Err(broken.into()),
        }
    } else if let Ok(closed) = placed.order.clone().give_up(at) {
        placed.order = closed;
        work.orders().save(&placed).await?;
    }
    work.commit().await?;
    pay::send_refunds(&house).await;
    house.hub.tell(&[Topic::Collection(collection.id)]);
    let mut work = house.storage.read().await?;
    let found = with_order(&mut work, id).await?;
    let (kept, placed) = found.ok_or(Broken::Contradiction("a print order vanished"))?;
    Ok(Json(shown(&house, kept, &placed)?))
}
