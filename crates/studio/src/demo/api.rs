//! Calls to the HTTP API by somebody who is signed in.

use std::time::Duration;

use gradshot_station::client::http_client;
use gradshot_wire::Problem;
use reqwest::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

const TIMEOUT: Duration = Duration::from_mins(1);

/// One caller. Programs carry their token in a header; pages carry it in a cookie.
#[derive(Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No answer.
    #[error("no answer to {what}: {source}")]
    NoAnswer {
        /// Method and path.
        what: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The server said no.
    #[error("{what}: {} ({})", .problem.en, .problem.code)]
    Problem {
        /// Method and path.
        what: String,
        /// What the server said.
        problem: Problem,
    },
    /// The answer was of another shape.
    #[error("the answer to {what} cannot be understood: {why}")]
    NotUnderstood {
        /// Method and path.
        what: String,
        /// Why.
        why: String,
    },
}

impl Api {
    pub(super) fn new(base: &str) -> Result<Self, ApiError> {
        let http = http_client()
            .map_err(|source| ApiError::NoAnswer { what: "the HTTP client's start".to_owned(), source })?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned(), token: None })
    }

    pub(super) fn with_token(&self, token: String) -> Self {
        Self { token: Some(token), ..self.clone() }
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.json(Method::GET, path, |request| request).await
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.json(Method::POST, path, |request| request).await
    }

    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        self.json(Method::POST, path, |request| request.json(body)).await
    }

    pub(super) async fn send_csv<T: DeserializeOwned>(&self, path: &str, csv: String) -> Result<T, ApiError> {
        let body =
            |request: RequestBuilder| request.header("content-type", "text/csv; charset=utf-8").body(csv);
        self.json(Method::POST, path, body).await
    }

    pub(super) async fn bytes(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        let (what, response) = self.response(Method::GET, path, |request| request).await?;
        let bytes = response.bytes().await.map_err(|source| ApiError::NoAnswer { what, source })?;
        Ok(bytes.to_vec())
    }

    async fn json<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        build: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, ApiError> {
        let (what, response) = self.response(method, path, build).await?;
        response.json().await.map_err(|error| ApiError::NotUnderstood { what, why: error.to_string() })
    }

    async fn response(
        &self,
        method: Method,
        path: &str,
        build: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<(String, Response), ApiError> {
        let what = format!("{method} {path}");
        let mut request = self.http.request(method, format!("{}{path}", self.base)).timeout(TIMEOUT);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let sent = build(request).send().await;
        let response = sent.map_err(|source| ApiError::NoAnswer { what: what.clone(), source })?;
        if response.status().is_success() {
            return Ok((what, response));
        }
        let status = response.status();
        match response.json().await {
            Ok(problem) => Err(ApiError::Problem { what, problem }),
            Err(_) => Err(ApiError::NotUnderstood { what, why: status.to_string() }),
        }
    }
}
