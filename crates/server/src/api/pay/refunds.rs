//! `POST /api/office/orders/{id}/refunds` and `GET /api/orders/{id}/refunds`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{self as domain, OrderId};
use gradshot_storage::KeptRefund;
use gradshot_wire::pay::{AskRefund, Refund, RefundStateName, Refunds};

use super::owned;
use crate::api::plain_text;
use crate::caller::{Student, Support};
use crate::house::House;
use crate::input::{Body, InPath};
use crate::live::Topic;
use crate::message::{self, Notice};
use crate::pay::{self, RefundFault};
use crate::problem::{Broken, faults};

faults! {
    /// Why nothing goes back.
    AskRefundFault { RefundReason, OrderNotFound, RefundNotPaid, RefundTooMuch }
}
faults! {
    /// Why refunds were not listed.
    ListRefundsFault { OrderNotFound }
}

const REASON_CHARS: usize = 60;

/// Gives an order's money back, in part or whole, by the way it came; the student is told.
#[utoipa::path(
    post, path = "/api/office/orders/{id}/refunds", tag = "office", params(("id" = OrderId, Path)),
    request_body = AskRefund, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "Asked for", body = Refund), AskRefundFault)
)]
pub(crate) async fn ask_refund(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<OrderId>,
    Body(request): Body<AskRefund>,
) -> Result<(StatusCode, Json<Refund>), AskRefundFault> {
    let reason = plain_text(&request.reason, REASON_CHARS).ok_or(AskRefundFault::RefundReason)?;
    let mut work = house.storage.begin().await?;
    let placed = work.orders().find(id).await?.ok_or(AskRefundFault::OrderNotFound)?;
    work.collections().lock(placed.collection).await?;
    let mut placed = work.orders().find(id).await?.ok_or(AskRefundFault::OrderNotFound)?;
    let asked =
        pay::ask_refund(&house, &mut work, &mut placed, request.amount, &reason, Some(support.id)).await;
    let kept = asked.map_err(|fault| match fault {
        RefundFault::NotPaid => AskRefundFault::RefundNotPaid,
        RefundFault::TooMuch => AskRefundFault::RefundTooMuch,
        RefundFault::Broken(broken) => broken.into(),
    })?;
    let collection = work.collections().find(placed.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("an order without collection"))?;
    message::queue_to_account(&house, &mut work, collection.account, &Notice::Refund).await?;
    work.commit().await?;
    house.hub.tell(&[Topic::Collection(placed.collection)]);
    pay::send_refunds(&house).await;
    message::deliver_due(&house).await;
    Ok((StatusCode::CREATED, Json(shown(kept))))
}

/// What went back of the caller's order.
#[utoipa::path(
    get, path = "/api/orders/{id}/refunds", tag = "orders", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The refunds", body = Refunds), ListRefundsFault)
)]
pub(crate) async fn list_refunds(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<Json<Refunds>, ListRefundsFault> {
    let mut work = house.storage.read().await?;
    owned(&mut work, &student, id).await?.ok_or(ListRefundsFault::OrderNotFound)?;
    let refunds = work.payments().refunds_of_order(id).await?;
    Ok(Json(Refunds { refunds: refunds.into_iter().map(shown).collect() }))
}

fn shown(kept: KeptRefund) -> Refund {
    let state = match kept.refund {
        domain::Refund::Asked { .. } => RefundStateName::Asked,
        domain::Refund::Done { .. } => RefundStateName::Done,
        domain::Refund::Failed { .. } => RefundStateName::Failed,
    };
    Refund { id: kept.id, amount: kept.amount, reason: kept.reason, state }
}
