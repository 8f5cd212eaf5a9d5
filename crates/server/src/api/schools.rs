//! `GET /api/schools`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::roster_request::{School, Schools};
use serde::Deserialize;

use crate::house::House;
use crate::input::InQuery;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why schools were not listed.
    ListSchoolsFault { QueryMalformed }
}

/// What to look for.
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    /// Part of a name, or initials in pinyin; at most 40 characters.
    #[serde(default)]
    q: String,
}

/// Finds schools by part of their name, by pinyin initials or by a campaign's code, with what each collects. None when
/// no school of this name takes part.
#[utoipa::path(
    get, path = "/api/schools", tag = "campaigns",
    params(("q" = Option<String>, Query, description = "Part of a name, or pinyin initials; at most 40 characters", example = "sfdx")),
    responses((status = 200, description = "The schools found, at most 50", body = Schools), ListSchoolsFault)
)]
pub(crate) async fn list_schools(
    State(house): State<Arc<House>>,
    InQuery(Search { q }): InQuery<Search>,
) -> Result<Json<Schools>, ListSchoolsFault> {
    let q = q.trim();
    if q.chars().count() > limits::SEARCH_CHARS {
        return Err(ListSchoolsFault::QueryMalformed);
    }
    let mut work = house.storage.read().await?;
    let mut schools: Vec<School> = Vec::new();
    for campaign in work.campaigns().search(q, limits::FOUND).await? {
        let place = schools.iter().position(|school| school.id == campaign.school);
        let place = place.unwrap_or_else(|| {
            let (id, name) = (campaign.school, campaign.school_name.clone());
            schools.push(School { id, name, campaigns: Vec::new() });
            schools.len() - 1
        });
        schools[place].campaigns.push(view::campaign(campaign));
    }
    schools.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Json(Schools { schools }))
}
