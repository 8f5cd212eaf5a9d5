//! `GET /api/station/tickets/{id}/studios` and `POST /api/station/tickets/{id}/studio-transfer`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{CollectionId, Place, Route, TicketId};
use gradshot_storage::{QueuedTicket, UnitOfWork};
use gradshot_wire::queue::{OtherStudio, OtherStudios, TransferToStudio, TransferredTicket};

use super::{TicketFault, todays};
use crate::caller::Station;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;
use crate::live::Topic;
use crate::problem::{Broken, faults};

faults! {
    /// Why a student stayed in this studio's queue.
    TransferToStudioFault {
        TicketNotFound, TicketOtherDay, TicketNotNow, StudioNotFound, StudioNotTaking, RouteNotOffered, QueueFull,
    }
}
faults! {
    /// Why no studios were listed.
    OtherStudiosFault { TicketNotFound, TicketOtherDay }
}
use TransferToStudioFault as Fault;

/// Studios that somebody may be sent to: those that the student could have chosen and where a station calls now; the nearest
/// first where it is known where they are.
#[utoipa::path(
    get, path = "/api/station/tickets/{id}/studios", tag = "stations", params(("id" = TicketId, Path)),
    security(("station" = [])),
    responses((status = 200, description = "The studios, at most 50", body = OtherStudios), OtherStudiosFault)
)]
pub(crate) async fn other_studios(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
) -> Result<Json<OtherStudios>, OtherStudiosFault> {
    let mut work = house.storage.read().await?;
    let queued = todays(&mut work, &station, id, house.now()).await.map_err(|fault| match fault {
        TicketFault::TicketOtherDay => OtherStudiosFault::TicketOtherDay,
        TicketFault::TicketNotFound | TicketFault::TicketNotNow => OtherStudiosFault::TicketNotFound,
        TicketFault::Broken(broken) => broken.into(),
    })?;
    if !goes_to_studios(&mut work, queued.collection).await? {
        return Ok(Json(OtherStudios { studios: Vec::new() }));
    }
    let here = work.studios().find(station.studio).await?.and_then(|studio| studio.place);
    let calling = work.studios().calling().await?;
    let all = work.studios().all(limits::STUDIOS).await?.into_iter();
    let mut studios: Vec<_> = all
        .filter(|studio| studio.id != station.studio && calling.contains(&studio.id))
        .map(|studio| OtherStudio {
            distance_m: studio.place.zip(here).map(|(there, here)| metres(there, here)),
            id: studio.id,
            name: studio.name,
            address: studio.address,
        })
        .collect();
    studios.sort_by_key(|studio| studio.distance_m.unwrap_or(u32::MAX));
    studios.truncate(limits::FOUND as usize);
    Ok(Json(OtherStudios { studios }))
}

fn metres(there: Place, here: Place) -> u32 {
    there.distance_m(here).round() as u32
}

/// Whether the campaign sends its students to studios, which are then theirs to choose.
async fn goes_to_studios(work: &mut UnitOfWork, collection: CollectionId) -> Result<bool, Broken> {
    let collection = work.collections().find(collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a ticket without collection"))?;
    let campaign = work.campaigns().find(collection.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
    Ok(campaign.policy.offers(Route::Studio))
}

/// Sends somebody to another studio for today: a ticket of its own there, in the place that the time waited so far gives.
/// It has to be one that the student could have chosen, and where a station calls now. Who stands at another station is
/// not sent. What is booked and paid stays as it is.
#[utoipa::path(
    post, path = "/api/station/tickets/{id}/studio-transfer", tag = "stations", params(("id" = TicketId, Path)),
    request_body = TransferToStudio, security(("station" = [])),
    responses((status = 200, description = "The ticket there", body = TransferredTicket), TransferToStudioFault)
)]
pub(crate) async fn transfer_to_studio(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<TicketId>,
    Body(TransferToStudio { studio }): Body<TransferToStudio>,
) -> Result<Json<TransferredTicket>, Fault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = todays(&mut work, &station, id, at).await?;
    // Nobody checks in, cancels or objects meanwhile.
    work.collections().lock(found.collection).await?;
    let mut queued = todays(&mut work, &station, id, at).await?;
    let is_elsewhere = queued.ticket.state.station().is_some_and(|holder| holder != station.id);
    if is_elsewhere || !queued.ticket.state.is_open() {
        return Err(Fault::TicketNotNow);
    }
    let other = work.studios().find(studio).await?.filter(|other| other.id != station.studio);
    let other = other.ok_or(Fault::StudioNotFound)?;
    if !goes_to_studios(&mut work, queued.collection).await? {
        return Err(Fault::RouteNotOffered);
    }
    if !work.studios().calls(other.id).await? {
        return Err(Fault::StudioNotTaking);
    }
    let next = work.tickets().next_number(other.id, queued.ticket.business_day, at).await?;
    let (number, _) = next.ok_or(Fault::QueueFull)?;
    let moved = queued.ticket.move_to(number, at);
    let (left, joined) = moved.map_err(|_| Fault::TicketNotNow)?;
    queued.ticket = left;
    work.tickets().save(&mut queued).await?;
    let new = QueuedTicket::new(TicketId::new(at, &mut house.rng()), other.id, queued.collection, joined);
    work.tickets().add(&new).await?;
    work.commit().await?;
    house.hub.tell(&[
        Topic::Studio(queued.studio),
        Topic::Studio(other.id),
        Topic::Collection(queued.collection),
    ]);
    Ok(Json(TransferredTicket { ticket: new.id, number, studio: other.id, studio_name: other.name }))
}

impl From<TicketFault> for Fault {
    fn from(fault: TicketFault) -> Self {
        match fault {
            TicketFault::TicketNotFound => Self::TicketNotFound,
            TicketFault::TicketOtherDay => Self::TicketOtherDay,
            TicketFault::TicketNotNow => Self::TicketNotNow,
            TicketFault::Broken(broken) => Self::Broken(broken),
        }
    }
}
