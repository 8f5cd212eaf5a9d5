//! Bodies and paths as types, refused as problems before anything is looked up.

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::faults;

faults! {
    /// Why a request was refused before it was understood.
    InputFault { BodyMalformed, BodyTooLarge, BodyNotJson, PathUnknown, QueryMalformed }
}

/// A JSON body. What was wrong with it is not repeated: it may hold personal data.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = InputFault;

    async fn from_request(request: Request, state: &S) -> Result<Self, InputFault> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(InputFault::BodyNotJson),
            Err(JsonRejection::BytesRejection(rejection)) => Err(bytes_fault(&rejection)),
            Err(_) => Err(InputFault::BodyMalformed),
        }
    }
}

/// A body of plain bytes.
pub(crate) struct Raw(pub(crate) Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = InputFault;

    async fn from_request(request: Request, state: &S) -> Result<Self, InputFault> {
        match axum::body::Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes.into())),
            Err(rejection) => Err(bytes_fault(&rejection)),
        }
    }
}

/// The one id or code in a path.
pub(crate) struct InPath<T>(pub(crate) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for InPath<T> {
    type Rejection = InputFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InputFault> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| InputFault::PathUnknown)?;
        text.parse().map(Self).map_err(|_| InputFault::PathUnknown)
    }
}

/// What stands behind the question mark.
pub(crate) struct InQuery<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for InQuery<T> {
    type Rejection = InputFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InputFault> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Self(query)),
            Err(_) => Err(InputFault::QueryMalformed),
        }
    }
}

fn bytes_fault(rejection: &BytesRejection) -> InputFault {
    if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        InputFault::BodyTooLarge
    } else {
        InputFault::BodyMalformed
    }
}
