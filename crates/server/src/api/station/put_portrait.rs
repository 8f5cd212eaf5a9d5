//! `PUT /api/station/portraits/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{Portrait, PortraitId, PortraitSource, Ticket, TicketId, TicketState};
use gradshot_seal::{Envelope, EnvelopeHeader};
use gradshot_storage::{
    BlobKey, Campaign, Collection, Opener, QueuedTicket, StorageError, StoredPortrait, UnitOfWork,
};
use gradshot_wire::station::PortraitReceipt;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::caller::Station;
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::limits;
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::vault::OpenFault;
use crate::view::{self, is_submitted};

faults! {
    /// Why a sealed portrait was not kept.
    PutPortraitFault {
        EnvelopeMalformed, EnvelopeForged, EnvelopeMismatch, EnvelopeDoesNotOpen, EnvelopeOther,
        TicketNotFound, TicketNotNow, AlreadySubmitted,
    }
}
use PutPortraitFault as Fault;

/// Sealed bytes that this station signed for this portrait.
struct Delivery {
    envelope: Envelope,
    bytes: Vec<u8>,
    sha256: [u8; 32],
}

/// Where a delivery belongs.
struct Destination {
    queued: QueuedTicket,
    collection: Collection,
    campaign: Campaign,
}

/// Keeps a sealed portrait. Sending the same bytes again gives the same receipt.
///
/// The envelope has to be signed by this station, belong to a ticket that the station has or has served, and open with
/// the campaign's key. A collection of which a portrait was given in takes no other.
#[utoipa::path(
    put, path = "/api/station/portraits/{id}", tag = "stations", params(("id" = PortraitId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "A sealed envelope"),
    security(("station" = [])),
    responses((status = 200, description = "The portrait is kept", body = PortraitReceipt), PutPortraitFault)
)]
pub(crate) async fn put_portrait(
    State(house): State<Arc<House>>,
    station: Station,
    InPath(id): InPath<PortraitId>,
    Raw(bytes): Raw,
) -> Result<Json<PortraitReceipt>, Fault> {
    Ok(Json(deliver(&house, &station, id, bytes).await?))
}

/// Keeps what this station sealed, however it came.
pub(super) async fn deliver(
    house: &House,
    station: &Station,
    id: PortraitId,
    bytes: Vec<u8>,
) -> Result<PortraitReceipt, Fault> {
    let delivery = understand(station, id, bytes)?;
    let mut work = house.storage.read().await?;
    if let Some(known) = known(&mut work, &delivery, id).await? {
        return Ok(known);
    }
    let destination = find_destination(&mut work, station, delivery.envelope.header()).await?;
    drop(work);

    let stored = keep_bytes(house, station, delivery, &destination).await?;
    let receipt = view::receipt(&stored);
    match keep_row(house, station, destination.queued.id, stored).await {
        // The same upload was a moment faster: its receipt is as good.
        Err(Fault::Broken(Broken::Storage(StorageError::Duplicate))) => {}
        kept => kept?,
    }
    let topics = [
        Topic::Collection(destination.collection.id),
        Topic::Station(station.id),
        Topic::Studio(station.studio),
    ];
    house.hub.tell(&topics);
    Ok(receipt)
}

/// Everything that can be said of the bytes without looking anything up.
fn understand(station: &Station, id: PortraitId, bytes: Vec<u8>) -> Result<Delivery, Fault> {
    let envelope = Envelope::parse(&bytes).map_err(|_| Fault::EnvelopeMalformed)?;
    if !envelope.verify(&station.key) {
        return Err(Fault::EnvelopeForged);
    }
    let header = envelope.header();
    if header.portrait != id || header.source.station() != Some(station.id) {
        return Err(Fault::EnvelopeMismatch);
    }
    let sha256 = Sha256::digest(&bytes).into();
    Ok(Delivery { envelope, bytes, sha256 })
}

/// The receipt of an earlier delivery of the same bytes.
async fn known(
    work: &mut UnitOfWork,
    delivery: &Delivery,
    id: PortraitId,
) -> Result<Option<PortraitReceipt>, Fault> {
    match work.portraits().find(id).await? {
        Some(stored) if stored.blob_sha256 == hex::encode(delivery.sha256) => {
            Ok(Some(view::receipt(&stored)))
        }
        Some(_) => Err(Fault::EnvelopeOther),
        None => Ok(None),
    }
}

