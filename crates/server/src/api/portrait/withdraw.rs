//! `POST /api/portraits/{id}/withdraw` and `POST /api/office/portraits/{id}/withdraw`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{OrderState, PortraitId};
use gradshot_storage::StoredPortrait;
use gradshot_wire::collection::Collection;

use crate::caller::{Student, Support};
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why a student's portrait was not taken back.
    WithdrawPortraitFault { PortraitNotFound, PortraitNotNow, WithdrawOff }
}
faults! {
    /// Why support did not take a portrait back.
    WithdrawForStudentFault { PortraitNotFound, PortraitNotNow }
}

/// Takes a portrait back that was given in and not decided, where the campaign lets students do so. Another one can be
/// taken then.
#[utoipa::path(
    post, path = "/api/portraits/{id}/withdraw", tag = "portraits", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), WithdrawPortraitFault)
)]
pub(crate) async fn withdraw_portrait(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<PortraitId>,
) -> Result<Json<Collection>, WithdrawPortraitFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned(&mut work, &student, id).await?;
    let (collection, stored) = found.ok_or(WithdrawPortraitFault::PortraitNotFound)?;
    let campaign = work.campaigns().find(collection.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
    // One that nobody pays for is not in review: when its order closed by itself, it may be taken again.
    let order = work.orders().newest(collection.id).await?;
    let is_closed = order.is_some_and(|placed| {
        matches!(placed.order.state, OrderState::Closed { .. }) || placed.order.close(house.now()).is_ok()
    });
    if !campaign.policy.withdraw_in_review && !is_closed {
        return Err(WithdrawPortraitFault::WithdrawOff);
    }
    let stored = withdrawn(&house, stored).ok_or(WithdrawPortraitFault::PortraitNotNow)?;
    let topics = Topic::of_portrait(&stored);
    let mut stored = stored;
    work.portraits().save(&mut stored).await?;
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(Json(shown))
}

/// Takes a student's portrait back that was not decided, whatever the campaign's policy: support was asked to.
#[utoipa::path(
    post, path = "/api/office/portraits/{id}/withdraw", tag = "office", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Taken back"), WithdrawForStudentFault)
)]
pub(crate) async fn withdraw_for_student(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<PortraitId>,
) -> Result<StatusCode, WithdrawForStudentFault> {
    let mut work = house.storage.begin().await?;
    let stored = work.portraits().find(id).await?.ok_or(WithdrawForStudentFault::PortraitNotFound)?;
    work.collections().lock(stored.collection).await?;
    let stored = work.portraits().find(id).await?.ok_or(WithdrawForStudentFault::PortraitNotFound)?;
    let mut stored = withdrawn(&house, stored).ok_or(WithdrawForStudentFault::PortraitNotNow)?;
    work.portraits().save(&mut stored).await?;
    work.commit().await?;
    tracing::info!(account = %support.id, portrait = %id, "a portrait was withdrawn for its student");
    house.hub.tell(&Topic::of_portrait(&stored));
    Ok(StatusCode::NO_CONTENT)
}

fn withdrawn(house: &House, mut stored: StoredPortrait) -> Option<StoredPortrait> {
    stored.portrait = stored.portrait.withdraw(house.now()).ok()?;
    Some(stored)
}
