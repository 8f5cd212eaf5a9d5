//! How many live frames a second the coach takes, alone and beside a thread that makes one portrait after the other:
//! `cargo run --release -p gradshot-imaging --example coach -- PHOTO [SHOT]`
//!
//! PHOTO is set into 640×480 frames that move a little; SHOT is what becomes portraits, PHOTO without one.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gradshot_imaging::decode::{DecodeLimits, decode};
use gradshot_imaging::{Engine, EngineOptions, Picture, Spec, Specs};

/// How long each measurement lasts.
const LASTS: Duration = Duration::from_secs(6);
const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let photo = arguments.next().unwrap_or_else(|| root.join("assets/photos/grace_hopper.jpg"));
    let shot = std::fs::read(arguments.next().unwrap_or_else(|| photo.clone()))?;
    let named = std::env::var_os(gradshot_imaging::RUNTIME_VARIABLE).is_some();
    let library = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let engine = Engine::open(&EngineOptions {
        models_dir: root.join("models"),
        runtime_library: (!named).then(|| root.join("target/tools/onnxruntime").join(library)),
        threads: std::thread::available_parallelism().map_or(2, usize::from),
    })?;
    let specs = Specs::load(&root.join("assets/specs"))?;
    let spec = specs.get("chsi")?;
    let picture = decode(&std::fs::read(photo)?, &DecodeLimits::default())?;
    let frames: Vec<Picture> = (0..8).map(|step| frame(&picture, step)).collect();

    measure("alone", &engine, spec, &frames)?;
    let (done, portraits) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let made = engine.standardize(&shot, spec);
                portraits.fetch_add(usize::from(made.is_ok()), Ordering::Relaxed);
            }
        });
        let measured = measure("busy", &engine, spec, &frames);
        done.store(true, Ordering::Relaxed);
        measured
    })?;
    let rate = portraits.into_inner() as f64 / LASTS.as_secs_f64();
    println!("busy: {rate:.1} portraits a second beside it");
    Ok(())
}

fn measure(
    name: &str,
    engine: &Engine,
    spec: &Spec,
    frames: &[Picture],
) -> Result<(), Box<dyn std::error::Error>> {
    let mut coach = engine.coach(spec)?;
    let mut laps = Vec::new();
    let mut last = None;
    let began = Instant::now();
    for frame in frames.iter().cycle() {
        let at = began.elapsed();
        if at >= LASTS {
            break;
        }
        last = Some(coach.see(frame, at)?);
        laps.push(began.elapsed().saturating_sub(at).as_secs_f64() * 1e3);
    }
    laps.sort_by(f64::total_cmp);
    let part = |share: f64| laps[((laps.len() - 1) as f64 * share) as usize];
    println!(
        "{name}: {:.0} frames a second; a frame takes {:.1} ms, 95 of 100 less than {:.1} ms, the longest {:.1} ms",
        laps.len() as f64 / LASTS.as_secs_f64(),
        part(0.5),
        part(0.95),
        part(1.0),
    );
    if let Some(coaching) = last {
        let hints: Vec<&str> = coaching.hints.iter().map(|hint| hint.zh()).collect();
        println!(
            "{name}: {} face(s), {}, {hints:?}",
            coaching.faces,
            if coaching.ready { "ready" } else { "not ready" }
        );
    }
    Ok(())
}

/// The photo as large as fits into a frame, moved by some pixels; its edge goes on beyond it.
fn frame(photo: &Picture, step: u32) -> Picture {
    let scale = f64::from(photo.height_px()) / f64::from(HEIGHT);
    let left = (f64::from(WIDTH) - f64::from(photo.width_px()) / scale) / 2.0 + f64::from(step % 4);
    let rgb = (0..HEIGHT)
        .flat_map(|y| (0..WIDTH).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let from_x = ((f64::from(x) - left) * scale).max(0.0);
            photo.pixel(from_x as u32, (f64::from(y) * scale) as u32)
        })
        .collect();
    Picture::new(WIDTH, HEIGHT, rgb).unwrap_or_else(|| Picture::filled(WIDTH, HEIGHT, [0; 3]))
}
