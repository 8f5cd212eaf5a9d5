//! `POST /api/orders/{id}/pay-link`, `GET /api/pay-links/{token}` and `POST /api/pay-links/{token}/pay`: 找好友代付.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{OrderId, OrderState, Payer};
use gradshot_storage::{Collection, PlacedOrder, UnitOfWork};
use gradshot_wire::collection::{PayOrder, PaymentProvider};
use gradshot_wire::pay::{LinkedOrder, PayLink};

use super::{offers, owned};
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::pay::{self, PrepareFault};
use crate::problem::{Broken, faults};
use crate::{token, view};

faults! {
    /// Why no link was made.
    MakePayLinkFault { OrderNotFound, OrderClosed, PayerNotOffered }
}
faults! {
    /// Why a link leads nowhere.
    GetPayLinkFault { PayLinkUnknown }
}
faults! {
    /// Why a friend did not pay.
    PayByLinkFault { PaymentSandboxOff, PayLinkUnknown, OrderClosed, PaymentProviderDown }
}

/// Makes a link by which a friend pays 找好友代付. Earlier links to the same order lead nowhere any more.
#[utoipa::path(
    post, path = "/api/orders/{id}/pay-link", tag = "orders", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The link", body = PayLink), MakePayLinkFault)
)]
pub(crate) async fn make_pay_link(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<(StatusCode, Json<PayLink>), MakePayLinkFault> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let found = owned(&mut work, &student, id).await?;
    let (placed, collection) = found.ok_or(MakePayLinkFault::OrderNotFound)?;
    if !offers(&mut work, &collection, Payer::Friend).await? {
        return Err(MakePayLinkFault::PayerNotOffered);
    }
    if !matches!(placed.order.state, OrderState::Unpaid { until } if at < until) {
        return Err(MakePayLinkFault::OrderClosed);
    }
    let token = token::generate(&mut house.rng());
    work.paying().set_link(&token::hash(&token), id, at).await?;
    work.commit().await?;
    let url = format!("{}/phone.html#/pay/{token}", house.public_url);
    Ok((StatusCode::CREATED, Json(PayLink { token, url })))
}

/// What a friend sees who has the link: an amount and a masked name, nothing else.
#[utoipa::path(
    get, path = "/api/pay-links/{token}", tag = "orders", params(("token" = String, Path)),
    responses((status = 200, description = "What is to be paid", body = LinkedOrder), GetPayLinkFault)
)]
pub(crate) async fn get_pay_link(
    State(house): State<Arc<House>>,
    InPath(token): InPath<String>,
) -> Result<Json<LinkedOrder>, GetPayLinkFault> {
    let mut work = house.storage.read().await?;
    let (placed, collection) = linked(&mut work, &token).await?.ok_or(GetPayLinkFault::PayLinkUnknown)?;
    Ok(Json(shown(&house, &placed, &collection)?))
}

/// Pays as a friend. What is paid already stays as it is; a refund goes back to the friend.
#[utoipa::path(
    post, path = "/api/pay-links/{token}/pay", tag = "orders", params(("token" = String, Path)),
    request_body = PayOrder,
    responses((status = 200, description = "Paid", body = LinkedOrder), PayByLinkFault)
)]
pub(crate) async fn pay_by_link(
    State(house): State<Arc<House>>,
    InPath(token): InPath<String>,
    Body(PayOrder { provider: PaymentProvider::Sandbox }): Body<PayOrder>,
) -> Result<Json<LinkedOrder>, PayByLinkFault> {
    if !house.sandbox_payments {
        return Err(PayByLinkFault::PaymentSandboxOff);
    }
    let mut work = house.storage.read().await?;
    let (placed, _) = linked(&mut work, &token).await?.ok_or(PayByLinkFault::PayLinkUnknown)?;
    drop(work);
    match pay::prepare(&house, &[placed.id], Payer::Friend, None).await {
        Ok((kept, _)) => {
            let paid = house.sandbox.pay(&kept.id.to_string(), house.now());
            paid.map_err(|_| PayByLinkFault::PaymentProviderDown)?;
            pay::check(&house, kept.id).await?;
        }
        Err(PrepareFault::Paid) => {}
        Err(PrepareFault::Closed) => return Err(PayByLinkFault::OrderClosed),
        Err(PrepareFault::Provider) => return Err(PayByLinkFault::PaymentProviderDown),
        Err(PrepareFault::Broken(broken)) => return Err(broken.into()),
    }
    let mut work = house.storage.read().await?;
    let (placed, collection) = linked(&mut work, &token).await?.ok_or(PayByLinkFault::PayLinkUnknown)?;
    Ok(Json(shown(&house, &placed, &collection)?))
}

async fn linked(work: &mut UnitOfWork, token: &str) -> Result<Option<(PlacedOrder, Collection)>, Broken> {
    let Some(token) = token::plausible(token) else { return Ok(None) };
    let Some(order) = work.paying().order_of_link(&token::hash(token)).await? else { return Ok(None) };
    let placed = work.orders().find(order).await?.ok_or(Broken::Contradiction("a link to no order"))?;
    let collection = work.collections().find(placed.collection).await?;
    Ok(Some((placed, collection.ok_or(Broken::Contradiction("an order without collection"))?)))
}

fn shown(house: &House, placed: &PlacedOrder, collection: &Collection) -> Result<LinkedOrder, Broken> {
    let closes_at = match placed.order.state {
        OrderState::Unpaid { until } => Some(until),
        _ => None,
    };
    Ok(LinkedOrder {
        masked_name: house.vault.masked_name(collection.roster_entry, &collection.sealed_name)?,
        total: placed.order.total,
        state: view::order_state(&placed.order, house.now()),
        closes_at,
        sandbox: house.sandbox_payments,
    })
}
