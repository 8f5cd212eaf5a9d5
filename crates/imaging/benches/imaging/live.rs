//! Coached live frames a second, alone and next to portraits being made.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::{Coach, Engine, Picture, Spec};
use jpeg_encoder::{ColorType, Encoder};

use crate::root;

/// A frame's size, as webcams and cameras' live views give it.
const FRAME_PX: (u16, u16) = (640, 480);
/// What they write.
const QUALITY: u8 = 85;
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
    let frame = frame(&decode(&shot, &DecodeLimits::default())?)?;
    let mut coach = engine.coach(spec)?;
    let clock = Instant::now();
    let alone_fps = count(&mut coach, &frame, clock)?;
    let done = AtomicBool::new(false);
    let busy_fps = std::thread::scope(|scope| {
        let portraits = scope.spawn(|| {
            let mut made = 0u32;
            while !done.load(Ordering::Relaxed) {
                made += u32::from(engine.standardize(&shot, spec).is_ok());
            }
            made
        });
        let counted = count(&mut coach, &frame, clock);
        done.store(true, Ordering::Relaxed);
        match portraits.join() {
            Ok(made) if made > 0 => counted,
            _ => Err("no portrait was made beside the live frames".into()),
        }
    })?;
    Ok(Live { alone_fps, busy_fps })
}

/// Frames a second over a while; the coach is told the time by `clock`, which must not go back.
fn count(coach: &mut Coach, frame: &[u8], clock: Instant) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut frames = 0u32;
    while began.elapsed() < COUNTED {
        coach.see_jpeg(frame, clock.elapsed())?;
        frames += 1;
    }
    Ok(f64::from(frames) / began.elapsed().as_secs_f64())
}

/// The photo in the middle of a frame, as high as the frame, as JPEG.
fn frame(photo: &Picture) -> Result<Vec<u8>, Box<dyn Error>> {
    let (width, height) = FRAME_PX;
    let factor = f64::from(photo.height_px()) / f64::from(height);
    let left = (f64::from(width) - f64::from(photo.width_px()) / factor) / 2.0;
    let colour = |x: u16, y: u16| {
        let (x, y) = (((f64::from(x) - left) * factor).max(0.0), f64::from(y) * factor);
        photo.pixel(x as u32, y as u32)
    };
    let rgb: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, QUALITY).encode(&rgb, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}
