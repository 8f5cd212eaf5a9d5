//! The station's side of the HTTP API.

use std::time::Duration;

use eventsource_stream::Eventsource as _;
use futures::{Stream, StreamExt as _};
use gradshot_domain::{BackInLine, PortraitId, StationId, StudioId, TicketId};
use gradshot_wire::Problem;
use gradshot_wire::event::StationEvent;
use gradshot_wire::queue::{
    Called, ComeBack, OtherStudio, OtherStudios, Queue, QueueEntry, TransferTicket, TransferToStudio,
    TransferredTicket,
};
use gradshot_wire::station::{Pair, Paired, PortraitReceipt, StationProfile};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

const UPLOAD_OFFSET: &str = "upload-offset";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// The server sends a comment every 15 seconds; silence for longer means that the line is dead.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(40);

/// Talks to the server as one station.
#[derive(Clone)]
pub struct StationClient {
    http: reqwest::Client,
    base: String,
    token: Zeroizing<String>,
}

/// What the server said to a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Kept; go on from this byte.
    Until(usize),
    /// That was the last one: the portrait is kept.
    Whole(PortraitReceipt),
}

/// Why a call to the server gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer: no network, no server, too slow.
    #[error("the server does not answer")]
    NoAnswer,
    /// The server answered with a problem.
    #[error("{}", .0.en)]
    Problem(Problem),
    /// The server answered something that is not of this API.
    #[error("the server's answer cannot be understood: station and server may be of different versions")]
    NotUnderstood,
}

impl CallError {
    /// The HTTP status of the answer, if there was one.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::NoAnswer => None,
            Self::Problem(problem) => Some(problem.status),
            Self::NotUnderstood => Some(502),
        }
    }

    /// The same in words for the operator.
    pub fn to_problem(&self) -> Problem {
        match self {
            Self::NoAnswer => Problem::new(
                503,
                "server.no_answer",
                "连不上服务器，请检查网络；已封存的标准照会自动补传",
                "The server does not answer: check the network. Sealed portraits are sent by themselves later",
            ),
            Self::Problem(problem) => problem.clone(),
            Self::NotUnderstood => Problem::new(
                502,
                "server.not_understood",
                "服务器的回复无法识别，请确认机位与服务器版本一致",
                "The server's answer cannot be understood: check that station and server have the same version",
            ),
        }
    }
}

/// The HTTP client that every caller of the house uses: with time limits, without following to other hosts.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("gradshot/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Pairs a station by its code.
pub async fn pair(http: &reqwest::Client, server: &str, request: &Pair) -> Result<Paired, CallError> {
    let url = format!("{}/api/stations/pair", server.trim_end_matches('/'));
    answer(http.post(url).timeout(REQUEST_TIMEOUT).json(request)).await
}

impl StationClient {
    /// A client for the paired station that has `token`.
    pub fn new(http: reqwest::Client, server: &str, token: Zeroizing<String>) -> Self {
        Self { http, base: server.trim_end_matches('/').to_owned(), token }
    }

    /// What the station has to know for its day.
    pub async fn profile(&self) -> Result<StationProfile, CallError> {
        answer(self.request(Method::GET, "/api/station")).await
    }

    /// The queue.
    pub async fn queue(&self) -> Result<Queue, CallError> {
        answer(self.request(Method::GET, "/api/station/queue")).await
    }

    /// Calls the next number.
    pub async fn call_next(&self) -> Result<Option<QueueEntry>, CallError> {
        let called: Called = answer(self.request(Method::POST, "/api/station/queue/next")).await?;
        Ok(called.entry)
    }

    /// Calls this number, again if it was called before.
    pub async fn call(&self, ticket: TicketId) -> Result<QueueEntry, CallError> {
        self.ticket(ticket, "call").await
    }

    /// Reports the arrival.
    pub async fn arrive(&self, ticket: TicketId) -> Result<QueueEntry, CallError> {
        self.ticket(ticket, "arrive").await
    }

    /// Passes a number over.
    pub async fn skip(&self, ticket: TicketId) -> Result<QueueEntry, CallError> {
        self.ticket(ticket, "skip").await
    }

    /// Puts a number back in line.
    pub async fn come_back(&self, ticket: TicketId, rule: BackInLine) -> Result<QueueEntry, CallError> {
        let path = format!("/api/station/tickets/{ticket}/come-back");
        answer(self.request(Method::POST, &path).json(&ComeBack { rule })).await
    }

    /// Hands somebody who was called here to another station.
    pub async fn transfer(&self, ticket: TicketId, station: StationId) -> Result<QueueEntry, CallError> {
        let path = format!("/api/station/tickets/{ticket}/transfer");
        answer(self.request(Method::POST, &path).json(&TransferTicket { station })).await
    }

    /// Other studios where somebody may be sent.
    pub async fn other_studios(&self, ticket: TicketId) -> Result<Vec<OtherStudio>, CallError> {
        let found = answer(self.request(Method::GET, &format!("/api/station/tickets/{ticket}/studios")));
        found.await.map(|found: OtherStudios| found.studios)
    }

