//! A fresh process from its start to its first portrait, and the most memory that it ever held.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::{median, open};

/// Processes that are started.
const STARTS: usize = 3;

/// What fresh processes needed, medians.
pub struct Cold {
    /// From start to end, milliseconds.
    pub ms: f64,
    /// Largest resident memory, megabytes; `None` where the system does not tell.
    pub peak_rss_mb: Option<f64>,
}

/// Starts fresh processes for one photo, one after another.
pub fn measure(photo: &Path) -> Result<Cold, Box<dyn Error>> {
    let (mut ms, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let output = Command::new(std::env::current_exe()?).arg("--cold").arg(photo).output()?;
        ms.push(began.elapsed().as_secs_f64() * 1e3);
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        memory.extend(String::from_utf8_lossy(&output.stdout).trim().parse::<f64>().ok());
    }
    Ok(Cold { ms: median(ms), peak_rss_mb: (!memory.is_empty()).then(|| median(memory)) })
}

/// What the fresh process does: one portrait, and a line with its largest memory.
pub fn errand(photo: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(photo)?;
    let (engine, spec) = open()?;
    engine.standardize(&bytes, &spec)?.portrait.ok_or("no portrait came of the photo")?;
    if let Some(kilobytes) = peak_rss_kb() {
        println!("{:.1}", kilobytes / 1024.0);
    }
    Ok(())
}

/// The kernel's own mark of the most memory this process held.
fn peak_rss_kb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
