//! Warm runs: the bare network and each photo in turn.

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use gradshot_imaging::{Engine, Spec, Timings, Yardstick};

use crate::median;

/// Rounds that are measured, after one that is not.
const ROUNDS: usize = 9;
/// The stage that runs the matting network.
const NETWORK_STAGE: &str = "matte";

/// One photo.
pub struct Photo {
    pub name: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

impl Photo {
    pub fn read(path: PathBuf) -> Result<Self, Box<dyn Error>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, bytes: std::fs::read(&path)?, path })
    }
}

/// Medians over all rounds.
pub struct Rounds {
    /// The matting network alone at 512×512 with full precision, milliseconds.
    pub bare_ms: f64,
    /// One row per photo, in their order.
    pub rows: Vec<Row>,
}

/// One photo's medians.
pub struct Row {
    pub name: String,
    /// In the order the stages ran, milliseconds.
    pub stages_ms: Vec<(&'static str, f64)>,
    pub total_ms: f64,
    /// Everything but the stage that runs the matting network.
    pub beside_network_ms: f64,
    /// The total over the bare network's run in the same round.
    pub ratio: f64,
}

/// Runs every photo and the bare network in turn.
pub fn measure(
    engine: &Engine,
    yardstick: &Yardstick,
    spec: &Spec,
    photos: &[Photo],
) -> Result<Rounds, Box<dyn Error>> {
    let mut bare_ms = Vec::new();
    let mut runs: Vec<Vec<Timings>> = photos.iter().map(|_| Vec::new()).collect();
    for round in 0..=ROUNDS {
        let began = Instant::now();
        yardstick.run()?;
        let bare = began.elapsed().as_secs_f64() * 1e3;
        let timings: Result<Vec<_>, _> =
            photos.iter().map(|photo| Ok(engine.standardize(&photo.bytes, spec)?.timings)).collect();
        let timings = timings.map_err(|error: Box<dyn Error>| error)?;
        if round > 0 {
            bare_ms.push(bare);
            runs.iter_mut().zip(timings).for_each(|(runs, timings)| runs.push(timings));
        }
    }
    let rows = photos.iter().zip(&runs).map(|(photo, runs)| row(&photo.name, runs, &bare_ms)).collect();
    Ok(Rounds { bare_ms: median(bare_ms), rows })
}

fn row(name: &str, runs: &[Timings], bare_ms: &[f64]) -> Row {
    let stages = runs.first().map_or(&[][..], Timings::stages);
    let network = |run: &Timings| run.stage_ms(NETWORK_STAGE).unwrap_or(0.0);
    Row {
        name: name.to_owned(),
        stages_ms: stages
            .iter()
            .map(|&(stage, _)| (stage, median(runs.iter().filter_map(|run| run.stage_ms(stage)))))
            .collect(),
        total_ms: median(runs.iter().map(Timings::total_ms)),
        beside_network_ms: median(runs.iter().map(|run| run.total_ms() - network(run))),
        ratio: median(runs.iter().zip(bare_ms).map(|(run, bare)| run.total_ms() / bare)),
    }
}