async fn find_destination(
    work: &mut UnitOfWork,
    station: &Station,
    header: &EnvelopeHeader,
) -> Result<Destination, Fault> {
    let ticket = header.source.ticket().ok_or(Fault::EnvelopeMismatch)?;
    let found = work.tickets().find(ticket).await?;
    let queued = found.filter(|queued| queued.studio == station.studio).ok_or(Fault::TicketNotFound)?;
    let collection = work.collections().find(queued.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a ticket without collection"))?;
    let campaign = work.campaigns().find(collection.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
    if header.campaign != campaign.id || header.spec != campaign.policy.spec {
        return Err(Fault::EnvelopeMismatch);
    }
    may_come(work, station, &queued).await?;
    Ok(Destination { queued, collection, campaign })
}

/// Whether the student is or was before this station's camera and has given no other portrait in.
async fn may_come(work: &mut UnitOfWork, station: &Station, queued: &QueuedTicket) -> Result<(), Fault> {
    if queued.ticket.state.station() != Some(station.id) {
        return Err(Fault::TicketNotNow);
    }
    let others = work.portraits().of_collection(queued.collection, limits::PORTRAITS_OF_COLLECTION).await?;
    if others.iter().any(|other| is_submitted(&other.portrait.state)) {
        return Err(Fault::AlreadySubmitted);
    }
    Ok(())
}

/// Sees that the envelope opens, and puts it where it will rest.
async fn keep_bytes(
    house: &House,
    station: &Station,
    delivery: Delivery,
    destination: &Destination,
) -> Result<StoredPortrait, Fault> {
    let Delivery { envelope, bytes, sha256 } = delivery;
    let header = envelope.header();
    let opened = house.open_arrival(&envelope, &destination.campaign, Opener::Station(station.id)).await;
    let opened = opened.map_err(|fault| match fault {
        OpenFault::Envelope => Fault::EnvelopeDoesNotOpen,
        OpenFault::Broken(broken) => Fault::Broken(broken),
    })?;
    let at = house.now();
    let portrait = Portrait::seal(header.sealed_at).store(at);
    let portrait = portrait.map_err(|_| Broken::Contradiction("a sealed portrait cannot be stored"))?;
    let blob = BlobKey::portrait(header.campaign, header.portrait, &sha256);
    let stored = StoredPortrait {
        id: header.portrait,
        collection: destination.collection.id,
        campaign: header.campaign,
        source: PortraitSource::Station { ticket: destination.queued.id, station: station.id },
        spec: header.spec.clone(),
        outcome: header.outcome,
        sealed_at: header.sealed_at,
        stored_at: at,
        confirmed_at: None,
        forgotten_at: None,
        blob_sha256: hex::encode(sha256),
        blob_bytes: bytes.len() as u64,
        sealed_verdict: house.vault.seal_verdict(header.portrait, &opened.verdict, &mut house.rng()),
        portrait,
        blob,
        version: 0,
    };
    drop(opened);
    house.blobs.keep(&stored.blob, bytes).await?;
    Ok(stored)
}

/// The portrait enters the table and its ticket is served, both or neither.
async fn keep_row(
    house: &House,
    station: &Station,
    ticket: TicketId,
    stored: StoredPortrait,
) -> Result<(), Fault> {
    let mut work = house.storage.begin().await?;
    work.collections().lock(stored.collection).await?;
    let mut queued = work.tickets().find(ticket).await?.ok_or(Fault::TicketNotFound)?;
    may_come(&mut work, station, &queued).await?;
    work.portraits().add(&stored).await?;
    if let Some(served) = served(&queued.ticket, station, stored.stored_at) {
        queued.ticket = served;
        work.tickets().save(&mut queued).await?;
    }
    Ok(work.commit().await?)
}

/// The ticket once its portrait is here. A station that was without a network may not have told of the arrival.
fn served(ticket: &Ticket, station: &Station, at: Timestamp) -> Option<Ticket> {
    let ticket = ticket.clone();
    match ticket.state {
        TicketState::Called { .. } => {
            ticket.arrive(station.id, at).and_then(|ticket| ticket.serve(station.id, at)).ok()
        }
        TicketState::Arrived { .. } => ticket.serve(station.id, at).ok(),
        _ => None,
    }
}
