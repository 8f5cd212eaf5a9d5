//! Who may use the bridge: whoever has the token.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gradshot_wire::Problem;

use super::Bridge;
use super::command::problem_response;

/// The bridge's secret. Shows nothing in debug output.
pub struct Token(String);

impl Token {
    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The token as text, for the address that is printed once.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares without telling by its duration where the texts differ.
    fn is(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        own.len() == given.len()
            && own.iter().zip(given).fold(0, |different, (a, b)| different | (a ^ b)) == 0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Lets a request through that has the token, in the header or, for sockets and pictures, in the query.
pub(super) async fn require_token(State(bridge): State<Bridge>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/desk/") {
        return next.run(request).await;
    }
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| value.strip_prefix("Bearer "));
    let query = request.uri().query().unwrap_or_default();
    let in_query = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    if bearer.or(in_query).is_some_and(|given| bridge.token.is(given)) {
        next.run(request).await
    } else {
        problem_response(&Problem::new(
            StatusCode::UNAUTHORIZED.as_u16(),
            "desk.token",
            "请用程序启动时给出的地址打开操作台",
            "Open the desk by the address that the program printed when it started",
        ))
        .into_response()
    }
}
