//! The desk's commands over a local HTTP and WebSocket.
//!
//! Listens on the loopback only, and answers only to the token that the program printed when it started: another
//! program or page on the same PC cannot release the shutter. The same answers come over the window's own channel.

mod auth;
mod command;
mod day;
mod events;
mod picture;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware;
use gradshot_station::desk::Desk;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use auth::Token;
pub use day::day_report;
pub use picture::{picture, sheet};

/// What the bridge's endpoints share.
#[derive(Clone)]
pub struct Bridge {
    desk: Desk,
    token: Arc<Token>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gradshot desk bridge",
        description = "The desk's commands and events on one PC. Every request carries the token printed at start."
    ),
    components(schemas(gradshot_wire::desk::DeskEvent))
)]
struct Description;

impl Bridge {
    /// A bridge to this desk.
    pub fn new(desk: Desk, token: Token) -> Self {
        Self { desk, token: Arc::new(token) }
    }

    /// The bridge's routes, with the pages beside them so that page and bridge have one origin.
    pub fn router(self, pages: Option<PathBuf>) -> Router {
        let (api, _) = described();
        let api =
            api.layer(middleware::from_fn_with_state(self.clone(), auth::require_token)).with_state(self);
        let pages = pages.map(ServeDir::new);
        let router = match pages {
            Some(pages) => api.fallback_service(pages),
            None => api,
        };
        router
            .layer(header("content-security-policy", CSP))
            .layer(header("x-content-type-options", "nosniff"))
            .layer(header("referrer-policy", "no-referrer"))
    }
}

const CSP: &str = "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; \
                   connect-src 'self' ws://127.0.0.1:* ws://localhost:*; frame-ancestors 'none'";

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<axum::http::HeaderValue> {
    SetResponseHeaderLayer::if_not_present(
        axum::http::HeaderName::from_static(name),
        axum::http::HeaderValue::from_static(value),
    )
}

/// The bridge's OpenAPI description.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().1
}

fn described() -> (Router<Bridge>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(command::command))
        .routes(routes!(day::desk_day))
        .routes(routes!(events::events))
        .routes(routes!(picture::shot_picture))
        .routes(routes!(picture::portrait_picture))
        .routes(routes!(picture::sheet_picture))
        .split_for_parts()
}

impl Token {
    /// A new token: 32 random bytes.
    pub fn generate(rng: &mut impl rand::CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self::from_bytes(bytes)
    }
}
