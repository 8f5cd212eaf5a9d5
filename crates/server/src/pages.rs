//! The built pages, and what is around every answer: limits, security headers, compression.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::house::House;
use crate::limits;
use crate::problem::Code;

/// Where a newcomer lands.
const FIRST_PAGE: &str = "/phone.html";
/// Built files with their digest in the name live here and never change.
const HASHED: &str = "/assets/";

/// What a page may do. A desk's page also talks to its bridge on another port of the same machine.
const PAGE_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self'";
const DESK_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
    img-src 'self' data: blob: http://127.0.0.1:* http://localhost:*; media-src 'self' data: blob:; \
    connect-src 'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*";

/// The API with the pages beside it and everything around both.
pub(crate) fn around(api: Router<Arc<House>>, house: &House) -> Router<Arc<House>> {
    let api = api.method_not_allowed_fallback(async || Code::MethodUnknown);
    let whole = match &house.pages_dir {
        Some(folder) => api.fallback_service(pages(folder)),
        None => api.fallback(async || Code::PathUnknown),
    };
    let compressed = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/octet-stream"));
    whole
        .layer(middleware::from_fn(in_time))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, value("no-store")))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            value("default-src 'none'; frame-ancestors 'none'"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(header::X_CONTENT_TYPE_OPTIONS, value("nosniff")))
        .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, value("no-referrer")))
        .layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static("permissions-policy"),
            value("camera=(self), microphone=(), geolocation=(self)"),
        ))
        .layer(CompressionLayer::new().compress_when(compressed))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a request panicked");
            Code::Broken.into_response()
        }))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered))
}

fn pages(folder: &Path) -> Router {
    let files = ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(get(async || Code::PathUnknown).fallback(async || Code::PathUnknown));
    Router::new()
        .route("/", get(async || Redirect::temporary(FIRST_PAGE)))
        .fallback_service(files)
        .layer(middleware::from_fn(page_headers))
}

async fn page_headers(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let cache = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let policy = if path == "/desk.html" { DESK_POLICY } else { PAGE_POLICY };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, value(cache));
        headers.insert(header::CONTENT_SECURITY_POLICY, value(policy));
    }
    response
}

/// Ends what takes too long. A stream of events has answered by then; only its body goes on.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(limits::REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Code::TimedOut.into_response(),
    }
}

/// A request in the log: method and route, never the query or a token.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("a page", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

fn answered(response: &Response, latency: Duration, _: &tracing::Span) {
    tracing::debug!(status = response.status().as_u16(), millis = latency.as_millis(), "answered");
}

const fn value(text: &'static str) -> HeaderValue {
    HeaderValue::from_static(text)
}
