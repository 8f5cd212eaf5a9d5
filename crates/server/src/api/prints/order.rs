//! `POST /api/collections/{id}/prints`

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{
    CollectionId, ConsentPurpose, Order, OrderId, PackageId, PhoneNumber, PrintOrder, PrintProduct,
};
use gradshot_storage::{KeptPrintOrder, PlacedOrder, UnitOfWork};
use gradshot_wire::prints::{self as wire, OrderPrints, PrintOrderStateName, Recipient};

use super::{RECIPIENT, shown, state_name};
use crate::api::collection::owned_and_locked;
use crate::api::plain_text;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::problem::{Broken, faults};
use crate::view::Standing;
use crate::{jobs, limits};

faults! {
    /// Why no prints were ordered.
    OrderPrintsFault {
        RecipientInvalid, PhoneMalformed, CollectionNotFound, PrintsNotOffered, PrintsTooEarly, PrintSheets,
        ConsentMissing, PrintOrderLimit,
    }
}
use OrderPrintsFault as Fault;

const NAME_CHARS: usize = 40;
const ADDRESS_CHARS: std::ops::RangeInclusive<usize> = 5..=120;

/// Orders prints of the portrait that was given in, where the campaign offers them, with the consent to print and mail.
/// They are printed once a reviewer approved it. The order is paid like any other.
#[utoipa::path(
    post, path = "/api/collections/{id}/prints", tag = "prints", params(("id" = CollectionId, Path)),
    request_body = OrderPrints, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The order", body = wire::PrintOrder), OrderPrintsFault)
)]
pub(crate) async fn order_prints(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    Body(request): Body<OrderPrints>,
) -> Result<(StatusCode, Json<wire::PrintOrder>), Fault> {
    let recipient = understand(&request.recipient)?;
    let mut work = house.storage.begin().await?;
    let found = owned_and_locked(&mut work, &student, id).await?;
    let collection = found.ok_or(Fault::CollectionNotFound)?;
    let standing = Standing::load(&mut work, collection, house.now()).await?;
    let (product, package) = may_order(&standing, &request.product)?;
    let total = product.total(request.sheets).ok_or(Fault::PrintSheets)?;
    if open_orders(&house, &mut work, id).await? >= limits::OPEN_PRINT_ORDERS {
        return Err(Fault::PrintOrderLimit);
    }
    let (at, mut rng) = (house.now(), house.rng());
    let until = at + Duration::from_secs(60 * u64::from(standing.campaign.policy.unpaid_order_minutes));
    let mut order = Order::place(total, until);
    if total.as_fen() == 0 {
        order = order.pay(at).map_err(|_| Broken::Contradiction("a new order takes no payment"))?;
    }
    let placed = PlacedOrder::new(OrderId::new(at, &mut rng), id, package, at, order);
    let kept = KeptPrintOrder {
        id: placed.id,
        collection: id,
        product,
        sheets: request.sheets,
        sealed_recipient: Some(house.vault.seal_text(RECIPIENT, placed.id, &recipient, &mut rng)),
        changed_at: at,
        print: PrintOrder::Ordered,
        version: 0,
    };
    work.orders().add(&placed).await?;
    work.print_orders().add(&kept).await?;
    if !placed.order.is_paid() {
        jobs::close_order_later(&house, &mut work, placed.id, until).await?;
    }
    let shown = shown(&house, kept, &placed)?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(id)]);
    Ok((StatusCode::CREATED, Json(shown)))
}

/// The recipient as it is kept.
fn understand(recipient: &Recipient) -> Result<String, Fault> {
    let phone: PhoneNumber = recipient.phone.parse().map_err(|_| Fault::PhoneMalformed)?;
    let name = plain_text(&recipient.name, NAME_CHARS);
    let address = plain_text(&recipient.address, *ADDRESS_CHARS.end());
    let address = address.filter(|address| address.chars().count() >= *ADDRESS_CHARS.start());
    let (Some(name), Some(address)) = (name, address) else { return Err(Fault::RecipientInvalid) };
    let kept = Recipient { name, phone: phone.as_str().to_owned(), address };
    serde_json::to_string(&kept).map_err(|_| Broken::Step("a recipient does not encode").into())
}

fn may_order(standing: &Standing, product: &str) -> Result<(PrintProduct, Option<PackageId>), Fault> {
    let offered = standing.campaign.policy.prints.iter().find(|offered| offered.id == product);
    let offered = offered.ok_or(Fault::PrintsNotOffered)?;
    if !standing.portraits.iter().any(|stored| PrintOrder::is_for(&stored.portrait.state)) {
        return Err(Fault::PrintsTooEarly);
    }
    if !standing.consents.contains(&ConsentPurpose::PrintAndMail) {
        return Err(Fault::ConsentMissing);
    }
    // Whoever took the portrait with a phone has booked no package.
    Ok((offered.clone(), standing.collection.booked.map(|(_, package)| package)))
}

async fn open_orders(house: &House, work: &mut UnitOfWork, id: CollectionId) -> Result<usize, Broken> {
    let mut open = 0;
    for kept in work.print_orders().of_collection(id, limits::PRINT_ORDERS).await? {
        let placed = work.orders().find(kept.id).await?;
        let placed = placed.ok_or(Broken::Contradiction("a print order without order"))?;
        let state = state_name(&kept.print, &placed.order.state, house.now());
        open += usize::from(matches!(
            state,
            PrintOrderStateName::Unpaid
                | PrintOrderStateName::Paid
                | PrintOrderStateName::Printing
                | PrintOrderStateName::Sent
        ));
    }
    Ok(open)
}
