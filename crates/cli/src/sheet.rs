//! `gradshot sheet`: finished portraits side by side on photo paper.

mod output;
mod wanted;

use std::path::{Path, PathBuf};

use anyhow::Context;
use gradshot_domain::Severity;
use gradshot_imaging::decode::DecodeLimits;
use gradshot_imaging::sheet::{Copies, Order, Paper, Portrait, Sheet};
use gradshot_imaging::{Spec, Specs};
use gradshot_studio::Root;

use crate::Outcome;
use crate::imaging::{Studio, read};
use output::{Output, Printed};
use wanted::{Wanted, by_pixels, pairs};

/// 排版打印 · lay finished portraits out on photo paper, as JPEG or PDF, to be cut apart.
///
/// One spec goes with every portrait, one portrait with every spec; several of both go together in their order.
/// Without a spec, the portrait's pixels tell its size. Exit code: 0 written, 2 not.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Finished portraits: JPEG, PNG or WebP.
    #[arg(required = true, value_name = "PORTRAIT")]
    portraits: Vec<PathBuf>,
    /// Which size, and how often: `one-inch:8`. Without a count, as many as fit. See `gradshot specs`.
    #[arg(long = "spec", value_name = "ID[:COUNT]")]
    specs: Vec<Wanted>,
    /// Which paper: 5in (89×127 mm), 6in (102×152 mm) or a4.
    #[arg(long, default_value = "6in")]
    paper: Paper,
    /// The file to write, ending in .jpg or .pdf. JPEG has a file for each page.
    #[arg(short, long, value_name = "FILE", default_value = "sheet.jpg")]
    out: PathBuf,
    /// Make each portrait anew over this background first; then photos will do too. Needs --spec.
    #[arg(long, value_name = "ID", requires = "specs")]
    background: Option<String>,
    /// Leave the cut marks out.
    #[arg(long)]
    no_cut_lines: bool,
    /// Print what lies where as one JSON object.
    #[arg(long)]
    json: bool,
}

/// One portrait in one size.
struct Print {
    path: PathBuf,
    spec: Spec,
    copies: Copies,
    portrait: Portrait,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let output = Output::new(&arguments.out)?;
    let prints = prints(arguments)?;
    let orders: Vec<Order<'_>> = prints
        .iter()
        .map(|print| Order { portrait: &print.portrait, size: print.spec.print_size(), copies: print.copies })
        .collect();
    let sheet = Sheet::lay_out(&orders, arguments.paper, !arguments.no_cut_lines)?;
    let files = output.write(&sheet)?;
    let named = prints.iter().map(|print| (print.path.as_path(), print.spec.id.as_str())).collect();
    let printed = Printed::new(sheet.layout(), named, files);
    if arguments.json {
        println!("{}", serde_json::to_string(&printed)?);
    } else {
        println!("{printed}");
    }
    Ok(Outcome::Fine)
}

/// Every portrait with every spec that it goes with, read and ready.
fn prints(arguments: &Arguments) -> anyhow::Result<Vec<Print>> {
    let specs = Specs::load(&Root::find()?.specs())?;
    let mut prints = Vec::new();
    if arguments.specs.is_empty() {
        for path in &arguments.portraits {
            let portrait = finished(path)?;
            let spec = by_pixels(&specs, portrait.picture()).with_context(|| path.display().to_string())?;
            prints.push(Print { path: path.clone(), spec, copies: Copies::AsManyAsFit, portrait });
        }
        return Ok(prints);
    }
    let mut studio: Option<Studio> = None;
    for (portrait, wanted) in pairs(arguments.portraits.len(), arguments.specs.len())? {
        let (path, wanted) = (&arguments.portraits[portrait], &arguments.specs[wanted]);
        let mut spec = specs.get(&wanted.id)?.clone();
        let portrait = match &arguments.background {
            None => finished(path)?,
            Some(background) => {
                spec = spec.with_background(background)?;
                let opened = match studio.take() {
                    Some(opened) => opened,
                    None => Studio::open(&spec.id, None)?,
                };
                made_anew(path, &spec, studio.insert(opened))?
            }
        };
        prints.push(Print { path: path.clone(), spec, copies: wanted.copies, portrait });
    }
    Ok(prints)
}

/// A finished portrait's file as it is.
fn finished(path: &Path) -> anyhow::Result<Portrait> {
    let bytes = read(path)?;
    Portrait::read(bytes, &DecodeLimits::default()).with_context(|| path.display().to_string())
}

/// A portrait of what the photo shows, over the spec's background.
fn made_anew(path: &Path, spec: &Spec, studio: &Studio) -> anyhow::Result<Portrait> {
    let made = studio.engine.standardize(&read(path)?, spec)?;
    match made.portrait {
        Some(portrait) if made.verdict.outcome < Severity::Retake => {
            Ok(Portrait::read(portrait, &DecodeLimits::default())?)
        }
        _ => {
            let worst = made.verdict.complaints().next();
            let why = worst.map_or_else(String::new, |worst| format!("：{}\n    {}", worst.zh, worst.en));
            anyhow::bail!("{} 不能制作 {} · no portrait can be made{why}", path.display(), spec.zh)
        }
    }
}
