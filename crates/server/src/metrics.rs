//! What the server counts of itself, as Prometheus reads it. Routes and statuses only, nothing about anybody.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::house::House;

/// Upper ends of the buckets in which durations are counted, seconds.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Requests by method, route and status.
#[derive(Default)]
pub(crate) struct Metrics {
    routes: Mutex<BTreeMap<Labels, Durations>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, Default)]
struct Durations {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

/// What is measured when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gauges {
    /// Jobs that could be taken.
    pub(crate) jobs_due: u32,
    /// For how long the oldest of them waits.
    pub(crate) jobs_late: Duration,
    /// Jobs that were given up.
    pub(crate) jobs_dead: u32,
    /// Topics that somebody listens to.
    pub(crate) topics: usize,
}

/// Counts a request and how long its answer took to begin.
pub(crate) async fn counted(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(String::new, |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let began = Instant::now();
    let response = next.run(request).await;
    let labels = Labels { method, route, status: response.status().as_u16() };
    house.metrics.note(labels, began.elapsed());
    response
}

impl Metrics {
    fn note(&self, labels: Labels, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let durations = routes.entry(labels).or_default();
        let seconds = took.as_secs_f64();
        for (bucket, end) in durations.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
        durations.count += 1;
        durations.seconds += seconds;
    }

    /// Everything in Prometheus' text format.
    pub(crate) fn text(&self, gauges: Gauges) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = self.write(&mut text, gauges);
        text
    }

    fn write(&self, text: &mut String, gauges: Gauges) -> fmt::Result {
        writeln!(text, "# HELP gradshot_request_seconds How long answers take to begin.")?;
        writeln!(text, "# TYPE gradshot_request_seconds histogram")?;
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        for (Labels { method, route, status }, durations) in routes.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (end, count) in BUCKETS.iter().zip(durations.buckets) {
                writeln!(text, "gradshot_request_seconds_bucket{{{labels},le=\"{end}\"}} {count}")?;
            }
            let Durations { count, seconds, .. } = durations;
            writeln!(text, "gradshot_request_seconds_bucket{{{labels},le=\"+Inf\"}} {count}")?;
            writeln!(text, "gradshot_request_seconds_sum{{{labels}}} {seconds}")?;
            writeln!(text, "gradshot_request_seconds_count{{{labels}}} {count}")?;
        }
        drop(routes);
        let late = gauges.jobs_late.as_secs_f64();
        for (name, help, value) in [
            ("gradshot_jobs_due", "Jobs that could be taken.", f64::from(gauges.jobs_due)),
            ("gradshot_jobs_late_seconds", "For how long the oldest job that is due waits.", late),
            ("gradshot_jobs_dead", "Jobs that were given up.", f64::from(gauges.jobs_dead)),
            ("gradshot_live_topics", "Topics that somebody listens to.", gauges.topics as f64),
        ] {
            writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_in_every_bucket_that_holds_them() {
        let metrics = Metrics::default();
        let labels = Labels { method: "GET".into(), route: "/api/studios/{code}".into(), status: 200 };
        metrics.note(labels.clone(), Duration::from_millis(8));
        metrics.note(labels, Duration::from_millis(300));
        let gauges = Gauges { jobs_due: 1, jobs_late: Duration::from_millis(1500), jobs_dead: 0, topics: 2 };
        let text = metrics.text(gauges);
        let labels = "method=\"GET\",route=\"/api/studios/{code}\",status=\"200\"";
        for line in [
            format!("gradshot_request_seconds_bucket{{{labels},le=\"0.005\"}} 0"),
            format!("gradshot_request_seconds_bucket{{{labels},le=\"0.01\"}} 1"),
            format!("gradshot_request_seconds_bucket{{{labels},le=\"+Inf\"}} 2"),
            format!("gradshot_request_seconds_sum{{{labels}}} 0.308"),
            "gradshot_jobs_late_seconds 1.5".to_owned(),
            "# TYPE gradshot_live_topics gauge".to_owned(),
        ] {
            assert!(text.lines().any(|there| there == line), "{line} in\n{text}");
        }
    }
}
