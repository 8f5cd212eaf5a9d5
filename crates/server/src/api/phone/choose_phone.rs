//! `POST /api/collections/{id}/phone`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CollectionId, PaymentTime, Route, TicketState};
use gradshot_storage::UnitOfWork;
use gradshot_wire::collection::Collection;

use crate::api::collection::{book_studio::is_live, owned_and_locked};
use crate::api::order::{place_order, settle_late_order};
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::faults;
use crate::view::{self, Standing};

faults! {
    /// Why the phone route was not taken.
    ChoosePhoneFault { CollectionNotFound, PhoneNotOffered, OrderOpen, AlreadySubmitted, TicketOpen }
}

/// Takes the phone route and makes the order, unless the campaign wants its money only after the portrait was seen. Taking
/// it again gives the same order, or a new one when the last one closed.
#[utoipa::path(
    post, path = "/api/collections/{id}/phone", tag = "collections", params(("id" = CollectionId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = Collection), ChoosePhoneFault)
)]
pub(crate) async fn choose_phone(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
) -> Result<Json<Collection>, ChoosePhoneFault> {
    let mut work = house.storage.begin().await?;
    let found = owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(ChoosePhoneFault::CollectionNotFound)?;
    settle_late_order(&mut work, id, house.now()).await?;
    let mut standing = Standing::load(&mut work, collection, house.now()).await?;
    choose(&house, &mut work, &mut standing).await?;
    let shown = view::collection(&house, &mut work, standing.collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}

async fn choose(
    house: &House,
    work: &mut UnitOfWork,
    standing: &mut Standing,
) -> Result<(), ChoosePhoneFault> {
    let policy = &standing.campaign.policy;
    let price = policy.phone_price.filter(|_| house.offers(policy, Route::Phone));
    let price = price.ok_or(ChoosePhoneFault::PhoneNotOffered)?;
    let unchanged = standing.collection.route == Some(Route::Phone);
    if standing.order.as_ref().is_some_and(is_live) {
        return if unchanged { Ok(()) } else { Err(ChoosePhoneFault::OrderOpen) };
    }
    // A portrait that was given in waits only for its money.
    let submitted = standing.is_submitted();
    if submitted && !unchanged {
        return Err(ChoosePhoneFault::AlreadySubmitted);
    }
    let in_line = standing.ticket.as_ref().is_some_and(|queued| {
        matches!(
            queued.ticket.state,
            TicketState::Waiting { .. }
                | TicketState::Called { .. }
                | TicketState::Arrived { .. }
                | TicketState::Skipped { .. }
        )
    });
    if in_line {
        return Err(ChoosePhoneFault::TicketOpen);
    }
    if !unchanged {
        work.collections().take_phone_route(standing.collection.id).await?;
        standing.collection.route = Some(Route::Phone);
        standing.collection.booked = None;
    }
    if policy.payment == PaymentTime::BeforeCapture || submitted {
        place_order(house, work, &standing.collection, &standing.campaign, None, price).await?;
    }
    Ok(())
}
