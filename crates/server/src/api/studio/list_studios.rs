//! `GET /api/studios`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::Place;
use gradshot_wire::campaign::Studios;
use serde::Deserialize;

use crate::house::House;
use crate::input::InQuery;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why studios were not listed.
    ListStudiosFault { QueryMalformed }
}

/// What to look for, and from where.
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// Studios by name, or the nearest first from a place; at most 50.
#[utoipa::path(
    get, path = "/api/studios", tag = "studios",
    params(
        ("q" = Option<String>, Query, description = "Part of a name or of an address; at most 40 characters"),
        ("latitude" = Option<f64>, Query, description = "Degrees; with `longitude`", example = 24.4798),
        ("longitude" = Option<f64>, Query, description = "Degrees; with `latitude`", example = 118.0894)
    ),
    responses((status = 200, description = "The studios", body = Studios), ListStudiosFault)
)]
pub(crate) async fn list_studios(
    State(house): State<Arc<House>>,
    InQuery(Search { q, latitude, longitude }): InQuery<Search>,
) -> Result<Json<Studios>, ListStudiosFault> {
    let q = q.trim();
    if q.chars().count() > limits::SEARCH_CHARS {
        return Err(ListStudiosFault::QueryMalformed);
    }
    let from = match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            Some(Place::at(latitude, longitude).map_err(|_| ListStudiosFault::QueryMalformed)?)
        }
        (None, None) => None,
        _ => return Err(ListStudiosFault::QueryMalformed),
    };
    let mut work = house.storage.read().await?;
    let looked_through = if from.is_some() || !q.is_empty() { limits::STUDIOS } else { limits::FOUND };
    let found = work.studios().all(looked_through).await?.into_iter();
    let found = found.filter(|studio| studio.name.contains(q) || studio.address.contains(q));
    let mut studios: Vec<_> = found.map(|studio| view::studio(studio, from)).collect();
    if from.is_some() {
        studios.sort_by_key(|studio| studio.distance_m.unwrap_or(u32::MAX));
    }
    studios.truncate(limits::FOUND as usize);
    Ok(Json(Studios { studios }))
}
