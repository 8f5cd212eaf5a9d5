//! The headers of the tus protocol, version 1.0.0 (tus.io), by which uploads go on where they were cut.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::problem::faults;

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");

/// How many bytes have come.
pub(in crate::api) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How many there are.
pub(in crate::api) const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// When the upload is given up.
pub(in crate::api) const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

faults! {
    /// Why a request was not understood as one of the protocol.
    TusFault { TusVersion }
}

/// A request of the protocol.
pub(crate) struct Tus(HeaderMap);

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = TusFault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, TusFault> {
        if parts.headers.get(RESUMABLE) == Some(&VERSION) {
            Ok(Self(parts.headers.clone()))
        } else {
            Err(TusFault::TusVersion)
        }
    }
}

/// Says on every answer what is spoken here.
pub(in crate::api) async fn spoken(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, VERSION);
    response.headers_mut().insert("tus-version", VERSION);
    response
}

/// What a piece's checksum says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::api) enum Checksum {
    Holds,
    Differs,
    Unknown,
}

impl Tus {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.to_str().ok()
    }

    /// A header that is a whole number.
    pub(in crate::api) fn number(&self, name: &HeaderName) -> Option<u64> {
        self.text(name.as_str())?.parse().ok()
    }

    /// Whether the body is a piece of an upload.
    pub(in crate::api) fn is_piece(&self) -> bool {
        self.text("content-type") == Some("application/offset+octet-stream")
    }

    /// A value of `Upload-Metadata`: pairs of a key and base64, with commas between them.
    pub(in crate::api) fn metadata(&self, key: &str) -> Option<String> {
        let pairs = self.text("upload-metadata")?.split(',');
        let (_, value) =
            pairs.filter_map(|pair| pair.trim().split_once(' ')).find(|(name, _)| *name == key)?;
        String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()
    }

    /// Compares a piece with `Upload-Checksum`; without one it holds.
    pub(in crate::api) fn checksum(&self, piece: &[u8]) -> Checksum {
        if !self.0.contains_key("upload-checksum") {
            return Checksum::Holds;
        }
        let given = self.text("upload-checksum").and_then(|text| text.split_once(' '));
        let Some((kind, Ok(given))) = given.map(|(kind, value)| (kind, STANDARD.decode(value))) else {
            return Checksum::Unknown;
        };
        let is = match kind {
            "sha1" => Sha1::digest(piece).to_vec(),
            "sha256" => Sha256::digest(piece).to_vec(),
            _ => return Checksum::Unknown,
        };
        if is == given { Checksum::Holds } else { Checksum::Differs }
    }
}
