//! How often the verdict is right: `cargo build --workspace --example calibrate && target/debug/examples/calibrate FOLDER [GOOD…]`.
//!
//! FOLDER holds the photos that `labels.csv` beside this file lists with what is wrong in each (nothing: a good
//! portrait; `other`: a fault that no check is made for). The photos are other people's and not part of the project.
//! GOOD are further people who look as they should. Each of them is put before the walls of studios and
//! changed, harmlessly and harmfully (`changes.rs`).
//! Prints Markdown: per photo whether it is caught, per finding how often it is named.

mod changes;
#[path = "../shared/mod.rs"]
mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gradshot_domain::{FindingId, Severity, Verdict};
use gradshot_imaging::spec::Band;
use gradshot_imaging::{Engine, Picture, Spec};

const LABELS: &str = include_str!("labels.csv");

#[derive(Default)]
struct Tally {
    named: usize,
    missed: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("name a folder of photos")?;
    let mut good: Vec<PathBuf> = arguments.collect();
    let (engine, spec) = shared::open()?;
    let spec = &spec;
    let mut photos = Tally::default();
    let mut findings: BTreeMap<FindingId, Tally> = BTreeMap::new();
    let mut count = |what: &str, verdict: &Verdict, wanted: &[FindingId]| {
        if verdict.outcome > Severity::Pass {
            photos.named += 1;
        } else {
            photos.missed.push(what.to_owned());
        }
        for &id in wanted {
            let tally = findings.entry(id).or_default();
            if verdict.complaints().any(|finding| finding.id == id) {
                tally.named += 1;
            } else {
                tally.missed.push(what.to_owned());
            }
        }
    };
    for line in LABELS.lines().skip(1) {
        let (file, violations) = line.split_once(',').ok_or("a label without a comma")?;
        let path = found(&folder.join(file))?;
        if violations.is_empty() {
            good.push(path);
            continue;
        }
        let wanted: Vec<FindingId> =
            violations.split(' ').filter_map(|id| serde_json::from_value(id.into()).ok()).collect();
        count(file, &engine.standardize(&std::fs::read(&path)?, spec)?.verdict, &wanted);
    }
    let (mut harmless, mut silent) = (0, 0);
    for path in &good {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (wall, picture) in before_walls(&engine, spec, &std::fs::read(path)?)? {
            for (change, make) in changes::HARMLESS {
                let verdict = judged(&engine, spec, &make(&picture))?;
                harmless += 1;
                let complaints: Vec<String> = verdict
                    .complaints()
                    .map(|finding| format!("{:?} {:.2}", finding.id, finding.measured.unwrap_or(f64::NAN)))
                    .collect();
                if complaints.is_empty() {
                    silent += 1;
                } else {
                    println!("false alarm: {name}, {wall}, {change}: {}", complaints.join(", "));
                }
            }
            for (change, id, make) in changes::FAULTS {
                let what = format!("{name}, {wall}, {change}");
                count(&what, &judged(&engine, spec, &make(&picture))?, &[id]);
            }
        }
    }
    println!("\n| | right | of | share | not |\n|---|---|---|---|---|");
    println!(
        "| good portraits without a word | {silent} | {harmless} | {:.1} % | |",
        100.0 * f64::from(silent) / f64::from(harmless)
    );
    print("photos with a fault that are stopped", &photos);
    for (id, tally) in &findings {
        print(&format!("`{}`", serde_json::to_value(id)?.as_str().unwrap_or_default()), tally);
    }
    Ok(())
}

/// The photo of this name, or the one whose name begins with it and a line.
fn found(path: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    if path.is_file() {
        return Ok(path.to_owned());
    }
    let begin = format!("{}_", path.file_name().unwrap_or_default().to_string_lossy());
    for entry in std::fs::read_dir(path.parent().ok_or("a label without a folder")?)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&begin) {
            return Ok(entry.path());
        }
    }
    Err(format!("there is no photo {}", path.display()).into())
}

/// The person of a good photo before the walls of studios, half as large again as a portrait.
fn before_walls(
    engine: &Engine,
    spec: &Spec,
    bytes: &[u8],
) -> Result<Vec<(&'static str, Picture)>, Box<dyn std::error::Error>> {
    const WALLS: [(&str, [f64; 3]); 4] = [
        ("white wall", [240.0, 240.0, 238.0]),
        ("grey wall", [176.0, 178.0, 180.0]),
        ("beige wall", [222.0, 207.0, 184.0]),
        ("blue wall", [120.0, 170.0, 215.0]),
    ];
    const LARGER: f64 = 1.5;
    let mut spec = spec.clone();
    let larger = |band: &mut Band| *band = Band { min: band.min * LARGER, max: band.max * LARGER };
    spec.picture.width_px = 720;
    spec.picture.height_px = 960;
    larger(&mut spec.geometry.hairline_px);
    larger(&mut spec.geometry.eye_line_px);
    larger(&mut spec.geometry.face_width_px);
    let Some(cut_out) = engine.cut_out(bytes, &spec)? else { return Ok(Vec::new()) };
    let (width, height) = (spec.picture.width_px, spec.picture.height_px);
    let walls = WALLS.into_iter().filter_map(|(name, wall)| {
        let rgb = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| {
                let alpha = f64::from(cut_out.alpha.row(y)[x as usize]);
                // A wall in a studio is a little darker towards its corners.
                let (u, v) = (f64::from(x) / 720.0 - 0.5, f64::from(y) / 960.0 - 0.5);
                let light = 1.0 - 0.12 * (u * u + v * v);
                let person = cut_out.person.pixel(x, y);
                std::array::from_fn::<u8, 3, _>(|c| {
                    (alpha * f64::from(person[c]) + (1.0 - alpha) * wall[c] * light) as u8
                })
            })
            .collect();
        Some((name, Picture::new(width, height, rgb)?))
    });
    Ok(walls.collect())
}

fn judged(engine: &Engine, spec: &Spec, picture: &Picture) -> Result<Verdict, Box<dyn std::error::Error>> {
    let mut jpeg = Vec::new();
    let image = image::RgbImage::from_raw(picture.width_px(), picture.height_px(), picture.rgb().to_vec());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 92);
    image.ok_or("sizes differ")?.write_with_encoder(encoder)?;
    Ok(engine.standardize(&jpeg, spec)?.verdict)
}

fn print(what: &str, tally: &Tally) {
    let all = tally.named + tally.missed.len();
    println!(
        "| {what} | {} | {all} | {:.1} % | {} |",
        tally.named,
        100.0 * tally.named as f64 / all.max(1) as f64,
        tally.missed.join("; ")
    );
}
