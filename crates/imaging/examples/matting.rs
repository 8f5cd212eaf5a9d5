//! How good the mattes are, on composites with known truth:
//! `cargo build --workspace --example matting && target/debug/examples/matting FOLDER`, where FOLDER has `images/NAME_WALL.jpg` and `truth/NAME.png`
//! (8-bit grey). Prints SAD (thousands of pixels), MSE (×1000) and gradient error (×0.001, Gaussian derivative with
//! σ = 1.4 as in Rhemann and others, CVPR 2009), all at the portrait's resolution.

mod shared;

use std::collections::BTreeMap;
use std::path::PathBuf;

use gradshot_imaging::{CutOut, Plane};

#[derive(Default)]
struct Score {
    count: f64,
    sad: f64,
    mse: f64,
    gradient: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    let show = std::env::args_os().nth(2).map(PathBuf::from);
    let (engine, spec) = shared::open()?;
    let spec = &spec;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("images"))?.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.sort();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for file in files {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let Some((name, wall)) = stem.split_once('_') else { continue };
        let truth = image::open(folder.join("truth").join(format!("{name}.png")))?.into_luma8();
        let Some(cut_out) = engine.cut_out(&std::fs::read(&file)?, spec)? else {
            println!("{stem}: not one person");
            continue;
        };
        let truth = placed(&truth, &cut_out);
        let (sad, mse, gradient) = errors(&cut_out.alpha, &truth);
        println!("{stem:<16} SAD {sad:6.2}  MSE {mse:6.2}  gradient {gradient:6.2}");
        for key in [wall.to_owned(), format!("~{name}"), "all".to_owned()] {
            let score = scores.entry(key).or_default();
            score.count += 1.0;
            score.sad += sad;
            score.mse += mse;
            score.gradient += gradient;
        }
        if let Some(show) = &show {
            let width = cut_out.alpha.width_px();
            let picture = image::RgbImage::from_fn(width * 3, cut_out.alpha.height_px(), |x, y| {
                let at = (y * width + x % width) as usize;
                match x / width {
                    0 => image::Rgb(cut_out.photo.pixel(x, y)),
                    1 => image::Rgb([(cut_out.alpha.values()[at] * 255.0) as u8; 3]),
                    _ => image::Rgb([(truth[at] * 255.0) as u8; 3]),
                }
            });
            picture.save(show.join(format!("{stem}.png")))?;
        }
    }
    println!();
    for (key, score) in scores {
        let mean = |sum: f64| sum / score.count;
        println!(
            "{key:<16} SAD {:6.2}  MSE {:6.2}  gradient {:6.2}  ({})",
            mean(score.sad),
            mean(score.mse),
            mean(score.gradient),
            score.count
        );
    }
    Ok(())
}

/// The truth as the crop shows it.
fn placed(truth: &image::GrayImage, cut_out: &CutOut) -> Vec<f32> {
    let (width, height) = (cut_out.alpha.width_px(), cut_out.alpha.height_px());
    let window = cut_out.crop.window;
    let step = 1.0 / cut_out.crop.scale;
    let samples = (step.ceil() as u32).clamp(1, 8);
    let at = |x: f64, y: f64| -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let pixel = |x: f64, y: f64| -> f64 {
            if x < 0.0 || y < 0.0 || x >= f64::from(truth.width()) || y >= f64::from(truth.height()) {
                0.0
            } else {
                f64::from(truth.get_pixel(x as u32, y as u32).0[0]) / 255.0
            }
        };
        let (fx, fy) = (x - x.floor(), y - y.floor());
        let (x, y) = (x.floor(), y.floor());
        let upper = pixel(x, y) * (1.0 - fx) + pixel(x + 1.0, y) * fx;
        let lower = pixel(x, y + 1.0) * (1.0 - fx) + pixel(x + 1.0, y + 1.0) * fx;
        (upper * (1.0 - fy) + lower * fy) as f32
    };
    let mut values = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for j in 0..samples {
                for i in 0..samples {
                    let u = f64::from(x) + (f64::from(i) + 0.5) / f64::from(samples);
                    let v = f64::from(y) + (f64::from(j) + 0.5) / f64::from(samples);
                    sum += at(window.left + u * step, window.top + v * step);
                }
            }
            values.push(sum / (samples * samples) as f32);
        }
    }
    values
}

fn errors(alpha: &Plane, truth: &[f32]) -> (f64, f64, f64) {
    let (width, height) = (alpha.width_px() as usize, alpha.height_px() as usize);
    let differences = alpha.values().iter().zip(truth).map(|(a, b)| f64::from(a - b));
    let (mut sad, mut mse) = (0.0, 0.0);
    for difference in differences {
        sad += difference.abs();
        mse += difference * difference;
    }
    let mine = gradient(alpha.values(), width, height);
    let true_one = gradient(truth, width, height);
    let gradient: f64 = mine.iter().zip(&true_one).map(|(a, b)| f64::from(a - b).powi(2)).sum();
    (sad / 1000.0, mse / (width * height) as f64 * 1000.0, gradient / 10.0)
}

/// Magnitude of the Gaussian derivative with σ = 1.4.
fn gradient(values: &[f32], width: usize, height: usize) -> Vec<f32> {
    const REACH: isize = 5;
    const SIGMA: f64 = 1.4;
    let weight = |step: isize| (-(step * step) as f64 / (2.0 * SIGMA * SIGMA)).exp();
    let total: f64 = (-REACH..=REACH).map(weight).sum();
    let smooth: Vec<f64> = (-REACH..=REACH).map(|step| weight(step) / total).collect();
    let slope: Vec<f64> =
        (-REACH..=REACH).map(|step| step as f64 * weight(step) / total / (SIGMA * SIGMA)).collect();
    let across = |values: &[f64], kernel: &[f64]| -> Vec<f64> {
        let near = |at: usize, step: isize| {
            at / width * width + (at % width).saturating_add_signed(step).min(width - 1)
        };
        let sum = |at: usize| (-REACH..=REACH).zip(kernel).map(|(step, k)| k * values[near(at, step)]).sum();
        (0..width * height).map(sum).collect()
    };
    let down = |values: &[f64], kernel: &[f64]| -> Vec<f64> {
        let near = |at: usize, step: isize| {
            (at / width).saturating_add_signed(step).min(height - 1) * width + at % width
        };
        let sum = |at: usize| (-REACH..=REACH).zip(kernel).map(|(step, k)| k * values[near(at, step)]).sum();
        (0..width * height).map(sum).collect()
    };
    let values: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
    let horizontal = across(&down(&values, &smooth), &slope);
    let vertical = down(&across(&values, &smooth), &slope);
    horizontal.iter().zip(&vertical).map(|(a, b)| a.hypot(*b) as f32).collect()
}
