//! `POST /api/orders/{id}/invoice` and `GET /api/orders/{id}/invoice`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::OrderId;
use gradshot_storage::Invoice;
use gradshot_wire::pay::InvoiceData;

use super::owned;
use crate::api::plain_text;
use crate::caller::Student;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::faults;

faults! {
    /// Why an invoice's data was not kept.
    SetInvoiceFault { InvoiceInvalid, OrderNotFound, OrderUnpaid }
}
faults! {
    /// Why an invoice's data was not shown.
    GetInvoiceFault { OrderNotFound, InvoiceNotFound }
}

const TITLE_CHARS: usize = 60;
const EMAIL_CHARS: usize = 100;

/// Keeps for whom the invoice of a paid order is written; again replaces it. Rests sealed.
#[utoipa::path(
    post, path = "/api/orders/{id}/invoice", tag = "orders", params(("id" = OrderId, Path)),
    request_body = InvoiceData, security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Kept"), SetInvoiceFault)
)]
pub(crate) async fn set_invoice(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
    Body(data): Body<InvoiceData>,
) -> Result<StatusCode, SetInvoiceFault> {
    let title = plain_text(&data.title, TITLE_CHARS).ok_or(SetInvoiceFault::InvoiceInvalid)?;
    let tax_number = data.tax_number.as_deref().map_or("", str::trim).to_ascii_uppercase();
    let email = plain_text(&data.email, EMAIL_CHARS).filter(|email| is_email(email));
    let email = email.ok_or(SetInvoiceFault::InvoiceInvalid)?;
    if !is_tax_number(&tax_number) {
        return Err(SetInvoiceFault::InvoiceInvalid);
    }
    let mut work = house.storage.begin().await?;
    let (placed, _) = owned(&mut work, &student, id).await?.ok_or(SetInvoiceFault::OrderNotFound)?;
    if !placed.order.is_paid() {
        return Err(SetInvoiceFault::OrderUnpaid);
    }
    let (vault, mut rng) = (&house.vault, house.rng());
    let invoice = Invoice {
        order: id,
        sealed_title: vault.seal_text("invoices.title", id, &title, &mut rng),
        sealed_tax_number: vault.seal_text("invoices.tax_number", id, &tax_number, &mut rng),
        sealed_email: vault.seal_text("invoices.email", id, &email, &mut rng),
        asked_at: house.now(),
    };
    work.paying().set_invoice(&invoice).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// For whom the invoice of the caller's order is written.
#[utoipa::path(
    get, path = "/api/orders/{id}/invoice", tag = "orders", params(("id" = OrderId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The data", body = InvoiceData), GetInvoiceFault)
)]
pub(crate) async fn get_invoice(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<OrderId>,
) -> Result<Json<InvoiceData>, GetInvoiceFault> {
    let mut work = house.storage.read().await?;
    owned(&mut work, &student, id).await?.ok_or(GetInvoiceFault::OrderNotFound)?;
    let kept = work.paying().invoice(id).await?.ok_or(GetInvoiceFault::InvoiceNotFound)?;
    let tax_number = house.vault.open_text("invoices.tax_number", id, &kept.sealed_tax_number)?;
    Ok(Json(InvoiceData {
        title: house.vault.open_text("invoices.title", id, &kept.sealed_title)?.to_string(),
        tax_number: Some(tax_number.to_string()).filter(|number| !number.is_empty()),
        email: house.vault.open_text("invoices.email", id, &kept.sealed_email)?.to_string(),
    }))
}

/// Empty, or 15 to 20 letters and digits.
fn is_tax_number(text: &str) -> bool {
    text.is_empty() || ((15..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Something before and something with a dot behind one at-sign: whether it arrives shows when it is sent.
fn is_email(text: &str) -> bool {
    let Some((name, place)) = text.split_once('@') else { return false };
    let plain = text.bytes().all(|b| b.is_ascii_graphic());
    plain
        && !name.is_empty()
        && !place.contains('@')
        && place.split('.').filter(|part| !part.is_empty()).count() > 1
}
