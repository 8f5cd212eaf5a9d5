//! `GET /api/admin/print-orders` and what staff do with one: print it, look at its portrait and its recipient, send it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::{OrderId, PrintOrder};
use gradshot_storage::{
    KeptPrintOrder, Opener, OpeningReason, PersonalData, PlacedOrder, StoredPortrait, UnitOfWork,
};
use gradshot_wire::prints::{PrintWork, PrintWorkPage, PrintWorkState, Recipient, SendPrints};
use serde::Deserialize;

use super::{parcel, recipient, state_name, with_order};
use crate::api::plain_text;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath, InQuery};
use crate::limits;
use crate::live::Topic;
use crate::message::{self, Notice};
use crate::problem::{Broken, faults};

faults! {
    /// Why print orders were not listed.
    ListPrintWorkFault {}
}
faults! {
    /// Why nothing was printed or shown.
    PrintPrintsFault { OrderNotFound, PrintsNotNow }
}
faults! {
    /// Why no parcel was sent.
    SendPrintsFault { ParcelInvalid, OrderNotFound, PrintsNotNow }
}

const COURIER_CHARS: usize = 20;
const NUMBER_CHARS: std::ops::RangeInclusive<usize> = 6..=40;

/// Which page.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Which state; paid and not printed when absent.
    #[serde(default)]
    state: PrintWorkState,
    /// `next` of the page before.
    after: Option<OrderId>,
}

/// Print orders in one state, the oldest first.
#[utoipa::path(
    get, path = "/api/admin/print-orders", tag = "admin",
    params(("state" = Option<PrintWorkState>, Query), ("after" = Option<OrderId>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = PrintWorkPage), ListPrintWorkFault)
)]
pub(crate) async fn list_print_work(
    State(house): State<Arc<House>>,
    _: Admin,
    InQuery(Wanted { state, after }): InQuery<Wanted>,
) -> Result<Json<PrintWorkPage>, ListPrintWorkFault> {
    let state = match state {
        PrintWorkState::Ordered => "ordered",
        PrintWorkState::Printing => "printing",
        PrintWorkState::Sent => "sent",
        PrintWorkState::Received => "received",
    };
    let mut work = house.storage.read().await?;
    let found = work.print_orders().paid_in(state, after, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|kept| kept.id).filter(|_| is_full);
    let mut orders = Vec::with_capacity(found.len());
    for kept in found {
        let placed = work.orders().find(kept.id).await?;
        let placed = placed.ok_or(Broken::Contradiction("a print order without order"))?;
        orders.push(line(&house, &mut work, kept, &placed).await?);
    }
    Ok(Json(PrintWorkPage { orders, next }))
}

/// Begins to print: from now on the portrait and the recipient may be looked at.
#[utoipa::path(
    post, path = "/api/admin/print-orders/{id}/print", tag = "admin", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = PrintWork), PrintPrintsFault)
)]
pub(crate) async fn print_prints(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<OrderId>,
) -> Result<Json<PrintWork>, PrintPrintsFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = locked(&mut work, id).await?;
    let (mut kept, placed) = found.ok_or(PrintPrintsFault::OrderNotFound)?;
    let stored = printable(&mut work, &kept).await?.ok_or(PrintPrintsFault::PrintsNotNow)?;
    let printing = kept.print.print(&placed.order, &stored.portrait, at);
    kept.print = printing.map_err(|_| PrintPrintsFault::PrintsNotNow)?;
    kept.changed_at = at;
    work.print_orders().save(&kept).await?;
    let topic = Topic::Collection(kept.collection);
    let shown = line(&house, &mut work, kept, &placed).await?;
    work.commit().await?;
    house.hub.tell(&[topic]);
    Ok(Json(shown))
}

