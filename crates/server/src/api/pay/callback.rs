//! `POST /api/payments/callback/{provider}`

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::house::House;
use crate::input::{InPath, Raw};
use crate::pay;
use crate::problem::faults;

faults! {
    /// Why a call back was not taken.
    PaymentCallbackFault { PaymentProviderUnknown, PaymentCallbackForged }
}

/// Takes a provider's call back, when it is signed by the provider. The status alone says whether it was taken; the
/// same call again changes nothing.
#[utoipa::path(
    post, path = "/api/payments/callback/{provider}", tag = "orders",
    params(("provider" = String, Path, example = "sandbox")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "As the provider sends it"),
    responses((status = 204, description = "Taken"), PaymentCallbackFault)
)]
pub(crate) async fn payment_callback(
    State(house): State<Arc<House>>,
    InPath(provider): InPath<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<StatusCode, PaymentCallbackFault> {
    let provider = house.provider(&provider).ok_or(PaymentCallbackFault::PaymentProviderUnknown)?;
    let headers: BTreeMap<String, String> = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let read = provider.read_callback(&headers, &body, house.now());
    let (number, trade) = read.map_err(|_| PaymentCallbackFault::PaymentCallbackForged)?;
    let id = number.parse().map_err(|_| PaymentCallbackFault::PaymentCallbackForged)?;
    pay::settle(&house, id, &trade).await?;
    Ok(StatusCode::NO_CONTENT)
}
