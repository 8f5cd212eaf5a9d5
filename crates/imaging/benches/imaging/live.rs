//! Live frames a second, alone and next to portraits being made.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::{Engine, Picture, Spec};

use crate::root;

/// A frame's size, as webcams and cameras' live views give it.
const FRAME_PX: (u32, u32) = (640, 480);
/// How long frames are counted.
const COUNTED: Duration = Duration::from_secs(2);

/// Frames a second.
pub struct Live {
    pub alone_fps: f64,
    /// While another thread makes one portrait after another.
    pub busy_fps: f64,
}

/// Counts frames, first alone, then beside a thread that makes portraits.
pub fn measure(engine: &Engine, spec: &Spec) -> Result<Live, Box<dyn Error>> {
    let shot = std::fs::read(root().join("assets/photos/grace_hopper.jpg"))?;
    let frame = frame(&decode(&shot, &DecodeLimits::default())?);
    let alone_fps = count(engine, &frame)?;
    let done = AtomicBool::new(false);
    let busy_fps = std::thread::scope(|scope| {
        scope.spawn(|| while !done.load(Ordering::Relaxed) && engine.standardize(&shot, spec).is_ok() {});
        let counted = count(engine, &frame);
        done.store(true, Ordering::Relaxed);
        counted
    })?;
    Ok(Live { alone_fps, busy_fps })
}

fn count(engine: &Engine, frame: &Picture) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut frames = 0u32;
    while began.elapsed() < COUNTED {
        engine.look(frame)?;
        frames += 1;
    }
    Ok(f64::from(frames) / began.elapsed().as_secs_f64())
}

/// The photo in the middle of a frame, as high as the frame.
fn frame(photo: &Picture) -> Picture {
    let (width, height) = FRAME_PX;
    let factor = f64::from(photo.height_px()) / f64::from(height);
    let left = (f64::from(width) - f64::from(photo.width_px()) / factor) / 2.0;
    let rgb = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let (x, y) = (((f64::from(x) - left) * factor).max(0.0), f64::from(y) * factor);
            photo.pixel(x as u32, y as u32)
        })
        .collect();
    Picture::new(width, height, rgb).unwrap_or_else(|| photo.clone())
}
