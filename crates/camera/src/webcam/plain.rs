//! What the library does not tell well of a webcam on Linux.
//!
//! A webcam stays as the last program left it, and the library refuses to open one whose pixels it does not know or whose
//! rate is not a whole number of frames a second; so such a webcam is set to something plain first. It also lists 7.5
//! frames a second as 15, which the webcam then does not do; so the kernel is asked itself.

use std::io;

use nokhwa::utils::{CameraFormat, CameraIndex, FrameFormat, Resolution};
use v4l::{
    Device, FourCC, Fraction,
    frameinterval::FrameIntervalEnum,
    framesize::FrameSizeEnum,
    video::{Capture as _, capture::Parameters},
};

/// The formats that are used, by the kernel's names.
const KNOWN: [(&[u8; 4], FrameFormat); 4] = [
    (b"MJPG", FrameFormat::MJPEG),
    (b"NV12", FrameFormat::NV12),
    (b"YUYV", FrameFormat::YUYV),
    (b"RGB3", FrameFormat::RAWRGB),
];
/// What is tried of a webcam that takes any size between two, and any rate.
const COMMON_SIZES: [(u32, u32); 5] = [(3840, 2160), (1920, 1080), (1280, 720), (640, 480), (640, 360)];
const COMMON_RATES: [u32; 4] = [30, 25, 15, 5];

/// Sets it to something that the library can read. What does not work here the library says better.
pub fn make_plain(index: &CameraIndex) {
    let made = opened(index).and_then(|webcam| {
        plain_pixels(&webcam)?;
        plain_rate(&webcam)
    });
    if let Err(error) = made {
        tracing::debug!(%error, "the webcam stays as the last program left it");
    }
}

/// Every format with a whole number of frames a second.
pub fn formats(index: &CameraIndex) -> io::Result<Vec<CameraFormat>> {
    let webcam = opened(index)?;
    let mut formats = Vec::new();
    for offered in webcam.enum_formats()? {
        let Some(kind) = known(offered.fourcc) else { continue };
        for size in sizes(&webcam, offered.fourcc)? {
            // A size that the driver takes back when it is asked about has no rates.
            let rates = rates(&webcam, offered.fourcc, size).unwrap_or_default();
            formats.extend(rates.into_iter().map(|rate| CameraFormat::new(size, kind, rate)));
        }
    }
    Ok(formats)
}

fn opened(index: &CameraIndex) -> io::Result<Device> {
    Device::new(index.as_index().map_err(|_| io::ErrorKind::NotFound)? as usize)
}

fn known(pixels: FourCC) -> Option<FrameFormat> {
    KNOWN.iter().find(|(name, _)| FourCC::new(name) == pixels).map(|(_, kind)| *kind)
}

fn plain_pixels(webcam: &Device) -> io::Result<()> {
    let mut format = webcam.format()?;
    if known(format.fourcc).is_some() {
        return Ok(());
    }
    if let Some(offered) = webcam.enum_formats()?.into_iter().find(|offered| known(offered.fourcc).is_some())
    {
        format.fourcc = offered.fourcc;
        webcam.set_format(&format)?;
    }
    Ok(())
}

fn plain_rate(webcam: &Device) -> io::Result<()> {
    if webcam.params()?.interval.numerator == 1 {
        return Ok(());
    }
    let format = webcam.format()?;
    let rates = rates(webcam, format.fourcc, Resolution::new(format.width, format.height))?;
    if let Some(fps) = rates.into_iter().max() {
        webcam.set_params(&Parameters::with_fps(fps))?;
    }
    Ok(())
}

fn sizes(webcam: &Device, pixels: FourCC) -> io::Result<Vec<Resolution>> {
    let listed = webcam.enum_framesizes(pixels)?;
    let sizes = listed.into_iter().flat_map(|size| match size.size {
        FrameSizeEnum::Discrete(size) => vec![Resolution::new(size.width, size.height)],
        FrameSizeEnum::Stepwise(size) => {
            let fits = |(width, height): &(u32, u32)| {
                (size.min_width..=size.max_width).contains(width)
                    && (size.min_height..=size.max_height).contains(height)
                    && (width - size.min_width) % size.step_width.max(1) == 0
                    && (height - size.min_height) % size.step_height.max(1) == 0
            };
            COMMON_SIZES
                .into_iter()
                .filter(fits)
                .map(|(width, height)| Resolution::new(width, height))
                .collect()
        }
    });
    Ok(sizes.collect())
}

fn rates(webcam: &Device, pixels: FourCC, size: Resolution) -> io::Result<Vec<u32>> {
    let listed = webcam.enum_frameintervals(pixels, size.width(), size.height())?;
    let rates = listed.into_iter().flat_map(|rate| match rate.interval {
        FrameIntervalEnum::Discrete(Fraction { numerator: 1, denominator }) => vec![denominator],
        FrameIntervalEnum::Discrete(_) => Vec::new(),
        FrameIntervalEnum::Stepwise(steps) => {
            let fits = |rate: &u32| !longer(*rate, steps.max) && !shorter(*rate, steps.min);
            COMMON_RATES.into_iter().filter(fits).collect()
        }
    });
    Ok(rates.collect())
}

/// Whether one frame at this rate takes longer than the interval.
fn longer(fps: u32, interval: Fraction) -> bool {
    u64::from(interval.denominator) > u64::from(interval.numerator) * u64::from(fps)
}

fn shorter(fps: u32, interval: Fraction) -> bool {
    u64::from(interval.denominator) < u64::from(interval.numerator) * u64::from(fps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_lies_between_two_intervals() {
        let (shortest, longest) = (Fraction::new(1, 30), Fraction::new(1, 10));
        let fits = |fps| !longer(fps, longest) && !shorter(fps, shortest);
        assert_eq!([30, 25, 15, 5].map(fits), [true, true, true, false]);
        assert!(!fits(60));
    }
}
