//! `POST /api/sandbox/payments/{id}/pay`

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::PaymentId;

use crate::house::House;
use crate::input::InPath;
use crate::problem::faults;

faults! {
    /// Why nobody pretended to pay.
    PretendPaymentFault { PaymentSandboxOff, PaymentNotFound }
}

/// What a demonstration's payer presses instead of paying. The server hears of it like of a real payment: by call back
/// or by asking.
#[utoipa::path(
    post, path = "/api/sandbox/payments/{id}/pay", tag = "orders", params(("id" = PaymentId, Path)),
    responses((status = 204, description = "Pretended"), PretendPaymentFault)
)]
pub(crate) async fn pretend_payment(
    State(house): State<Arc<House>>,
    InPath(id): InPath<PaymentId>,
) -> Result<StatusCode, PretendPaymentFault> {
    if !house.sandbox_payments {
        return Err(PretendPaymentFault::PaymentSandboxOff);
    }
    let paid = house.sandbox.pay(&id.to_string(), house.now());
    paid.map_err(|_| PretendPaymentFault::PaymentNotFound)?;
    Ok(StatusCode::NO_CONTENT)
}