    /// Sends somebody to another studio for today.
    pub async fn transfer_to_studio(
        &self,
        ticket: TicketId,
        studio: StudioId,
    ) -> Result<TransferredTicket, CallError> {
        let path = format!("/api/station/tickets/{ticket}/studio-transfer");
        answer(self.request(Method::POST, &path).json(&TransferToStudio { studio })).await
    }

    /// Rests, or goes on.
    pub async fn pause(&self, rests: bool) -> Result<(), CallError> {
        let path = if rests { "/api/station/pause" } else { "/api/station/resume" };
        successful(self.request(Method::POST, path).send().await).await.map(|_| ())
    }

    /// Sends a whole sealed portrait. Sending it twice is harmless.
    pub async fn put_portrait(
        &self,
        portrait: PortraitId,
        envelope: Vec<u8>,
    ) -> Result<PortraitReceipt, CallError> {
        let request = self
            .request(Method::PUT, &format!("/api/station/portraits/{portrait}"))
            .header("content-type", "application/octet-stream")
            .body(envelope);
        answer(request).await
    }

    /// How many bytes of a sealed portrait the server has; `None` when it has none.
    pub async fn portrait_offset(&self, portrait: PortraitId) -> Result<Option<usize>, CallError> {
        let response =
            self.resumable(Method::HEAD, portrait).send().await.map_err(|_| CallError::NoAnswer)?;
        // An answer to HEAD has no body that could say why there is no offset.
        match response.status() {
            StatusCode::NOT_FOUND => Ok(None),
            _ => upload_offset(&response).map(Some),
        }
    }

    /// Sends a piece of a sealed portrait of `total` bytes, which begins at the byte `from`.
    pub async fn send_piece(
        &self,
        portrait: PortraitId,
        from: usize,
        total: usize,
        piece: Vec<u8>,
    ) -> Result<Sent, CallError> {
        let request = self
            .resumable(Method::PATCH, portrait)
            .header("content-type", "application/offset+octet-stream")
            .header(UPLOAD_OFFSET, from)
            .header("upload-length", total)
            .body(piece);
        let response = successful(request.send().await).await?;
        if response.status() == StatusCode::NO_CONTENT {
            return upload_offset(&response).map(Sent::Until);
        }
        response.json().await.map(Sent::Whole).map_err(|_| CallError::NotUnderstood)
    }

    /// Hears what happens, until the line breaks or falls silent.
    pub async fn events(&self) -> Result<impl Stream<Item = StationEvent> + use<>, CallError> {
        let request = self.request(Method::GET, "/api/station/events").timeout(Duration::from_hours(24));
        let response = successful(request.send().await).await?;
        let events = tokio_stream::StreamExt::timeout(response.bytes_stream(), SILENCE_TIMEOUT)
            .take_while(|chunk| std::future::ready(chunk.is_ok()))
            .filter_map(|chunk| std::future::ready(chunk.ok()))
            .eventsource()
            .take_while(|event| std::future::ready(event.is_ok()))
            .filter_map(|event| {
                std::future::ready(event.ok().and_then(|event| station_event(&event.event, &event.data)))
            });
        Ok(events)
    }

    async fn ticket(&self, ticket: TicketId, verb: &str) -> Result<QueueEntry, CallError> {
        answer(self.request(Method::POST, &format!("/api/station/tickets/{ticket}/{verb}"))).await
    }

    fn resumable(&self, method: Method, portrait: PortraitId) -> RequestBuilder {
        self.request(method, &format!("/api/station/portraits/{portrait}")).header("tus-resumable", "1.0.0")
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.http.request(method, url).bearer_auth(&*self.token).timeout(REQUEST_TIMEOUT)
    }
}

impl std::fmt::Debug for StationClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StationClient({})", self.base)
    }
}

fn upload_offset(response: &Response) -> Result<usize, CallError> {
    let text = response.headers().get(UPLOAD_OFFSET).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or(CallError::NotUnderstood)
}

/// An event of the wire from its name and its data; `None` for one that this version does not know.
fn station_event(name: &str, data: &str) -> Option<StationEvent> {
    let data: serde_json::Value = serde_json::from_str(data).ok()?;
    serde_json::from_value(serde_json::json!({ "event": name, "data": data })).ok()
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, CallError> {
    let response = successful(request.send().await).await?;
    response.json().await.map_err(|_| CallError::NotUnderstood)
}

async fn successful(sent: reqwest::Result<Response>) -> Result<Response, CallError> {
    let response = sent.map_err(|_| CallError::NoAnswer)?;
    if response.status().is_success() {
        return Ok(response);
    }
    Err(response.json().await.map_or(CallError::NotUnderstood, CallError::Problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_newer_server_is_passed_over() {
        assert_eq!(station_event("weather", "{}"), None);
        assert_eq!(station_event("queue", "not json"), None);
        let news = r#"{"portrait":"0198c0de-0000-7000-8000-000000000001","ticket":"0198c0de-0000-7000-8000-000000000002","state":"confirmed"}"#;
        assert!(matches!(station_event("portrait", news), Some(StationEvent::Portrait(_))));
    }
}
