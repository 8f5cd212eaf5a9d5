//! A photo that is decoded at the size that is needed.

use super::spectrum::{EIGHTHS, Spectrum};
use super::{DecodeError, DecodeLimits, Format, Raw, admit_bytes, decode, finish, jpeg, recognise};
use crate::picture::Picture;

/// Long side of an overview, at least, pixels. Faces are looked for at half of it.
const OVERVIEW_PX: u32 = 1000;

/// A photo's file, opened.
pub struct Source<'a> {
    bytes: &'a [u8],
    limits: DecodeLimits,
    reducible: Option<Reducible<'a>>,
}

/// A photo at full size or smaller, upright, in sRGB.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
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
    pub fn open(bytes: &'a [u8], limits: &DecodeLimits) -> Result<Self, DecodeError> {
        admit_bytes(bytes, limits)?;
        let reducible = match recognise(bytes)? {
            Format::Jpeg => Reducible::open(bytes, jpeg::header(bytes, limits)?),
            _ => None,
        };
        Ok(Self { bytes, limits: *limits, reducible })
    }

    /// The whole photo, small if that is quicker, but large enough to find people in.
    pub fn overview(&self) -> Result<View, DecodeError> {
        let small = self.reducible.as_ref().and_then(|reducible| reducible.view(reducible.eighths));
        small.map_or_else(|| self.whole(), Ok)
    }

    /// The photo with at least `density` of its own pixels along each side, 0 to 1; as large as it is when it has
    /// fewer. A view that is fine enough is given back.
    pub fn finer(&self, view: View, density: f64) -> Result<View, DecodeError> {
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

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let eighths = self.reducible.as_ref().map(|photo| photo.eighths);
        f.debug_struct("Source").field("overview_eighths", &eighths).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A camera's file of 2400×1600 pixels, brighter to the right and redder to the bottom.
    fn shot() -> Vec<u8> {
        let pixel = |i: u32| [(i % 2400 / 10) as u8, 60, (i / 2400 / 8) as u8];
        let rgb: Vec<u8> = (0..2400 * 1600).flat_map(pixel).collect();
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
        encoder.encode(&rgb, 2400, 1600, jpeg_encoder::ColorType::Rgb).unwrap();
        bytes
    }

    /// The same file with an orientation in its metadata.
    fn turned(bytes: &[u8], orientation: u8) -> Vec<u8> {
        let exif = [
            b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(),
            &[orientation, 0, 0, 0, 0, 0, 0, 0],
        ];
        [&bytes[..2], &exif.concat(), &bytes[2..]].concat()
    }

    #[test]
    fn views_are_as_fine_as_asked_and_no_finer() {
        let bytes = shot();
        let source = Source::open(&bytes, &DecodeLimits::default()).unwrap();
        let overview = source.overview().unwrap();
        assert_eq!((overview.picture.width_px(), overview.reduction), (1200, 2.0));
        let same = source.finer(overview.clone(), 0.5).unwrap();
        assert_eq!(same, overview);
        let whole = source.finer(same, 0.6).unwrap();
        assert_eq!((whole.picture.width_px(), whole.reduction), (2400, 1.0));
        assert_eq!(whole.picture, decode(&bytes, &DecodeLimits::default()).unwrap());
    }

    #[test]
    fn a_view_stands_as_the_whole_photo_does() {
        let bytes = shot();
        for orientation in 1..=8 {
            let bytes = turned(&bytes, orientation);
            let whole = decode(&bytes, &DecodeLimits::default()).unwrap();
            let view = Source::open(&bytes, &DecodeLimits::default()).unwrap().overview().unwrap();
            assert!((view.reduction - 2.0).abs() < 1e-9);
            assert_eq!(view.picture.width_px() * 2, whole.width_px());
            for (x, y) in [(5, 5), (700, 5), (5, 700), (700, 700)] {
                let (seen, wanted) = (view.picture.pixel(x, y), whole.pixel(2 * x, 2 * y));
                let near = seen.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 3);
                assert!(near, "{orientation}: {seen:?} instead of {wanted:?} at {x},{y}");
            }
        }
    }

    #[test]
    fn small_and_damaged_photos_are_read_whole_or_refused() {
        let small = turned(&shot(), 3);
        let cut = &small[..small.len() / 2];
        let source = Source::open(cut, &DecodeLimits::default()).unwrap();
        assert_eq!(source.overview(), Err(DecodeError::Truncated));
        let tight = DecodeLimits { pixels: 2400 * 1600 - 1, ..DecodeLimits::default() };
        assert!(matches!(Source::open(&small, &tight), Err(DecodeError::TooManyPixels { .. })));
        assert_eq!(Source::open(b"", &tight).map(|_| ()), Err(DecodeError::Empty));
    }
}
