//! What is measured: the sample photos, and a photo as large as today's cameras make them.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use gradshot_imaging::Picture;
use gradshot_imaging::decode::{DecodeLimits, decode};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::root;

/// The samples of which portraits are made.
const SAMPLES: [&str; 2] = ["giunchedi.jpg", "grace_hopper.jpg"];
/// Pixels of the large photo.
const LARGE_PX: f64 = 24e6;
/// How far its noise moves a channel up or down: a camera's at a low sensitivity.
const NOISE: u32 = 4;
/// What cameras write.
const QUALITY: u8 = 92;

/// The samples and the large photo, which is the last.
pub fn usual() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = SAMPLES.map(|name| root().join("assets/photos").join(name)).into();
    paths.push(large()?);
    Ok(paths)
}

/// A sample photo enlarged to 24 megapixels with a camera's noise, so that decoding it costs what a camera's file
/// costs. Made once.
fn large() -> Result<PathBuf, Box<dyn Error>> {
    let path = root().join("target/bench/24-megapixels.jpg");
    if !path.is_file() {
        fs::create_dir_all(root().join("target/bench"))?;
        let sample = fs::read(root().join("assets/photos/grace_hopper.jpg"))?;
        let sample = decode(&sample, &DecodeLimits::default())?;
        let jpeg = enlarged_jpeg(&sample)?;
        fs::write(&path, jpeg)?;
    }
    Ok(path)
}

fn enlarged_jpeg(sample: &Picture) -> Result<Vec<u8>, Box<dyn Error>> {
    let area = f64::from(sample.width_px()) * f64::from(sample.height_px());
    let factor = (LARGE_PX / area).sqrt();
    let side = |length: u32| (f64::from(length) * factor).round() as u16;
    let (width, height) = (side(sample.width_px()), side(sample.height_px()));
    let mut rgb = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    let mut state = 1u32;
    let mut noise = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % (2 * NOISE + 1)) as f32 - NOISE as f32
    };
    for y in 0..height {
        for x in 0..width {
            let colour = between(sample, f64::from(x) / factor, f64::from(y) / factor);
            rgb.extend(colour.map(|channel| (channel + noise()).round() as u8));
        }
    }
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(&rgb, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}

/// The colour between four pixels.
fn between(picture: &Picture, x: f64, y: f64) -> [f32; 3] {
    let (right, down) = (x.fract() as f32, y.fract() as f32);
    let (x, y) = (x as u32, y as u32);
    let row = |y| {
        let (a, b) = (picture.pixel(x, y), picture.pixel(x + 1, y));
        [0, 1, 2].map(|c| f32::from(a[c]) * (1.0 - right) + f32::from(b[c]) * right)
    };
    let (upper, lower) = (row(y), row(y + 1));
    [0, 1, 2].map(|c| upper[c] * (1.0 - down) + lower[c] * down)
}
