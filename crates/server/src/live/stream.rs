//! A state as server-sent events.

use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt as _, stream};
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::house::House;
use crate::limits;
use crate::problem::Broken;

/// One thing that a stream tells.
#[derive(Debug)]
pub(crate) struct Message {
    /// Name of the event.
    event: &'static str,
    /// What it is about; sent again only when its data changed.
    about: String,
    data: String,
}

impl Message {
    /// An event whose data is the whole of what it is about.
    pub(crate) fn new(event: &'static str, data: &impl Serialize) -> Self {
        Self::about(event, "", data)
    }

    /// One of many of the same name.
    pub(crate) fn about(event: &'static str, about: &str, data: &impl Serialize) -> Self {
        let data = serde_json::to_string(data).expect("the wire's plain types always encode as JSON");
        Self { event, about: format!("{event} {about}"), data }
    }
}

/// A state that changes. Whoever makes one listens before anything is loaded, so that no change falls between.
pub(crate) trait Live: Send + 'static {
    /// Waits until it may have changed.
    fn changed(&mut self) -> impl Future<Output = ()> + Send;
    /// The whole state now, the first message first.
    fn now(&mut self) -> impl Future<Output = Result<Vec<Message>, Broken>> + Send;
}

/// A response of server-sent events.
pub(crate) struct EventStream(Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>);

impl IntoResponse for EventStream {
    fn into_response(self) -> Response {
        let sse = Sse::new(self.0).keep_alive(KeepAlive::new().interval(limits::STREAM_KEEP_ALIVE));
        let mut response = sse.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Proxies that gather answers into larger pieces leave this one alone.
        headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
        response
    }
}

struct Running<L> {
    live: L,
    sent: HashMap<String, String>,
    open: watch::Receiver<bool>,
    ends_at: Instant,
}

/// Streams a state: whole at first, then whatever is new. The first state is loaded before the answer begins, so that
/// a fault is still answered as a problem.
pub(crate) async fn stream<L: Live>(house: &Arc<House>, mut live: L) -> Result<EventStream, Broken> {
    let first = live.now().await?;
    let mut running = Running {
        live,
        sent: HashMap::new(),
        open: house.hub.is_open(),
        ends_at: Instant::now() + limits::STREAM_LIFETIME,
    };
    let first = running.news(first);
    let states = stream::unfold((running, Some(first)), |(mut running, first)| async move {
        let events = match first {
            Some(first) => first,
            None => running.next().await?,
        };
        Some((stream::iter(events.into_iter().map(Ok)), (running, None)))
    });
    Ok(EventStream(Box::pin(states.flatten())))
}

impl<L: Live> Running<L> {
    /// Waits for news; `None` when the stream is over.
    async fn next(&mut self) -> Option<Vec<Event>> {
        tokio::select! {
            () = self.live.changed() => {}
            _ = self.open.wait_for(|open| !open) => return None,
            () = tokio::time::sleep_until(self.ends_at) => return None,
        }
        match self.live.now().await {
            Ok(messages) => Some(self.news(messages)),
            Err(error) => {
                tracing::warn!(%error, "a stream of events ends: its state could not be loaded");
                None
            }
        }
    }

    fn news(&mut self, messages: Vec<Message>) -> Vec<Event> {
        let mut events = Vec::new();
        for Message { event, about, data } in messages {
            if self.sent.get(&about) != Some(&data) {
                events.push(Event::default().event(event).data(&data));
                self.sent.insert(about, data);
            }
        }
        events
    }
}
