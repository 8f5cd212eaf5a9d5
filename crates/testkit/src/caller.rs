//! One caller of the HTTP API, and the answers it gets.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use futures::StreamExt as _;
use gradshot_wire::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt as _;

/// Longest answer that a test reads.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;
/// A test that waits longer for an event has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody who calls the API, with or without a token.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    token: Option<String>,
    headers: Vec<(&'static str, String)>,
    address: Option<SocketAddr>,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Method and path of the request.
    pub what: String,
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

/// A stream of server-sent events.
pub struct Events {
    body: BodyDataStream,
    buffer: String,
}

impl Caller {
    /// A caller without a token.
    pub(crate) const fn anyone(router: Router) -> Self {
        Self { router, token: None, headers: Vec::new(), address: None }
    }

    /// The same with a token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The token that it carries.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The same with a header on each request.
    #[must_use]
    pub fn with_header(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut caller = self.clone();
        caller.headers.push((name, value.into()));
        caller
    }

    /// The same from an address such as `203.0.113.7:40000`.
    #[must_use]
    pub fn from_address(&self, address: &str) -> Self {
        let address = address.parse().expect("a test writes its addresses right");
        Self { address: Some(address), ..self.clone() }
    }

    /// The same caller before another server.
    #[must_use]
    pub fn on(&self, router: Router) -> Self {
        Self { router, ..self.clone() }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    /// POST without a body.
    pub async fn post(&self, path: &str) -> Answer {
        self.send(Method::POST, path, None, Body::empty()).await
    }

    /// POST of JSON.
    pub async fn post_json(&self, path: &str, body: &impl Serialize) -> Answer {
        let json = serde_json::to_vec(body).expect("messages encode as JSON");
        self.send(Method::POST, path, Some("application/json"), json.into()).await
    }

    /// POST of anything.
    pub async fn post_as(&self, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    /// PUT of bytes.
    pub async fn put(&self, path: &str, body: Vec<u8>) -> Answer {
        self.send(Method::PUT, path, Some("application/octet-stream"), body.into()).await
    }

    /// Listens to a stream of events.
    pub async fn events(&self, path: &str) -> Events {
        let response = self.response(Method::GET, path, None, Body::empty()).await;
        assert_eq!(response.status(), StatusCode::OK, "GET {path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING), "events are not compressed");
        Events { body: response.into_body().into_data_stream(), buffer: String::new() }
    }

    /// Any request.
    pub async fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Answer {
        let what = format!("{method} {path}");
        let response = self.response(method, path, content_type, body).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, MAX_ANSWER_BYTES).await.expect("an answer can be read").to_vec();
        Answer { what, status: parts.status, headers: parts.headers, body }
    }

    async fn response(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> axum::response::Response {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(address));
        }
        let request = request.body(body).expect("a test writes its requests right");
        self.router.clone().oneshot(request).await.expect("the router answers everything")
    }
}

impl Answer {
    /// The body as a message; the status has to be a success.
    pub fn ok<T: DeserializeOwned>(self) -> T {
        assert!(self.status.is_success(), "{} answered {}: {}", self.what, self.status, self.text());
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.what, self.text()))
    }

    /// The code of the problem; status and media type have to fit it.
    pub fn problem(self) -> String {
        let problem: Problem = serde_json::from_slice(&self.body).unwrap_or_else(|_| {
            panic!("{} answered {} and no problem: {}", self.what, self.status, self.text())
        });
        assert_eq!(self.headers[header::CONTENT_TYPE], Problem::MEDIA_TYPE, "{}", self.what);
        assert_eq!(problem.status, self.status.as_u16(), "{}", self.what);
        problem.code
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Events {
    /// The next event: its name and its data.
    pub async fn next(&mut self) -> (String, Value) {
        tokio::time::timeout(PATIENCE, self.read())
            .await
            .expect("an event comes in time")
            .expect("the stream goes on")
    }

    /// The data of the next event of this name for which `wanted` says yes; others are passed over.
    pub async fn until<T: DeserializeOwned>(&mut self, name: &str, wanted: impl Fn(&T) -> bool) -> T {
        loop {
            let (event, data) = self.next().await;
            if event == name {
                let data = serde_json::from_value(data).expect("an event holds its message");
                if wanted(&data) {
                    return data;
                }
            }
        }
    }

    /// Whether the server ends the stream without another event.
    pub async fn ends(&mut self) -> bool {
        tokio::time::timeout(PATIENCE, self.read()).await.expect("the stream ends in time").is_none()
    }

    async fn read(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let parsed = field("event:").zip(field("data:")).map(|(name, data)| {
                    (name.to_owned(), serde_json::from_str(data).expect("an event's data is JSON"))
                });
                self.buffer = String::from(rest);
                if parsed.is_some() {
                    return parsed;
                }
                continue;
            }
            let chunk = self.body.next().await?.expect("the stream can be read");
            self.buffer.push_str(std::str::from_utf8(&chunk).expect("events are UTF-8"));
        }
    }
}
