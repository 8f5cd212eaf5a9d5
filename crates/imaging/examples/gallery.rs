//! Before and after of many photos on one page: `cargo xtask gallery [FOLDER…]`.
//!
//! Writes `target/gallery/index.html` with every shot, its portrait at full size and what the verdict says, and
//! `target/gallery/sheet.jpg`, the same in small.

mod shared;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gradshot_domain::Severity;
use gradshot_imaging::Standardized;
use gradshot_imaging::decode::{DecodeLimits, decode};

/// Height of a picture on the sheet, pixels.
const TILE_PX: u32 = 240;
/// Pairs of pictures side by side on the sheet.
const COLUMNS: u32 = 4;
/// Photos on the page, at most.
const MAX_PHOTOS: usize = 400;

struct Entry {
    name: String,
    before: image::RgbImage,
    after: Option<image::RgbImage>,
    made: Option<Standardized>,
    error: Option<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = vec![root.join("assets/photos"), root.join("assets/photos/refused")];
    }
    let (engine, spec) = shared::open()?;
    let spec = &spec;
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        files.extend(
            std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()),
        );
    }
    files.retain(|file| {
        let ending =
            file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        ["jpg", "jpeg", "png", "webp"].contains(&ending.as_str())
    });
    files.sort();
    files.truncate(MAX_PHOTOS);
    let out = root.join("target/gallery");
    std::fs::create_dir_all(&out)?;
    let mut entries = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&file)?;
        let Ok(shot) = decode(&bytes, &DecodeLimits::default()) else { continue };
        let shot = image::RgbImage::from_raw(shot.width_px(), shot.height_px(), shot.rgb().to_vec());
        let before = small(&shot.ok_or("sizes differ")?, 640);
        let (made, error) = match engine.standardize(&bytes, spec) {
            Ok(made) => (Some(made), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let portrait = made.as_ref().and_then(|made| made.portrait.as_deref());
        let after = portrait.map(image::load_from_memory).transpose()?.map(image::DynamicImage::into_rgb8);
        before.save(out.join(format!("{name}-before.jpg")))?;
        if let Some(portrait) = portrait {
            std::fs::write(out.join(format!("{name}.jpg")), portrait)?;
        }
        entries.push(Entry { name, before, after, made, error });
    }
    std::fs::write(out.join("index.html"), page(&entries))?;
    sheet(&entries).save(out.join("sheet.jpg"))?;
    println!("{} photos: {}", entries.len(), out.join("index.html").display());
    Ok(())
}

fn page(entries: &[Entry]) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Gradshot</title><style>\
         body{font:15px/1.5 system-ui;margin:24px;background:#f4f5f7;color:#1c2430}\
         section{display:flex;gap:16px;background:#fff;border-radius:12px;padding:16px;margin:0 0 16px}\
         img{height:640px;border-radius:4px}li{margin:2px 0}.pass{color:#1b7a3d}.review{color:#9a6700}.retake{color:#b42318}</style>",
    );
    for entry in entries {
        let _ = write!(page, "<section><img src=\"{}-before.jpg\">", entry.name);
        if entry.after.is_some() {
            let _ = write!(page, "<img src=\"{}.jpg\">", entry.name);
        }
        let _ = write!(page, "<div><h3>{}</h3>", entry.name);
        if let Some(made) = &entry.made {
            let _ = write!(page, "<p class={0}>{0}</p><ul>", word(made.verdict.outcome));
            for finding in made.verdict.complaints() {
                let _ = write!(
                    page,
                    "<li class={}>{}<br><small>{}</small>",
                    word(finding.severity),
                    finding.zh,
                    finding.en
                );
            }
            page.push_str("</ul>");
        }
        let _ = write!(page, "{}</div></section>", entry.error.as_deref().unwrap_or_default());
    }
    page
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Pass => "pass",
        Severity::Review => "review",
        Severity::Retake => "retake",
    }
}

/// All pairs in small; a coloured line below each tells the verdict.
fn sheet(entries: &[Entry]) -> image::RgbImage {
    let (pair_width, pair_height) = (TILE_PX * 2, TILE_PX + 12);
    let rows = (entries.len() as u32).div_ceil(COLUMNS).max(1);
    let mut sheet =
        image::RgbImage::from_pixel(COLUMNS * pair_width, rows * pair_height, image::Rgb([244, 245, 247]));
    for (entry, index) in entries.iter().zip(0u32..) {
        let (left, top) = (index % COLUMNS * pair_width, index / COLUMNS * pair_height);
        for (picture, x) in [(Some(&entry.before), left), (entry.after.as_ref(), left + TILE_PX)] {
            if let Some(picture) = picture {
                image::imageops::overlay(&mut sheet, &small(picture, TILE_PX), i64::from(x), i64::from(top));
            }
        }
        let colour = match entry.made.as_ref().map(|made| made.verdict.outcome) {
            Some(Severity::Pass) => [46, 160, 67],
            Some(Severity::Review) => [210, 153, 34],
            _ => [207, 34, 46],
        };
        for x in left..left + pair_width - 8 {
            for y in 0..4 {
                sheet.put_pixel(x, top + TILE_PX + 2 + y, image::Rgb(colour));
            }
        }
    }
    sheet
}

/// The picture with its longer side at most this long.
fn small(picture: &image::RgbImage, side_px: u32) -> image::RgbImage {
    let factor = f64::from(side_px) / f64::from(picture.width().max(picture.height()));
    if factor >= 1.0 {
        return picture.clone();
    }
    let side = |length: u32| ((f64::from(length) * factor) as u32).max(1);
    image::imageops::resize(
        picture,
        side(picture.width()),
        side(picture.height()),
        image::imageops::FilterType::Triangle,
    )
}
