//! A finished portrait as a print needs it: its pixels, and its own JPEG where that can be printed as it is.

use std::borrow::Cow;

use super::jpeg::is_plain;
use crate::decode::{DecodeError, DecodeLimits, decode};
use crate::encode::{EncodeError, encode_at};
use crate::picture::Picture;

/// JPEG quality for portraits that come in another form.
const QUALITY: u8 = 98;

/// A finished portrait.
#[derive(Clone, PartialEq, Eq)]
pub struct Portrait {
    picture: Picture,
    /// The file, when it is a JPEG that a PDF may carry unchanged.
    jpeg: Option<Vec<u8>>,
}

impl Portrait {
    /// Reads a portrait's file.
    pub fn read(bytes: Vec<u8>, limits: &DecodeLimits) -> Result<Self, DecodeError> {
        let picture = decode(&bytes, limits)?;
        let plain = is_plain(&bytes, (picture.width_px(), picture.height_px()));
        Ok(Self { picture, jpeg: plain.then_some(bytes) })
    }

    /// A portrait that has no file yet.
    pub fn of(picture: Picture) -> Self {
        Self { picture, jpeg: None }
    }

    /// Its pixels.
    pub fn picture(&self) -> &Picture {
        &self.picture
    }

    /// A JPEG of it: its own where it has one, without a loss.
    pub(super) fn jpeg(&self) -> Result<Cow<'_, [u8]>, EncodeError> {
        match &self.jpeg {
            Some(jpeg) => Ok(Cow::Borrowed(jpeg)),
            None => Ok(Cow::Owned(encode_at(&self.picture, super::DPI, QUALITY)?)),
        }
    }
}

impl std::fmt::Debug for Portrait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portrait").field("picture", &self.picture).finish_non_exhaustive()
    }
}
