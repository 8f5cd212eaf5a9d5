//! `POST /api/orders/{id}/prepay`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{OrderId, Payer};
use gradshot_wire::collection::{PayOrder, PaymentProvider};
use gradshot_wire::pay::Prepaid;

use super::{offers, owned};
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::pay::{self, PrepareFault};
use crate::problem::faults;

faults! {
    /// Why no payment was prepared.
    PrepayOrderFault {
        PaymentSandboxOff, OrderNotFound, OrderClosed, OrderPaid, PayerNotOffered, PaymentProviderDown,
    }
}

/// Prepares a payment with a provider. The page shows the provider's sheet, then asks how the payment stands.
#[utoipa::path(
    post, path = "/api/orders/{id}/prepay", tag = "orders", params(("id" = OrderId, Path)),
    request_body = PayOrder, security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "The provider waits", body = Prepaid), PrepayOrderFault)
)]
pub(crate) async fn prepay_order(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
    Body(PayOrder { provider: PaymentProvider::Sandbox }): Body<PayOrder>,
) -> Result<(StatusCode, Json<Prepaid>), PrepayOrderFault> {
    if !house.sandbox_payments {
        return Err(PrepayOrderFault::PaymentSandboxOff);
    }
    let mut work = house.storage.read().await?;
    let (_, collection) = owned(&mut work, &student, id).await?.ok_or(PrepayOrderFault::OrderNotFound)?;
    if !offers(&mut work, &collection, Payer::Student).await? {
        return Err(PrepayOrderFault::PayerNotOffered);
    }
    drop(work);
    let (kept, sheet) = match pay::prepare(&house, &[id], Payer::Student, Some(student.id)).await {
        Ok(prepared) => prepared,
        Err(PrepareFault::Paid) => return Err(PrepayOrderFault::OrderPaid),
        Err(PrepareFault::Closed) => return Err(PrepayOrderFault::OrderClosed),
        Err(PrepareFault::Provider) => return Err(PrepayOrderFault::PaymentProviderDown),
        Err(PrepareFault::Broken(broken)) => return Err(broken.into()),
    };
    let prepaid = Prepaid { payment: kept.id, provider: PaymentProvider::Sandbox, sheet };
    Ok((StatusCode::CREATED, Json(prepaid)))
}
