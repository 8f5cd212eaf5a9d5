//! `GET /api/schools/{id}/campaigns`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::SchoolId;
use gradshot_wire::campaign::Campaigns;

use crate::caller::Clerk;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;
use crate::{limits, view};

faults! {
    /// Why campaigns were not listed.
    SchoolCampaignsFault { SchoolNotFound }
}

/// The campaigns of a school, for its clerks.
#[utoipa::path(
    get, path = "/api/schools/{id}/campaigns", tag = "schools", params(("id" = SchoolId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The newest first, at most 50", body = Campaigns), SchoolCampaignsFault)
)]
pub(crate) async fn list_school_campaigns(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InPath(id): InPath<SchoolId>,
) -> Result<Json<Campaigns>, SchoolCampaignsFault> {
    let mut work = house.storage.read().await?;
    if !clerk.is_of(id) || !work.campaigns().has_school(id).await? {
        return Err(SchoolCampaignsFault::SchoolNotFound);
    }
    let campaigns = work.campaigns().of_school(id, limits::FOUND).await?;
    Ok(Json(Campaigns { campaigns: campaigns.into_iter().map(view::campaign).collect() }))
}
