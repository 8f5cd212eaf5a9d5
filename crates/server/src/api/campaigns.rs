//! `GET /api/campaigns`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::campaign::Campaigns;
use serde::Deserialize;

use crate::house::House;
use crate::input::InQuery;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why campaigns were not listed.
    ListCampaignsFault { QueryMalformed }
}

/// What to look for.
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    /// Part of a school's name, or a campaign's whole code; at most 40 characters. All campaigns when absent.
    #[serde(default)]
    q: String,
}

/// Finds campaigns by part of the school's name or by their code, the newest first.
#[utoipa::path(
    get, path = "/api/campaigns", tag = "campaigns",
    params(("q" = Option<String>, Query, description = "Part of a school's name, or a whole code; at most 40 characters", example = "示范")),
    responses((status = 200, description = "The campaigns found, at most 50", body = Campaigns), ListCampaignsFault)
)]
pub(crate) async fn list_campaigns(
    State(house): State<Arc<House>>,
    InQuery(Search { q }): InQuery<Search>,
) -> Result<Json<Campaigns>, ListCampaignsFault> {
    let q = q.trim();
    if q.chars().count() > limits::SEARCH_CHARS {
        return Err(ListCampaignsFault::QueryMalformed);
    }
    let mut work = house.storage.read().await?;
    let found = work.campaigns().search(q, limits::FOUND).await?;
    Ok(Json(Campaigns { campaigns: found.into_iter().map(view::campaign).collect() }))
}
