//! `POST /api/orders/{id}/pay`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{OrderId, Payer};
use gradshot_wire::collection::{Collection, PayOrder, PaymentProvider};

use super::{offers, owned};
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::pay::{self, PrepareFault};
use crate::problem::{Broken, faults};
use crate::view;

faults! {
    /// Why an order was not paid.
    PayOrderFault { PaymentSandboxOff, OrderNotFound, OrderClosed, PayerNotOffered, PaymentProviderDown }
}

/// Pays an order with pretended money, where that is allowed. One that is paid already stays as it is.
#[utoipa::path(
    post, path = "/api/orders/{id}/pay", tag = "orders", params(("id" = OrderId, Path)), request_body = PayOrder,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The order's collection", body = Collection), PayOrderFault)
)]
pub(crate) async fn pay_order(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
    Body(PayOrder { provider: PaymentProvider::Sandbox }): Body<PayOrder>,
) -> Result<Json<Collection>, PayOrderFault> {
    if !house.sandbox_payments {
        return Err(PayOrderFault::PaymentSandboxOff);
    }
    let mut work = house.storage.read().await?;
    let (_, collection) = owned(&mut work, &student, id).await?.ok_or(PayOrderFault::OrderNotFound)?;
    if !offers(&mut work, &collection, Payer::Student).await? {
        return Err(PayOrderFault::PayerNotOffered);
    }
    drop(work);
    match pay::prepare(&house, &[id], Payer::Student, Some(student.id)).await {
        Ok((kept, _)) => {
            let paid = house.sandbox.pay(&kept.id.to_string(), house.now());
            paid.map_err(|_| PayOrderFault::PaymentProviderDown)?;
            pay::check(&house, kept.id).await?;
        }
        Err(PrepareFault::Paid) => {}
        Err(fault) => return Err(fault.into()),
    }
    let mut work = house.storage.read().await?;
    Ok(Json(view::collection(&house, &mut work, collection).await?))
}

impl From<PrepareFault> for PayOrderFault {
    fn from(fault: PrepareFault) -> Self {
        match fault {
            PrepareFault::Paid => Self::Broken(Broken::Step("a paid order is paid again")),
            PrepareFault::Closed => Self::OrderClosed,
            PrepareFault::Provider => Self::PaymentProviderDown,
            PrepareFault::Broken(broken) => Self::Broken(broken),
        }
    }
}
