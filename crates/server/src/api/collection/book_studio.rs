//! `POST /api/collections/{id}/studio`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CollectionId, OrderState, PaymentTime, Route};
use gradshot_storage::{Package, PlacedOrder, UnitOfWork};
use gradshot_wire::collection::{self, BookStudio};

use crate::api::order::{place_order, settle_late_order};
use crate::api::phone::drop_shots;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::faults;
use crate::view::{self, Standing};

faults! {
    /// Why a studio was not booked.
    BookStudioFault {
        CollectionNotFound, StudioNotFound, PackageNotFound, RouteNotOffered, OrderOpen, AlreadySubmitted,
    }
}

/// Books a package of a studio and makes the order, unless the campaign wants its money only after the portrait was
/// seen. The same package again gives the same order.
#[utoipa::path(
    post, path = "/api/collections/{id}/studio", tag = "collections", params(("id" = CollectionId, Path)),
    request_body = BookStudio, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The collection", body = collection::Collection), BookStudioFault)
)]
pub(crate) async fn book_studio(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    Body(request): Body<BookStudio>,
) -> Result<Json<collection::Collection>, BookStudioFault> {
    let mut work = house.storage.begin().await?;
    let found = super::owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(BookStudioFault::CollectionNotFound)?;
    let studio = work.studios().find(request.studio).await?.ok_or(BookStudioFault::StudioNotFound)?;
    let package = studio.packages.into_iter().find(|package| package.id == request.package);
    let package = package.ok_or(BookStudioFault::PackageNotFound)?;

    settle_late_order(&mut work, id, house.now()).await?;
    let mut standing = Standing::load(&mut work, collection, house.now()).await?;
    book(&house, &mut work, &mut standing, &request, &package).await?;
    let shown = view::collection(&house, &mut work, standing.collection).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok(Json(shown))
}

async fn book(
    house: &House,
    work: &mut UnitOfWork,
    standing: &mut Standing,
    request: &BookStudio,
    package: &Package,
) -> Result<(), BookStudioFault> {
    let wanted = (request.studio, request.package);
    let unchanged = standing.collection.booked == Some(wanted);
    if !standing.campaign.policy.routes.contains(&Route::Studio) {
        return Err(BookStudioFault::RouteNotOffered);
    }
    let has_order = standing.order.as_ref().is_some_and(is_live);
    if has_order && unchanged {
        return Ok(());
    }
    // Who paid for the phone route and may only have it taken again at a studio does not pay again.
    let carried =
        has_order && standing.collection.route == Some(Route::Phone) && standing.is_retake_at_studio();
    if has_order && !carried {
        return Err(BookStudioFault::OrderOpen);
    }
    // A portrait that was given in waits only for its money; the studio stays the one that took it.
    let submitted = standing.is_submitted();
    if submitted && !unchanged {
        return Err(BookStudioFault::AlreadySubmitted);
    }
    if !unchanged {
        work.collections().book(standing.collection.id, request.studio, request.package).await?;
        drop_shots(work, standing.collection.id, house.now()).await?;
        standing.collection.booked = Some(wanted);
        standing.collection.route = Some(Route::Studio);
    }
    if !carried && (standing.campaign.policy.payment == PaymentTime::BeforeCapture || submitted) {
        place_order(house, work, &standing.collection, &standing.campaign, Some(package.id), package.price)
            .await?;
    }
    Ok(())
}

pub(in crate::api) fn is_live(placed: &PlacedOrder) -> bool {
    matches!(
        placed.order.state,
        OrderState::Unpaid { .. } | OrderState::Paid { .. } | OrderState::Refunding { .. }
    )
}
