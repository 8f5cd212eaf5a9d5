//! `POST /api/payments/{id}/check`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::PaymentId;
use gradshot_wire::pay::{PaymentStateName, PaymentStatus};

use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::pay::{self, Trade};
use crate::problem::faults;

faults! {
    /// Why a payment was not looked at.
    CheckPaymentFault { PaymentNotFound }
}

/// Asks the provider how the caller's payment stands: call backs may be late or lost.
#[utoipa::path(
    post, path = "/api/payments/{id}/check", tag = "orders", params(("id" = PaymentId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "How it stands", body = PaymentStatus), CheckPaymentFault)
)]
pub(crate) async fn check_payment(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<PaymentId>,
) -> Result<Json<PaymentStatus>, CheckPaymentFault> {
    let mut work = house.storage.read().await?;
    let found = work.payments().find(id).await?.filter(|kept| kept.account == Some(student.id));
    found.ok_or(CheckPaymentFault::PaymentNotFound)?;
    drop(work);
    let state = match pay::check(&house, id).await? {
        Trade::Waiting => PaymentStateName::Prepared,
        Trade::Paid { .. } => PaymentStateName::Succeeded,
        Trade::Closed => PaymentStateName::Closed,
    };
    Ok(Json(PaymentStatus { payment: id, state }))
}
