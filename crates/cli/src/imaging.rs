//! What `standardize` and `check` share: the engine, the spec, the bar, and the way through many files.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use gradshot_domain::Severity;
use gradshot_imaging::{Engine, Spec, Specs};
use gradshot_studio::Root;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::Outcome;
use crate::report::Line;

/// Largest photo file that is read into memory, bytes.
const MAX_FILE_BYTES: u64 = 96 << 20;
/// From this many files on a progress bar is worth its line.
const MANY_FILES: usize = 3;

/// Engine and spec, ready.
pub struct Studio {
    /// The engine.
    pub engine: Engine,
    /// The spec that was asked for.
    pub spec: Spec,
}

impl Studio {
    /// Opens the engine and reads the spec, over another background than its own if one is named.
    pub fn open(spec: &str, background: Option<&str>) -> anyhow::Result<Self> {
        let root = Root::find()?;
        let mut spec = Specs::load(&root.specs())?.get(spec)?.clone();
        if let Some(background) = background {
            spec = spec.with_background(background)?;
        }
        let engine = Engine::open(&root.engine_options())?;
        Ok(Self { engine, spec })
    }
}

/// Reads a photo's bytes.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let size = std::fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
    anyhow::ensure!(
        size <= MAX_FILE_BYTES,
        "{} has {size} bytes, more than the {MAX_FILE_BYTES} allowed",
        path.display()
    );
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Takes every file through `work`, prints what came of it, and draws the conclusion. One bad file does not stop
/// the others.
pub fn each(
    files: &[PathBuf],
    spec: &str,
    json: bool,
    mut work: impl FnMut(&Path) -> anyhow::Result<Line>,
) -> anyhow::Result<Outcome> {
    let bar = bar(files.len());
    let mut outcome = Outcome::Fine;
    for file in files {
        let line = work(file).unwrap_or_else(|error| Line::unreadable(file, spec, &error));
        outcome = outcome.max(match line.severity() {
            None => Outcome::Failed,
            Some(Severity::Retake) => Outcome::Retake,
            Some(_) => Outcome::Fine,
        });
        let text = if json { serde_json::to_string(&line)? } else { line.to_string() };
        bar.suspend(|| writeln!(std::io::stdout().lock(), "{text}"))
            .context("the result cannot be printed")?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(outcome)
}

fn bar(files: usize) -> ProgressBar {
    let visible = files >= MANY_FILES && std::io::stderr().is_terminal();
    let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}") {
        bar.set_style(style);
    }
    bar
}
