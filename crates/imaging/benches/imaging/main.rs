//! The way from a shot to a portrait and its verdict, stage by stage, beside the bare matting network as it was
//! published, in the same process: `cargo xtask bench imaging [--json FILE] [PHOTO…]`.
//!
//! The bare network and every photo take turns, so that what else the machine does hits all of them alike; medians
//! are printed. Cold start and memory are those of fresh processes: the bench starts itself once more for each.

mod cold;
mod live;
mod photos;
mod report;
mod rounds;

use std::error::Error;
use std::path::{Path, PathBuf};

use gradshot_imaging::{Engine, EngineOptions, RUNTIME_VARIABLE, Spec, Specs, Yardstick};

use crate::report::Report;
use crate::rounds::Photo;

/// What the command line asks for.
struct Arguments {
    json: Option<PathBuf>,
    /// The photo that a fresh process turns into a portrait: the bench's own errand to itself.
    cold: Option<PathBuf>,
    photos: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read()?;
    if let Some(photo) = arguments.cold {
        return cold::errand(&photo);
    }
    let paths = if arguments.photos.is_empty() { photos::usual()? } else { arguments.photos };
    let photos = paths.into_iter().map(Photo::read).collect::<Result<Vec<_>, _>>()?;
    let headline = photos.last().ok_or("there is no photo to measure")?;
    let cold = cold::measure(&headline.path)?;
    let (engine, spec) = open()?;
    let yardstick = Yardstick::open(&options())?;
    let rounds = rounds::measure(&engine, &yardstick, &spec, &photos)?;
    let live = live::measure(&engine, &spec)?;
    let report = Report { provider: engine.provider(), rounds, cold, live };
    report.print();
    if let Some(file) = arguments.json {
        std::fs::write(file, report.json().to_string())?;
    }
    Ok(())
}

impl Arguments {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut arguments = Self { json: None, cold: None, photos: Vec::new() };
        let mut words = std::env::args_os().skip(1);
        while let Some(word) = words.next() {
            let mut file = || words.next().map(PathBuf::from).ok_or("a file name is missing");
            match word.to_str() {
                // What `cargo bench` adds.
                Some("--bench") => {}
                Some("--json") => arguments.json = Some(file()?),
                Some("--cold") => arguments.cold = Some(file()?),
                Some(option) if option.starts_with('-') => {
                    return Err(format!("{option} is not known; give [--json FILE] [PHOTO…]").into());
                }
                _ => arguments.photos.push(word.into()),
            }
        }
        Ok(arguments)
    }
}

/// The engine as the product opens it, and the spec that portraits are made for.
fn open() -> Result<(Engine, Spec), Box<dyn Error>> {
    let engine = Engine::open(&options())?;
    let spec = Specs::load(&root().join("assets/specs"))?.get("chsi")?.clone();
    Ok((engine, spec))
}

fn options() -> EngineOptions {
    let library = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let named = std::env::var_os(RUNTIME_VARIABLE).is_some();
    EngineOptions {
        models_dir: root().join("models"),
        runtime_library: (!named).then(|| root().join("target/tools/onnxruntime").join(library)),
        threads: std::thread::available_parallelism().map_or(2, usize::from),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The middle value, which a single hiccup does not move.
fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
