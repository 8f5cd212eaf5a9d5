//! `POST /api/print-orders/{id}/received`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::OrderId;
use gradshot_wire::prints::PrintOrder;

use super::{owned, shown};
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::faults;

faults! {
    /// Why a parcel was not received.
    ReceivePrintsFault { OrderNotFound, PrintsNotNow }
}

/// Says that the parcel is here; the address, which is not needed any more, goes.
#[utoipa::path(
    post, path = "/api/print-orders/{id}/received", tag = "prints", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = PrintOrder), ReceivePrintsFault)
)]
pub(crate) async fn receive_prints(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<Json<PrintOrder>, ReceivePrintsFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = owned(&mut work, &student, id).await?;
    let (mut kept, placed, collection) = found.ok_or(ReceivePrintsFault::OrderNotFound)?;
    kept.print = kept.print.receive(at).map_err(|_| ReceivePrintsFault::PrintsNotNow)?;
    kept.changed_at = at;
    kept.sealed_recipient = None;
    work.print_orders().save(&kept).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(collection.id)]);
    Ok(Json(shown(&house, kept, &placed)?))
}
