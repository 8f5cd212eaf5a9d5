//! Stage by stage milliseconds of the whole chain, beside the bare matting network in the same process:
//! `cargo run -p gradshot-imaging --example bench -- PHOTO…`

use std::path::{Path, PathBuf};
use std::time::Instant;

use gradshot_imaging::{Engine, EngineOptions, Specs};

/// Runs of each photo; medians are printed.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let photos: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let began = Instant::now();
    let named = std::env::var_os("ORT_DYLIB_PATH").is_some();
    let library = root.join("target/tools/onnxruntime/libonnxruntime.so");
    let engine = Engine::open(&EngineOptions {
        models_dir: root.join("models"),
        runtime_library: (!named).then_some(library),
        threads: std::thread::available_parallelism().map_or(2, usize::from),
    })?;
    println!("open {:.0} ms", began.elapsed().as_secs_f64() * 1e3);
    let specs = Specs::load(&root.join("assets/specs"))?;
    let spec = specs.get("chsi")?;
    let mut bare = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        engine.run_bare_matte()?;
        bare.push(began.elapsed().as_secs_f64() * 1e3);
    }
    println!("bare MODNet 512×512 {:.0} ms", median(&mut bare));
    for photo in photos {
        let bytes = std::fs::read(&photo)?;
        let runs: Result<Vec<_>, _> = (0..RUNS).map(|_| engine.standardize(&bytes, spec)).collect();
        let runs = runs?;
        print!("{}:", photo.display());
        for (stage, _) in runs[0].timings.stages() {
            let mut laps: Vec<f64> = runs.iter().filter_map(|run| run.timings.stage_ms(stage)).collect();
            print!(" {stage} {:.1}", median(&mut laps));
        }
        let mut totals: Vec<f64> = runs.iter().map(|run| run.timings.total_ms()).collect();
        println!(" total {:.0} ms", median(&mut totals));
    }
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
