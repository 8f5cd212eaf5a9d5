//! `HEAD /api/station/portraits/{id}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use gradshot_domain::PortraitId;

use crate::api::tus::{LENGTH, OFFSET, Tus};
use crate::caller::Station;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why it was not said where to go on.
    PortraitOffsetFault { PortraitNotFound }
}

/// Says where to go on with a sealed portrait (tus 1.0.0): `Upload-Offset` of `Upload-Length`, which are the same once it is
/// kept.
#[utoipa::path(
    head, path = "/api/station/portraits/{id}", tag = "stations",
    params(("id" = PortraitId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    security(("station" = [])),
    responses((status = 200, description = "`Upload-Offset` of `Upload-Length`"), PortraitOffsetFault)
)]
pub(crate) async fn portrait_offset(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<PortraitId>,
    _tus: Tus,
) -> Result<(StatusCode, [(HeaderName, String); 3]), PortraitOffsetFault> {
    let mut work = house.storage.read().await?;
    let stored = work.portraits().find(id).await?;
    let kept = stored.filter(|stored| stored.source.station() == Some(station.id));
    let (received, total) = if let Some(stored) = kept {
        (stored.blob_bytes, stored.blob_bytes)
    } else {
        let begun = work.portrait_pieces().received(station.id, id).await?;
        begun.ok_or(PortraitOffsetFault::PortraitNotFound)?
    };
    let headers = [
        (OFFSET, received.to_string()),
        (LENGTH, total.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::OK, headers))
}
