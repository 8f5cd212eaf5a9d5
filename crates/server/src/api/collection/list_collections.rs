//! `GET /api/collections`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::collection::Collections;

use crate::caller::Student;
use crate::house::House;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why collections were not listed.
    ListCollectionsFault {}
}

/// All collections of the caller, the oldest first.
#[utoipa::path(
    get, path = "/api/collections", tag = "collections", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The caller's collections", body = Collections), ListCollectionsFault)
)]
pub(crate) async fn list_collections(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<Collections>, ListCollectionsFault> {
    let mut work = house.storage.read().await?;
    let mut collections = Vec::new();
    for collection in work.collections().of_account(student.id, limits::COLLECTIONS).await? {
        collections.push(view::collection(&house, &mut work, collection).await?);
    }
    Ok(Json(Collections { collections }))
}
