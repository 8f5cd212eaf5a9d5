//! A photo that is decoded at the size that is needed.

use super::spectrum::{EIGHTHS, Spectrum};
use super::{DecodeError, DecodeLimits, Format, Raw, admit_bytes, decode, finish, jpeg, recognise};
use crate::picture::Picture;

/// Long side of an overview, at least, pixels. Faces are looked for at half of it.
const OVERVIEW_PX: u32 = 1000;

/// A photo's file, opened.
pub(crate) struct Source<'a> {
    bytes: &'a [u8],
    limits: DecodeLimits,
    reducible: Option<Reducible<'a>>,
}

/// A photo at full size or smaller, upright, in sRGB.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct View {
    /// Its pixels.
    pub picture: Picture,
    /// The shot's pixels along one of the picture's.
    pub reduction: f64,
}

/// A photo that can be shown at a fraction of its size for a fraction of the effort.
struct Reducible<'a> {
    header: jpeg::Header,
    spectrum: Spectrum<'a>,
    /// Size of an overview.
    eighths: u32,
}

impl<'a> Source<'a> {
    /// Opens a file. Errors that show only in the pixels come with the first view.
    pub(crate) fn open(bytes: &'a [u8], limits: &DecodeLimits) -> Result<Self, DecodeError> {
        admit_bytes(bytes, limits)?;
        let reducible = match recognise(bytes)? {
            Format::Jpeg => Reducible::open(bytes, jpeg::header(bytes, limits)?),
            _ => None,
        };
        Ok(Self { bytes, limits: *limits, reducible })
    }

    /// The whole photo, small if that is quicker, but large enough to find people in.
    pub(crate) fn overview(&self) -> Result<View, DecodeError> {
        let small = self.reducible.as_ref().and_then(|reducible| reducible.view(reducible.eighths));
        small.map_or_else(|| self.whole(), Ok)
    }

    /// The photo with at least `density` of its own pixels along each side, 0 to 1; as large as it is when it has
    /// fewer. A view that is fine enough is given back.
    pub(crate) fn finer(&self, view: View, density: f64) -> Result<View, DecodeError> {
        if density * view.reduction <= 1.0 || view.reduction <= 1.0 {
            return Ok(view);
        }
        drop(view);
        let eighths = EIGHTHS.into_iter().find(|&eighths| density <= f64::from(eighths) / 8.0);
        let view = self.reducible.as_ref().zip(eighths).and_then(|(photo, eighths)| photo.view(eighths));
        view.map_or_else(|| self.whole(), Ok)
    }

    fn whole(&self) -> Result<View, DecodeError> {
        Ok(View { picture: decode(self.bytes, &self.limits)?, reduction: 1.0 })
    }
}

impl<'a> Reducible<'a> {
    /// `None` when the photo is too small to gain anything, or of a kind that is only read whole.
    fn open(bytes: &'a [u8], header: jpeg::Header) -> Option<Self> {
        let long = header.width_px.max(header.height_px);
        let eighths = EIGHTHS.into_iter().find(|eighths| long * eighths / 8 >= OVERVIEW_PX)?;
        let spectrum = Spectrum::read(bytes)?;
        Some(Self { header, spectrum, eighths })
    }

    fn view(&self, eighths: u32) -> Option<View> {
        let picture = self.spectrum.picture(eighths)?;
        let profile = self.header.profile.clone();
        let picture = finish(Raw { picture, profile, orientation: self.header.orientation });
        Some(View { picture, reduction: 8.0 / f64::from(eighths) })
    }
}
