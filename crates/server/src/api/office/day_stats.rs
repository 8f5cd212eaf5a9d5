//! `GET /api/office/day-stats`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{BusinessDay, CampaignId};
use gradshot_wire::day_stats::{DayCounts, DayStats};
use serde::Deserialize;

use crate::caller::Admin;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::problem::faults;

faults! {
    /// Why days were not counted.
    DayStatsFault { QueryMalformed, StatisticDays, CampaignNotFound }
}

/// Which days, and of what.
#[derive(Debug, Deserialize)]
pub(crate) struct Days {
    from: BusinessDay,
    to: BusinessDay,
    campaign: Option<CampaignId>,
}

/// What happened on each of these days, both ends included, of one campaign or of all; at most 120 days.
#[utoipa::path(
    get, path = "/api/office/day-stats", tag = "office",
    params(
        ("from" = BusinessDay, Query, description = "The first day"),
        ("to" = BusinessDay, Query, description = "The last day"),
        ("campaign" = Option<CampaignId>, Query, description = "Of this campaign; of all when absent")
    ),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "Every day", body = DayStats), DayStatsFault)
)]
pub(crate) async fn day_stats(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(Days { from, to, campaign }): InQuery<Days>,
) -> Result<Json<DayStats>, DayStatsFault> {
    if to < from {
        return Err(DayStatsFault::QueryMalformed);
    }
    let longest = (1..limits::STATISTIC_DAYS).fold(from, |day, _| day.next());
    if to > longest {
        return Err(DayStatsFault::StatisticDays);
    }
    let mut work = house.storage.read().await?;
    if let Some(campaign) = campaign {
        work.campaigns().find(campaign).await?.ok_or(DayStatsFault::CampaignNotFound)?;
    }
    let days = work.days().count(from, to, campaign).await?.into_iter().map(|counts| DayCounts {
        day: counts.day,
        signed_up: counts.signed_up,
        checked_in: counts.checked_in,
        photographed: counts.photographed,
        confirmed: counts.confirmed,
        approved: counts.approved,
        rejected: counts.rejected,
        handed_over: counts.handed_over,
        wait_minutes: counts.wait_ms.map(|millis| (millis + 30_000) / 60_000),
        paid: counts.paid_fen,
        refunded: counts.refunded_fen,
    });
    Ok(Json(DayStats { days: days.collect() }))
}
