//! `POST /api/admin/campaigns/{id}/close`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::CampaignId;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why a campaign stays open.
    CloseCampaignFault { CampaignNotFound, CampaignClosed }
}

/// Closes a campaign: nobody registers any more, and the rest of its roster goes in time. Who has registered goes on to
/// the end.
#[utoipa::path(
    post, path = "/api/admin/campaigns/{id}/close", tag = "admin", params(("id" = CampaignId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Closed"), CloseCampaignFault)
)]
pub(crate) async fn close_campaign(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<CampaignId>,
) -> Result<StatusCode, CloseCampaignFault> {
    let mut work = house.storage.begin().await?;
    work.campaigns().lock(id).await?;
    let mut campaign = work.campaigns().find(id).await?.ok_or(CloseCampaignFault::CampaignNotFound)?;
    let closed = campaign.state.close(house.now());
    campaign.state = closed.map_err(|_| CloseCampaignFault::CampaignClosed)?;
    work.campaigns().save_state(&campaign).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