/// The portrait that is printed, while it is. Each look is written down.
#[utoipa::path(
    get, path = "/api/admin/print-orders/{id}/portrait.jpg", tag = "admin", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The portrait", body = Vec<u8>, content_type = "image/jpeg"),
        PrintPrintsFault
    )
)]
pub(crate) async fn printed_portrait(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<OrderId>,
) -> Result<([(HeaderName, &'static str); 2], Bytes), PrintPrintsFault> {
    let mut work = house.storage.read().await?;
    let kept = printing(&mut work, id).await?;
    let stored = printable(&mut work, &kept).await?.ok_or(PrintPrintsFault::PrintsNotNow)?;
    let campaign = work.campaigns().find(stored.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a portrait without campaign"))?;
    drop(work);
    let opener = Opener::Account(admin.id);
    let opened = house.open_portrait(&stored, &campaign, opener, OpeningReason::Print).await?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store, private")];
    Ok((headers, Bytes::from(opened.jpeg.to_vec())))
}

/// To whom the parcel goes, for its label, while it is packed. Each look is written down.
#[utoipa::path(
    get, path = "/api/admin/print-orders/{id}/recipient", tag = "admin", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The recipient", body = Recipient), PrintPrintsFault)
)]
pub(crate) async fn print_recipient(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<OrderId>,
) -> Result<Json<Recipient>, PrintPrintsFault> {
    let mut work = house.storage.read().await?;
    let kept = printing(&mut work, id).await?;
    let collection = work.collections().find(kept.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a print order without collection"))?;
    drop(work);
    let opener = Opener::Account(admin.id);
    house.note_access(collection.account, PersonalData::Recipient, opener, OpeningReason::Print).await?;
    Ok(Json(recipient(&house, &kept)?.ok_or(PrintPrintsFault::PrintsNotNow)?))
}

/// Says that the courier has the parcel. The student is told the courier and the number.
#[utoipa::path(
    post, path = "/api/admin/print-orders/{id}/send", tag = "admin", params(("id" = OrderId, Path)),
    request_body = SendPrints, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = PrintWork), SendPrintsFault)
)]
pub(crate) async fn send_prints(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<OrderId>,
    Body(request): Body<SendPrints>,
) -> Result<Json<PrintWork>, SendPrintsFault> {
    let courier = plain_text(&request.courier, COURIER_CHARS).ok_or(SendPrintsFault::ParcelInvalid)?;
    let number = request.number.trim().to_owned();
    let fits = NUMBER_CHARS.contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !fits {
        return Err(SendPrintsFault::ParcelInvalid);
    }
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let (mut kept, placed) = locked(&mut work, id).await?.ok_or(SendPrintsFault::OrderNotFound)?;
    let sent = kept.print.send(courier.clone(), number.clone(), at);
    kept.print = sent.map_err(|_| SendPrintsFault::PrintsNotNow)?;
    kept.changed_at = at;
    work.print_orders().save(&kept).await?;
    let collection = work.collections().find(kept.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a print order without collection"))?;
    let notice = Notice::PrintsSent { courier, number };
    message::queue_to_account(&house, &mut work, collection.account, &notice).await?;
    let shown = line(&house, &mut work, kept, &placed).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(collection.id)]);
    message::deliver_due(&house).await;
    Ok(Json(shown))
}

async fn line(
    house: &House,
    work: &mut UnitOfWork,
    kept: KeptPrintOrder,
    placed: &PlacedOrder,
) -> Result<PrintWork, Broken> {
    let collection = work.collections().find(kept.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a print order without collection"))?;
    let may_print = matches!(kept.print, PrintOrder::Ordered) && printable(work, &kept).await?.is_some();
    let (courier, courier_number) = parcel(&kept.print);
    Ok(PrintWork {
        order: kept.id,
        masked_name: house.vault.masked_name(collection.roster_entry, &collection.sealed_name)?,
        state: state_name(&kept.print, &placed.order.state, house.now()),
        may_print,
        changed_at: kept.changed_at,
        courier,
        courier_number,
        product: kept.product,
        sheets: kept.sheets,
    })
}

/// A print order with its order, which nobody else changes until the unit of work ends.
async fn locked(work: &mut UnitOfWork, id: OrderId) -> Result<Option<(KeptPrintOrder, PlacedOrder)>, Broken> {
    let Some(kept) = work.print_orders().find(id).await? else { return Ok(None) };
    work.collections().lock(kept.collection).await?;
    with_order(work, id).await
}

/// A print order that is being printed.
async fn printing(work: &mut UnitOfWork, id: OrderId) -> Result<KeptPrintOrder, PrintPrintsFault> {
    let kept = work.print_orders().find(id).await?.ok_or(PrintPrintsFault::OrderNotFound)?;
    if matches!(kept.print, PrintOrder::Printing { .. }) {
        Ok(kept)
    } else {
        Err(PrintPrintsFault::PrintsNotNow)
    }
}

/// The portrait that is printed: the one that a reviewer approved.
async fn printable(work: &mut UnitOfWork, kept: &KeptPrintOrder) -> Result<Option<StoredPortrait>, Broken> {
    let all = work.portraits().of_collection(kept.collection, limits::PORTRAITS_OF_COLLECTION).await?;
    Ok(all.into_iter().find(|stored| stored.portrait.state.is_final() && stored.forgotten_at.is_none()))
}
