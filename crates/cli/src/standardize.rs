//! `gradshot standardize`: shots in, portraits and verdicts out.

use std::path::PathBuf;

use anyhow::Context;

use crate::Outcome;
use crate::imaging::{Studio, each, read};
use crate::output_name::OutputNames;
use crate::report::Line;

/// 标准化照片 · make a standard portrait of every photo, and judge it.
///
/// Exit code: 0 all pass or need only a reviewer, 1 one must be taken again, 2 one could not be read.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Photos: JPEG, PNG or WebP.
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,
    /// Folder for the portraits; made when it is not there.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// Which standard, by the name of its file in assets/specs.
    #[arg(long, default_value = "chsi")]
    spec: String,
    /// Which background, by its name in the spec; without it the spec's own.
    #[arg(long, value_name = "ID")]
    background: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let studio = Studio::open(&arguments.spec, arguments.background.as_deref())?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("the folder {} cannot be made", arguments.out.display()))?;
    let mut names = OutputNames::new(&arguments.out);
    each(&arguments.inputs, &studio.spec.id, arguments.json, |input| {
        let standardized = studio.engine.standardize(&read(input)?, &studio.spec)?;
        let write = |jpeg: Vec<u8>| names.write(input, &jpeg).context("the portrait cannot be written");
        let output = standardized.portrait.map(write).transpose()?;
        Ok(Line::judged(input, output, &studio.spec.id, standardized.verdict, standardized.timings))
    })
}
