//! `GET /api/collections/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::CollectionId;
use gradshot_wire::collection::Collection;

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;
use crate::view;

faults! {
    /// Why a collection was not shown.
    GetCollectionFault { CollectionNotFound }
}

/// One collection of the caller.
#[utoipa::path(
    get, path = "/api/collections/{id}", tag = "collections", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), GetCollectionFault)
)]
pub(crate) async fn get_collection(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<Json<Collection>, GetCollectionFault> {
    let mut work = house.storage.read().await?;
    let collection =
        super::owned(&mut work, &student, id).await?.ok_or(GetCollectionFault::CollectionNotFound)?;
    Ok(Json(view::collection(&house, &mut work, collection).await?))
}
