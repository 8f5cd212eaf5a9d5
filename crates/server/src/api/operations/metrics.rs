//! `GET /metrics`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderName, header};

use crate::house::House;
use crate::metrics::Gauges;
use crate::problem::faults;

faults! {
    /// Why the figures were not given.
    MetricsFault { RoleForbidden }
}

/// What proxies add for those they speak for.
const PROXIED: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// The server's figures of itself for Prometheus. Only programs on the server's own machine get them.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses((status = 200, description = "The figures", body = String, content_type = "text/plain"), MetricsFault)
)]
pub(crate) async fn metrics(
    State(house): State<Arc<House>>,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<([(HeaderName, &'static str); 1], String), MetricsFault> {
    let is_elsewhere = address.is_some_and(|Extension(ConnectInfo(address))| !address.ip().is_loopback());
    if is_elsewhere || PROXIED.iter().any(|name| headers.contains_key(*name)) {
        return Err(MetricsFault::RoleForbidden);
    }
    let at = house.now();
    let standing = house.storage.read().await?.jobs().standing(at).await?;
    let late = standing.due_since.map(|since| Duration::try_from(at.duration_since(since)));
    let gauges = Gauges {
        jobs_due: standing.due,
        jobs_late: late.and_then(Result::ok).unwrap_or_default(),
        jobs_dead: standing.dead,
        topics: house.hub.topics(),
    };
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], house.metrics.text(gauges)))
}
