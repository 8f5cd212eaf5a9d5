//! `POST /api/station/queue/next`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::BusinessDay;
use gradshot_storage::StorageError;
use gradshot_wire::queue::Called;

use super::finish;
use crate::caller::Station;
use crate::house::House;
use crate::problem::{Broken, faults};

faults! {
    /// Why nobody was called.
    CallNextFault { StationPaused }
}

/// Other stations may take the first in line this often before this one is told that the queue is too busy.
const TRIES: usize = 50;

/// Calls the first in line to this station; nobody when nobody waits. Two stations never get the same.
#[utoipa::path(
    post, path = "/api/station/queue/next", tag = "stations", security(("station" = [])),
    responses((status = 200, description = "The one called", body = Called), CallNextFault)
)]
pub(crate) async fn call_next(
    State(house): State<Arc<House>>,
    station: Station,
) -> Result<Json<Called>, CallNextFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    if work.stations().find(station.id).await?.is_some_and(|found| found.paused_at.is_some()) {
        return Err(CallNextFault::StationPaused);
    }
    for _ in 0..TRIES {
        let first = work.tickets().first_waiting(station.studio, BusinessDay::of(at)).await?;
        let Some(mut queued) = first else { return Ok(Json(Called { entry: None })) };
        let called = queued.ticket.call(station.id, at);
        queued.ticket = called.map_err(|_| Broken::Contradiction("somebody in line cannot be called"))?;
        match work.tickets().save(&mut queued).await {
            Err(StorageError::Stale { .. }) => {}
            saved => {
                saved?;
                return Ok(Json(Called { entry: Some(finish(&house, work, &queued).await?) }));
            }
        }
    }
    Err(Broken::Storage(StorageError::Busy).into())
}
