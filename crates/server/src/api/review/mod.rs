//! A reviewer's work.

mod decide;
mod next;

use std::sync::Arc;

use gradshot_domain::{AccountId, BusinessDay, PortraitId, PortraitState};
use gradshot_storage::{StorageError, StoredPortrait, UnitOfWork};
use gradshot_wire::review::{ReviewDesk, ReviewItem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Reviewer;
use crate::house::House;
use crate::limits;
use crate::live::Topic;
use crate::problem::Broken;
use crate::view;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new().routes(routes!(next::next_review)).routes(routes!(decide::decide_review))
}

/// Others may take the oldest this often before the reviewer is told that nothing waits.
const TRIES: usize = 50;

/// The reviewer's desk with one portrait on it that is not in `beside`, claimed for ten minutes: an open claim first, else
/// the oldest.
async fn desk(house: &House, reviewer: &Reviewer, beside: &[PortraitId]) -> Result<ReviewDesk, Broken> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let (item, topics) = match claim(house, &mut work, reviewer.id, beside).await? {
        Some(stored) => {
            let topics = Topic::of_portrait(&stored);
            (Some(item(house, &mut work, &stored).await?), topics)
        }
        None => (None, Vec::new()),
    };
    let waiting = work.portraits().waiting_for_review(limits::REVIEWS_COUNTED, at).await?;
    let decided_today = work.portraits().decided_since(reviewer.id, BusinessDay::of(at).start()).await?;
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(ReviewDesk { item, waiting, decided_today })
}

async fn claim(
    house: &House,
    work: &mut UnitOfWork,
    reviewer: AccountId,
    beside: &[PortraitId],
) -> Result<Option<StoredPortrait>, Broken> {
    let at = house.now();
    if let Some(stored) = work.portraits().claimed_by(reviewer, beside, at).await? {
        return Ok(Some(stored));
    }
    for _ in 0..TRIES {
        let Some(mut stored) = work.portraits().next_for_review(reviewer, beside, at).await? else {
            return Ok(None);
        };
        let claimed = stored.portrait.claim(reviewer, at + limits::CLAIM, at);
        stored.portrait =
            claimed.map_err(|_| Broken::Contradiction("what waits for review cannot be claimed"))?;
        match work.portraits().save(&mut stored).await {
            Err(StorageError::Stale { .. }) => {}
            saved => {
                saved?;
                return Ok(Some(stored));
            }
        }
    }
    Ok(None)
}

async fn item(house: &House, work: &mut UnitOfWork, stored: &StoredPortrait) -> Result<ReviewItem, Broken> {
    let campaign = work.campaigns().find(stored.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a portrait without campaign"))?;
    let collection = work.collections().find(stored.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a portrait without collection"))?;
    let earlier = work.portraits().earlier(stored).await?;
    let PortraitState::InReview { until, .. } = stored.portrait.state else {
        return Err(Broken::Contradiction("a claimed portrait is not in review"));
    };
    Ok(ReviewItem {
        portrait: stored.id,
        campaign_title: campaign.title,
        school_name: campaign.school_name,
        category: collection.category,
        sealed_at: stored.sealed_at,
        claimed_until: until,
        verdict: house.vault.open_verdict(stored.id, &stored.sealed_verdict)?,
        due: view::review_due(stored, campaign.policy.review_promise_days),
        picture_url: view::picture_url(stored.id),
        earlier: earlier.map(|earlier| view::earlier_portrait(&earlier)),
    })
}
