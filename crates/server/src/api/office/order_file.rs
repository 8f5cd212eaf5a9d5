//! `GET /api/office/orders/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{IdentityKind, Money, OrderId, OrderState, Payment, Refund};
use gradshot_storage::{
    FoundOrder, KeptPayment, KeptRefund, Opener, OpeningReason, PersonalData, UnitOfWork,
};
use gradshot_wire::office_order::{OfficePayment, OfficeRefund, OrderEvent, OrderEventName, OrderFile};
use gradshot_wire::pay::{PaymentStateName, RefundStateName};

use crate::caller::Support;
use crate::house::House;
use crate::input::InPath;
use crate::pay::refundable;
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why an order was not shown.
    OrderFileFault { OrderNotFound }
}

/// One order with its payments, its refunds and what happened when. The look is written down for the student.
#[utoipa::path(
    get, path = "/api/office/orders/{id}", tag = "office", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order", body = OrderFile), OrderFileFault)
)]
pub(crate) async fn order_file(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<OrderId>,
) -> Result<Json<OrderFile>, OrderFileFault> {
    let found = house.storage.read().await?.orders().found(id).await?;
    let found = found.ok_or(OrderFileFault::OrderNotFound)?;
    let opener = Opener::Account(support.id);
    house.note_access(found.account, PersonalData::Orders, opener, OpeningReason::Support).await?;
    let mut work = house.storage.read().await?;
    let kept_payments = work.payments().of_order(id).await?;
    let kept_refunds = work.payments().refunds_of_order(id).await?;
    let mut payments = Vec::with_capacity(kept_payments.len());
    for kept in &kept_payments {
        let orders = u32::try_from(work.payments().orders_of(kept.id).await?.len()).unwrap_or(u32::MAX);
        payments.push(payment(kept, orders));
    }
    let mut refunds = Vec::with_capacity(kept_refunds.len());
    for kept in &kept_refunds {
        refunds.push(refund(&house, &mut work, kept).await?);
    }
    let left = refundable(&found.placed.order, &kept_payments, &kept_refunds);
    Ok(Json(OrderFile {
        order: view::office_order(&house.vault, &found, house.now())?,
        refundable: left.map_or(Money::from_fen(0), |(_, left)| left),
        payments,
        refunds,
        events: events(&found, &kept_payments, &kept_refunds),
    }))
}

fn payment(kept: &KeptPayment, orders: u32) -> OfficePayment {
    let (state, transaction) = match &kept.payment {
        Payment::Prepared { .. } => (PaymentStateName::Prepared, None),
        Payment::Succeeded { transaction, .. } => (PaymentStateName::Succeeded, Some(transaction.clone())),
        Payment::Closed { .. } => (PaymentStateName::Closed, None),
    };
    OfficePayment {
        id: kept.id,
        provider: kept.provider.clone(),
        payer: kept.payer,
        total: kept.total,
        orders,
        state,
        transaction,
        created_at: kept.created_at,
    }
}

async fn refund(house: &House, work: &mut UnitOfWork, kept: &KeptRefund) -> Result<OfficeRefund, Broken> {
    let asked_by = match kept.asked_by {
        Some(staff) => {
            let identities = work.identities().of_account(staff).await?;
            let name = identities.iter().find(|identity| identity.kind == IdentityKind::UserName);
            name.map(|name| house.vault.open_identity(name.id, &name.sealed)).transpose()?
        }
        None => None,
    };
    let (state, since) = match kept.refund {
        Refund::Asked { at } => (RefundStateName::Asked, at),
        Refund::Done { at } => (RefundStateName::Done, at),
        Refund::Failed { at } => (RefundStateName::Failed, at),
    };
    Ok(OfficeRefund {
        id: kept.id,
        amount: kept.amount,
        reason: kept.reason.clone(),
        state,
        asked_by: asked_by.map(|login| login.to_string()),
        since,
    })
}

/// What happened, the oldest first. When a refund was asked for that is settled by now is in its id.
fn events(found: &FoundOrder, payments: &[KeptPayment], refunds: &[KeptRefund]) -> Vec<OrderEvent> {
    use OrderEventName as Name;
    let total = found.placed.order.total;
    let event = |at, what, amount| OrderEvent { at, what, amount };
    let mut events = vec![event(found.placed.placed_at, Name::Placed, Some(total))];
    for kept in payments {
        events.push(event(kept.created_at, Name::PaymentPrepared, Some(kept.total)));
        match kept.payment {
            Payment::Prepared { .. } => {}
            Payment::Succeeded { at, .. } => events.push(event(at, Name::Paid, Some(kept.total))),
            Payment::Closed { at } => events.push(event(at, Name::PaymentClosed, None)),
        }
    }
    for kept in refunds {
        events.extend(kept.id.made_at().map(|at| event(at, Name::RefundAsked, Some(kept.amount))));
        match kept.refund {
            Refund::Asked { .. } => {}
            Refund::Done { at } => events.push(event(at, Name::RefundDone, Some(kept.amount))),
            Refund::Failed { at } => events.push(event(at, Name::RefundFailed, Some(kept.amount))),
        }
    }
    match found.placed.order.state {
        OrderState::Closed { at } => events.push(event(at, Name::Closed, None)),
        // What costs nothing is paid without a payment.
        OrderState::Paid { at } if payments.is_empty() => events.push(event(at, Name::Paid, Some(total))),
        _ => {}
    }
    events.sort_by_key(|event| event.at);
    events
}
