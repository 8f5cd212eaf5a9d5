//! One frame as it came, and what becomes of it: a file, or a picture to look at.

use std::{
    io::Cursor,
    sync::Arc,
    time::{Duration, SystemTime},
};

use image::{
    RgbImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use nokhwa::{
    Buffer,
    utils::{FrameFormat, nv12_to_rgb, yuyv422_to_rgb},
};

use super::jpeg;
use crate::{Fault, FramePixels, LiveFrame, ShotFormat};

/// When the frame was exposed, if the system tells.
pub fn exposed_at(frame: &Buffer) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(frame.capture_timestamp()?)
}

/// By the clock that frames are stamped with.
#[expect(
    clippy::disallowed_methods,
    reason = "compared with the system's own stamp on a frame, and with nothing else"
)]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// How long ago the frame was exposed; one without a stamp is of this moment.
pub fn age(frame: &Buffer) -> Duration {
    exposed_at(frame).and_then(|at| now().duration_since(at).ok()).unwrap_or_default()
}

/// The frame as a file: the JPEG that it is, or a PNG, which loses nothing.
pub fn file(frame: &Buffer) -> Result<(ShotFormat, Vec<u8>), Fault> {
    if frame.source_frame_format() == FrameFormat::MJPEG {
        return Ok((ShotFormat::Jpeg, jpeg::whole(frame.buffer())?));
    }
    let mut file = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(Cursor::new(&mut file), CompressionType::Fast, FilterType::Adaptive);
    picture(frame)?.write_with_encoder(encoder).map_err(|_| Fault::BrokenFile)?;
    Ok((ShotFormat::Png, file))
}

/// The frame to look at.
pub fn live(frame: &Buffer) -> Result<LiveFrame, Fault> {
    let file = if frame.source_frame_format() == FrameFormat::MJPEG {
        jpeg::whole(frame.buffer())?
    } else {
        jpeg::of_live(&picture(frame)?)?
    };
    let size = frame.resolution();
    let (width_px, height_px) = (size.width(), size.height());
    Ok(LiveFrame { width_px, height_px, pixels: FramePixels::Jpeg(Arc::from(file)) })
}

/// Bare pixels as red, green and blue. The buffer may be longer than the frame.
fn picture(frame: &Buffer) -> Result<RgbImage, Fault> {
    let size = frame.resolution();
    let pixels = size.width() as usize * size.height() as usize;
    let exactly = |bytes: usize| frame.buffer().get(..bytes).ok_or(Fault::BrokenFile);
    let rgb = match frame.source_frame_format() {
        FrameFormat::YUYV => yuyv422_to_rgb(exactly(pixels * 2)?, false).map_err(|_| Fault::BrokenFile)?,
        FrameFormat::NV12 => {
            nv12_to_rgb(size, exactly(pixels * 3 / 2)?, false).map_err(|_| Fault::BrokenFile)?
        }
        FrameFormat::RAWRGB => exactly(pixels * 3)?.to_vec(),
        _ => return Err(Fault::NoFormat),
    };
    RgbImage::from_raw(size.width(), size.height(), rgb).ok_or(Fault::BrokenFile)
}

#[cfg(test)]
mod tests {
    use nokhwa::utils::Resolution;

    use super::*;

    /// Left half red, right half blue, as webcams send them (BT.601, 16 to 235).
    const RED: [u8; 3] = [81, 90, 240];
    const BLUE: [u8; 3] = [41, 240, 110];

    fn yuyv() -> Vec<u8> {
        let pair = |[y, u, v]: [u8; 3]| [y, u, y, v];
        (0..16).flat_map(|_| [pair(RED), pair(RED), pair(BLUE), pair(BLUE)]).flatten().collect()
    }

    fn nv12() -> Vec<u8> {
        let row = [RED[0], RED[0], RED[0], RED[0], BLUE[0], BLUE[0], BLUE[0], BLUE[0]];
        let colours = [RED[1], RED[2], RED[1], RED[2], BLUE[1], BLUE[2], BLUE[1], BLUE[2]];
        [row.repeat(16), colours.repeat(8)].concat()
    }

    #[test]
    fn bare_pixels_keep_their_colour_and_their_side() {
        for (kind, mut bytes) in [(FrameFormat::YUYV, yuyv()), (FrameFormat::NV12, nv12())] {
            bytes.extend([0; 100]);
            let frame = Buffer::new(Resolution::new(8, 16), &bytes, kind);
            let (format, file) = file(&frame).unwrap();
            assert_eq!(format, ShotFormat::Png);
            assert!(format.is_complete(&file));
            let shown = image::load_from_memory(&file).unwrap().into_rgb8();
            let near =
                |found: [u8; 3], wanted: [u8; 3]| found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 8);
            assert!(near(shown.get_pixel(1, 8).0, [255, 0, 0]), "{kind}: {:?}", shown.get_pixel(1, 8));
            assert!(near(shown.get_pixel(6, 8).0, [0, 0, 255]), "{kind}: {:?}", shown.get_pixel(6, 8));
            assert_eq!(live(&frame).unwrap().height_px, 16);
        }
        let short = Buffer::new(Resolution::new(8, 16), &[0; 100], FrameFormat::YUYV);
        assert_eq!(file(&short), Err(Fault::BrokenFile));
    }
}
