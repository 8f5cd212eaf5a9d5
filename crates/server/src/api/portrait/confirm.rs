//! `POST /api/portraits/{id}/confirm`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{PaymentTime, PortraitId, PortraitState, Route, Severity};
use gradshot_storage::{StoredPortrait, UnitOfWork};
use gradshot_wire::collection::Collection;

use crate::api::order::place_order;
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view::{self, Standing};

faults! {
    /// Why a portrait was not confirmed.
    ConfirmPortraitFault { PortraitNotFound, PortraitNotNow, PortraitViolates }
}

/// Says yes to the newest portrait: it goes to the reviewer. Saying it again changes nothing.
#[utoipa::path(
    post, path = "/api/portraits/{id}/confirm", tag = "portraits", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), ConfirmPortraitFault)
)]
pub(crate) async fn confirm_portrait(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<PortraitId>,
) -> Result<Json<Collection>, ConfirmPortraitFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned(&mut work, &student, id).await?;
    let kept = found.filter(|(_, stored)| stored.forgotten_at.is_none());
    let (collection, stored) = kept.ok_or(ConfirmPortraitFault::PortraitNotFound)?;
    let topics = Topic::of_portrait(&stored);
    let standing = Standing::load(&mut work, collection, house.now()).await?;
    confirm(&house, &mut work, &standing, stored).await?;
    let shown = view::collection(&house, &mut work, standing.collection).await?;
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(Json(shown))
}

async fn confirm(
    house: &House,
    work: &mut UnitOfWork,
    standing: &Standing,
    mut stored: StoredPortrait,
) -> Result<(), ConfirmPortraitFault> {
    if matches!(
        stored.portrait.state,
        PortraitState::Confirmed { .. } | PortraitState::InReview { .. } | PortraitState::SecondLook { .. }
    ) {
        return Ok(());
    }
    if standing.newest_portrait().is_none_or(|newest| newest.id != stored.id) {
        return Err(ConfirmPortraitFault::PortraitNotNow);
    }
    // A station refuses such a one before it is sealed.
    if stored.source.shot().is_some() && stored.outcome == Severity::Retake {
        return Err(ConfirmPortraitFault::PortraitViolates);
    }
    let confirmed = stored.portrait.confirm(house.now());
    stored.portrait = confirmed.map_err(|_| ConfirmPortraitFault::PortraitNotNow)?;
    work.portraits().save(&mut stored).await?;
    if standing.campaign.policy.payment == PaymentTime::AfterPreview && !standing.is_paid() {
        if standing.collection.route == Some(Route::Phone) {
            let price = standing.campaign.policy.phone_price;
            let price = price.ok_or(Broken::Contradiction("a phone route without price"))?;
            return Ok(place_order(house, work, &standing.collection, &standing.campaign, None, price).await?);
        }
        let (studio, package) =
            standing.collection.booked.ok_or(Broken::Contradiction("a portrait without a booking"))?;
        let studio =
            work.studios().find(studio).await?.ok_or(Broken::Contradiction("a booking without studio"))?;
        let package = studio.packages.iter().find(|offered| offered.id == package);
        let package = package.ok_or(Broken::Contradiction("a booking without package"))?;
        place_order(house, work, &standing.collection, &standing.campaign, Some(package.id), package.price)
            .await?;
    }
    Ok(())
}
