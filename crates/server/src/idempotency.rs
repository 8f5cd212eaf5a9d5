//! A request that is sent twice is done once: what was answered to a POST with an `Idempotency-Key` is kept, sealed, and
//! given again.
//!
//! Only answers of success are kept. Whoever was refused changed nothing, and may try again with the same key.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gradshot_storage::AnswerStanding;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::caller;
use crate::house::House;
use crate::limits;
use crate::problem::{Broken, faults};

/// The header.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Says that an answer is the one of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

faults! {
    /// Why a request with a key was not done.
    IdempotencyFault { IdempotencyKeyMalformed, IdempotencyInHand, IdempotencyOtherRequest, BodyTooLarge }
}

/// An answer as it is kept, before it is sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Does a POST with a key once; everything else goes through.
pub(crate) async fn once(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    match request.headers().get(IDEMPOTENCY_KEY) {
        Some(key) if request.method() == Method::POST => {
            let key = key.clone();
            answer(house, &key, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        _ => next.run(request).await,
    }
}

async fn answer(
    house: Arc<House>,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, IdempotencyFault> {
    let key = plausible(key).ok_or(IdempotencyFault::IdempotencyKeyMalformed)?;
    let (parts, body) = request.into_parts();
    let token = caller::token(&parts.headers);
    // Strangers do not make the server hold much in memory.
    let limit = if token.is_some() { limits::ROSTER_BYTES } else { limits::JSON_BYTES };
    let body = to_bytes(body, limit).await.map_err(|_| IdempotencyFault::BodyTooLarge)?;
    let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let caller = token.or(address.as_deref()).unwrap_or_default();
    let id = house.vault.answer_index(caller, key);
    let digest = digest(&parts.method, parts.uri.path(), &body);

    let at = house.now();
    let mut work = house.storage.begin().await?;
    let standing = work.kept_answers().take(&id, &digest, at, at + limits::ANSWER_IN_HAND).await?;
    work.commit().await?;
    match standing {
        AnswerStanding::Other => Err(IdempotencyFault::IdempotencyOtherRequest),
        AnswerStanding::InHand => Err(IdempotencyFault::IdempotencyInHand),
        AnswerStanding::Answered { sealed } => Ok(replay(&house.vault.open_answer(&id, &sealed)?)?),
        AnswerStanding::New => {
            let request = Request::from_parts(parts, Body::from(body));
            // Goes on when the caller hangs up, so that the answer is there for the next try.
            let done = tokio::spawn(async move { keep(&house, id, next.run(request).await).await });
            Ok(done.await.map_err(|_| Broken::Step("a request ended before its answer was kept"))??)
        }
    }
}

/// Keeps the answer and hands it on.
async fn keep(house: &House, id: [u8; 32], response: Response) -> Result<Response, Broken> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Broken::Step("an answer could not be read"))?;
    let mut work = house.storage.begin().await?;
    if parts.status.is_success() && body.len() <= limits::KEPT_ANSWER_BYTES {
        let kept =
            Kept { status: parts.status.as_u16(), headers: texts(&parts.headers), body: body.to_vec() };
        let sealed = house.vault.seal_answer(&id, &kept, &mut house.rng());
        work.kept_answers().keep(&id, sealed, house.now() + limits::KEPT_ANSWER).await?;
    } else {
        work.kept_answers().release(&id).await?;
    }
    work.commit().await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replay(opened: &[u8]) -> Result<Response, Broken> {
    let damaged = || Broken::Contradiction("a kept answer is none");
    let kept: Kept = serde_json::from_slice(opened).map_err(|_| damaged())?;
    let mut response = Response::new(Body::from(Bytes::from(kept.body)));
    *response.status_mut() = StatusCode::from_u16(kept.status).map_err(|_| damaged())?;
    for (name, value) in kept.headers {
        let name = HeaderName::try_from(name).map_err(|_| damaged())?;
        response.headers_mut().append(name, HeaderValue::try_from(value).map_err(|_| damaged())?);
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

/// A key is 1 to 200 visible characters.
fn plausible(key: &HeaderValue) -> Option<&str> {
    let key = key.to_str().ok()?;
    let fits = (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then_some(key)
}

fn digest(method: &Method, path: &str, body: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [method.as_str().as_bytes(), path.as_bytes(), body] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}
