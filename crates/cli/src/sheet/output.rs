//! Writing the pages, and saying what lies on them.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use gradshot_imaging::sheet::{Layout, Sheet};
use serde::Serialize;

/// Where the pages go. Nothing is overwritten.
pub struct Output {
    path: PathBuf,
    form: Form,
}

enum Form {
    Jpeg,
    Pdf,
}

impl Output {
    /// Reads the form from the name's ending.
    pub fn new(path: &Path) -> anyhow::Result<Self> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let form = match ending.as_deref() {
            Some("jpg" | "jpeg") => Form::Jpeg,
            Some("pdf") => Form::Pdf,
            _ => anyhow::bail!("{} ends neither in .jpg nor in .pdf", path.display()),
        };
        Ok(Self { path: path.to_owned(), form })
    }

    /// Writes every page and returns the files, in their order.
    pub fn write(&self, sheet: &Sheet<'_>) -> anyhow::Result<Vec<PathBuf>> {
        let pages = sheet.layout().pages.len();
        let files = match self.form {
            Form::Pdf => vec![self.path.clone()],
            Form::Jpeg => (1..=pages).map(|page| self.page(page, pages)).collect(),
        };
        if let Some(taken) = files.iter().find(|file| file.exists()) {
            anyhow::bail!("{} is there already; choose another name with --out", taken.display());
        }
        for (page, file) in files.iter().enumerate() {
            let bytes = match self.form {
                Form::Pdf => sheet.pdf()?,
                Form::Jpeg => sheet.jpeg(page)?.unwrap_or_default(),
            };
            std::fs::File::create_new(file)
                .and_then(|mut file| file.write_all(&bytes))
                .with_context(|| format!("{} cannot be written", file.display()))?;
        }
        Ok(files)
    }

    /// `sheet.jpg`, or `sheet-2.jpg` where there are several pages.
    fn page(&self, page: usize, pages: usize) -> PathBuf {
        if pages == 1 {
            return self.path.clone();
        }
        let mut name = self.path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{page}."));
        name.push(self.path.extension().unwrap_or_default());
        self.path.with_file_name(name)
    }
}

/// What was laid out, for programs and for people.
#[derive(Debug, Serialize)]
pub struct Printed<'a> {
    paper: &'static str,
    width_mm: f64,
    height_mm: f64,
    files: Vec<PathBuf>,
    orders: Vec<Line<'a>>,
    pages: Vec<Vec<Print>>,
}

/// How often one portrait is there in one size.
#[derive(Debug, Serialize)]
struct Line<'a> {
    portrait: &'a Path,
    spec: &'a str,
    prints: u32,
}

/// One print.
#[derive(Debug, Serialize)]
struct Print {
    order: usize,
    left_mm: f64,
    top_mm: f64,
    width_mm: f64,
    height_mm: f64,
    sideways: bool,
}

impl<'a> Printed<'a> {
    /// Describes a layout; `orders` are the portraits' files and their specs.
    pub fn new(layout: &Layout, orders: Vec<(&'a Path, &'a str)>, files: Vec<PathBuf>) -> Self {
        let counts = layout.counts(orders.len());
        let lines = orders.into_iter().zip(counts);
        let pages = layout.pages.iter().map(|page| {
            page.iter()
                .map(|place| Print {
                    order: place.order,
                    left_mm: place.left_mm,
                    top_mm: place.top_mm,
                    width_mm: place.width_mm,
                    height_mm: place.height_mm,
                    sideways: place.sideways,
                })
                .collect()
        });
        Self {
            paper: layout.paper.id(),
            width_mm: layout.width_mm,
            height_mm: layout.height_mm,
            files,
            pages: pages.collect(),
            orders: lines.map(|((portrait, spec), prints)| Line { portrait, spec, prints }).collect(),
        }
    }
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let laid = if self.width_mm > self.height_mm { "横放 lying" } else { "竖放 standing" };
        write!(f, "{} {laid}  {} 页 pages →", self.paper, self.pages.len())?;
        for file in &self.files {
            write!(f, " {}", file.display())?;
        }
        for line in &self.orders {
            write!(f, "\n    {} × {}  {}", line.prints, line.spec, line.portrait.display())?;
        }
        Ok(())
    }
}
