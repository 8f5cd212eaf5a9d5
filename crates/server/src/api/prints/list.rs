//! `GET /api/collections/{id}/prints`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CollectionId, PrintOrder};
use gradshot_wire::prints::Prints;

use crate::api::collection::owned;
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::limits;
use crate::problem::{Broken, faults};
use crate::view::Standing;

faults! {
    /// Why prints were not listed.
    ListPrintsFault { CollectionNotFound }
}

/// What prints the campaign offers, and what the caller has ordered.
#[utoipa::path(
    get, path = "/api/collections/{id}/prints", tag = "prints", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "Products and orders", body = Prints), ListPrintsFault)
)]
pub(crate) async fn list_prints(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<Json<Prints>, ListPrintsFault> {
    let mut work = house.storage.read().await?;
    let found = owned(&mut work, &student, id).await?;
    let collection = found.ok_or(ListPrintsFault::CollectionNotFound)?;
    let standing = Standing::load(&mut work, collection, house.now()).await?;
    let may_order = standing.portraits.iter().any(|stored| PrintOrder::is_for(&stored.portrait.state));
    let mut orders = Vec::new();
    for kept in work.print_orders().of_collection(id, limits::PRINT_ORDERS).await? {
        let placed = work.orders().find(kept.id).await?;
        let placed = placed.ok_or(Broken::Contradiction("a print order without order"))?;
        orders.push(super::shown(&house, kept, &placed)?);
    }
    Ok(Json(Prints { products: standing.campaign.policy.prints, may_order, orders }))
}
