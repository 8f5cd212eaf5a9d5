//! `POST /api/portraits/{id}/object`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{BusinessDay, PortraitId, PortraitState, RetakeRule, Severity, StudioId};
use gradshot_storage::{Collection as Row, StorageError, StoredPortrait, UnitOfWork};
use gradshot_wire::collection::Collection;
use jiff::Timestamp;

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why an objection was not taken.
    ObjectToPortraitFault { PortraitNotFound, PortraitNotNow, RetakeOff }
}

/// Asks for another portrait (重拍): the same ticket stands in line again, before the others. Asking again changes
/// nothing.
#[utoipa::path(
    post, path = "/api/portraits/{id}/object", tag = "portraits", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), ObjectToPortraitFault)
)]
pub(crate) async fn object_to_portrait(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<PortraitId>,
) -> Result<Json<Collection>, ObjectToPortraitFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned(&mut work, &student, id).await?;
    let (collection, mut stored) = found.ok_or(ObjectToPortraitFault::PortraitNotFound)?;
    let mut topics = Topic::of_portrait(&stored);
    if !matches!(stored.portrait.state, PortraitState::Objected { .. }) {
        let at = house.now();
        if is_too_late(&mut work, &collection, &stored).await? {
            return Err(ObjectToPortraitFault::RetakeOff);
        }
        let objected = stored.portrait.clone().object(at);
        stored.portrait = objected.map_err(|_| ObjectToPortraitFault::PortraitNotNow)?;
        work.portraits().save(&mut stored).await?;
        topics.extend(reopen_ticket(&mut work, &stored, at).await?.map(Topic::Studio));
    }
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(Json(shown))
}

/// Whether a phone's portrait was paid for in a campaign that allows retakes until then. One that violates the standard
/// cannot be given in, so it does not hold anybody up.
async fn is_too_late(
    work: &mut UnitOfWork,
    collection: &Row,
    stored: &StoredPortrait,
) -> Result<bool, Broken> {
    if stored.source.shot().is_none() || stored.outcome == Severity::Retake {
        return Ok(false);
    }
    let campaign = work.campaigns().find(collection.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
    let order = work.orders().newest(collection.id).await?;
    Ok(campaign.policy.retakes == RetakeRule::UntilPaid && order.is_some_and(|placed| placed.order.is_paid()))
}

/// Today's ticket stands in line again; who comes another day takes a new one.
async fn reopen_ticket(
    work: &mut UnitOfWork,
    stored: &StoredPortrait,
    at: Timestamp,
) -> Result<Option<StudioId>, StorageError> {
    let Some(ticket) = stored.source.ticket() else { return Ok(None) };
    let Some(mut queued) = work.tickets().find(ticket).await? else { return Ok(None) };
    if queued.ticket.business_day != BusinessDay::of(at) {
        return Ok(None);
    }
    let Ok(reopened) = queued.ticket.clone().reopen(at) else { return Ok(None) };
    queued.ticket = reopened;
    work.tickets().save(&mut queued).await?;
    Ok(Some(queued.studio))
}
