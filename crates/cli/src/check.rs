//! `gradshot check`: is a finished portrait what the standard asks for?

use std::path::PathBuf;

use crate::Outcome;
use crate::imaging::{Studio, each, read};
use crate::report::Line;

/// 检查标准照 · judge finished portraits as they are.
///
/// Exit code: 0 all pass or need only a reviewer, 1 one must be taken again, 2 one could not be read.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Portraits: JPEG, PNG or WebP.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which standard, by the name of its file in assets/specs.
    #[arg(long, default_value = "chsi")]
    spec: String,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let studio = Studio::open(&arguments.spec, None)?;
    each(&arguments.files, &studio.spec.id, arguments.json, |file| {
        let checked = studio.engine.check(&read(file)?, &studio.spec)?;
        Ok(Line::judged(file, None, &studio.spec.id, checked.verdict, checked.timings))
    })
}
