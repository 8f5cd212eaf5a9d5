//! How an endpoint says no: its own small enum of faults, each answered as `application/problem+json`.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use gradshot_seal::{InvalidKey, SealedFieldError};
use gradshot_storage::{BlobError, StorageError};
use gradshot_wire::Problem;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, example::ExampleBuilder};

pub(crate) use crate::catalogue::Code;

/// Responses of an operation as OpenAPI keeps them, by status.
pub(crate) type Responses = BTreeMap<String, RefOr<utoipa::openapi::Response>>;

/// Something that is nobody's wrong input: logged in full, answered in general.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error(transparent)]
    SealedField(#[from] SealedFieldError),
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// A row points to another that is not there, or holds what cannot be.
    #[error("the data contradicts itself: {0}")]
    Contradiction(&'static str),
    /// A step of the work failed that cannot be put down to the caller.
    #[error("{0}")]
    Step(&'static str),
}

impl Broken {
    /// The problem that the caller sees; what really happened goes to the log.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Storage(StorageError::Stale { .. } | StorageError::Duplicate) => Code::ChangedMeanwhile,
            Self::Storage(StorageError::Busy) => Code::Busy,
            _ => {
                tracing::error!(error = %self, "a request failed");
                Code::Broken
            }
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        let text = code.text();
        Self::new(text.status, text.code, text.zh, text.en)
    }
}

impl IntoResponse for Code {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.text().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&Problem::from(self)).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, Problem::MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], body)
            .into_response()
    }
}

/// The documentation of these problems: one response per status, one example per code.
pub(crate) fn documented(codes: &[Code]) -> Responses {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.text().status).or_default().push(*code);
    }
    by_status
        .into_iter()
        .map(|(status, codes)| {
            let examples = codes.iter().map(|code| {
                let value = serde_json::to_value(Problem::from(*code)).unwrap_or_default();
                let example = ExampleBuilder::new().summary(code.text().en).value(Some(value)).build();
                (code.text().code, example)
            });
            let schema: RefOr<utoipa::openapi::Schema> = Ref::from_schema_name("Problem").into();
            let content = ContentBuilder::new().schema(Some(schema)).examples_from_iter(examples).build();
            let names: Vec<_> = codes.iter().map(|code| format!("`{}`", code.text().code)).collect();
            let response = ResponseBuilder::new()
                .description(names.join(", "))
                .content(Problem::MEDIA_TYPE, content)
                .build();
            (status.to_string(), RefOr::T(response))
        })
        .collect()
}

/// Declares the faults of one endpoint: an enum whose variants are problems of the catalogue, and `Broken`.
macro_rules! faults {
    ($(#[$doc:meta])* $name:ident { $($fault:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) enum $name {
            $($fault,)*
            Broken($crate::problem::Broken),
        }

        impl $name {
            /// What it may come to, beside what every endpoint may.
            pub(crate) const CODES: &'static [$crate::problem::Code] = &[$($crate::problem::Code::$fault),*];
        }

        impl<E> From<E> for $name
        where
            E: $crate::problem::Internal,
        {
            fn from(error: E) -> Self {
                Self::Broken(error.into_broken())
            }
        }

        impl axum::response::IntoResponse for $name {
            fn into_response(self) -> axum::response::Response {
                match self {
                    $(Self::$fault => $crate::problem::Code::$fault.into_response(),)*
                    Self::Broken(broken) => broken.code().into_response(),
                }
            }
        }

        impl utoipa::IntoResponses for $name {
            fn responses() -> $crate::problem::Responses {
                $crate::problem::documented(Self::CODES)
            }
        }
    };
}
pub(crate) use faults;

/// An error that no endpoint has words of its own for. Lets `?` turn it into any endpoint's fault.
pub(crate) trait Internal {
    fn into_broken(self) -> Broken;
}

macro_rules! internal {
    ($($error:ty),+) => {$(
        impl Internal for $error {
            fn into_broken(self) -> Broken {
                self.into()
            }
        }
    )+};
}

internal! { Broken, StorageError, BlobError, SealedFieldError, InvalidKey }
