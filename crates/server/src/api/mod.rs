//! The HTTP API: one file per endpoint, each with its faults, its documentation and its handler.

mod admin;
mod board;
mod campaigns;
mod collection;
mod consent_texts;
mod identity;
mod office;
mod openapi_json;
mod operations;
mod order;
mod pay;
mod phone;
mod portrait;
mod prints;
mod review;
mod rights;
mod roster_request;
mod school;
mod schools;
mod station;
mod studio;
mod support;
mod tus;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::{audit, idempotency, limits, metrics, pages, rate};

/// Every endpoint with its documentation.
pub(crate) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(openapi_json::openapi_json))
        .routes(routes!(campaigns::list_campaigns))
        .routes(routes!(schools::list_schools))
        .routes(routes!(consent_texts::consent_texts))
        .merge(identity::endpoints())
        .merge(collection::endpoints())
        .merge(studio::endpoints())
        .merge(phone::endpoints())
        .merge(portrait::endpoints())
        .merge(station::endpoints())
        .merge(board::endpoints())
        .merge(review::endpoints())
        .merge(admin::endpoints())
        .merge(operations::endpoints())
        .merge(office::endpoints())
        .merge(pay::endpoints())
        .merge(prints::endpoints())
        .merge(rights::endpoints())
        .merge(support::endpoints())
        .merge(roster_request::endpoints())
        .merge(school::endpoints())
}

/// A text without its outer spaces, when it has 1 to `max_chars` characters and none that controls.
fn plain_text(text: &str, max_chars: usize) -> Option<String> {
    let text = text.trim();
    let fits = (1..=max_chars).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// Endpoints, pages and everything around them.
pub(crate) fn router(house: &Arc<House>) -> Router {
    let (api, _) = endpoints().layer(DefaultBodyLimit::max(limits::JSON_BYTES)).split_for_parts();
    let api = api
        .route_layer(middleware::from_fn_with_state(Arc::clone(house), audit::noted))
        .route_layer(middleware::from_fn_with_state(Arc::clone(house), idempotency::once))
        .route_layer(middleware::from_fn_with_state(Arc::clone(house), rate::limited))
        .route_layer(middleware::from_fn_with_state(Arc::clone(house), metrics::counted));
    pages::around(api, house).with_state(Arc::clone(house))
}
