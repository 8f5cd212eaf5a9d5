//! What is said about one file: a JSON line for programs, a few lines for people.

use std::fmt;
use std::path::{Path, PathBuf};

use gradshot_domain::{Finding, Severity, Verdict};
use gradshot_imaging::Timings;
use serde::Serialize;

/// What came of one file.
#[derive(Debug, Serialize)]
pub struct Line {
    input: PathBuf,
    output: Option<PathBuf>,
    spec: String,
    /// `None` when the file could not be worked on at all.
    verdict: Option<Severity>,
    findings: Vec<Finding>,
    timings_ms: Option<Timings>,
    /// Why the file could not be worked on.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Line {
    /// A file that was judged, and the portrait that was written of it, if one was.
    pub fn judged(
        input: &Path,
        output: Option<PathBuf>,
        spec: &str,
        verdict: Verdict,
        timings: Timings,
    ) -> Self {
        Self {
            input: input.to_owned(),
            output,
            spec: spec.to_owned(),
            verdict: Some(verdict.outcome),
            findings: verdict.findings,
            timings_ms: Some(timings),
            error: None,
        }
    }

    /// A file that could not be worked on.
    pub fn unreadable(input: &Path, spec: &str, error: &anyhow::Error) -> Self {
        Self {
            input: input.to_owned(),
            output: None,
            spec: spec.to_owned(),
            verdict: None,
            findings: Vec::new(),
            timings_ms: None,
            error: Some(format!("{error:#}")),
        }
    }

    /// The verdict's word; `None` when the file could not be worked on.
    pub fn severity(&self) -> Option<Severity> {
        self.verdict
    }
}

/// The verdict first, then what is not in order, in both languages.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", word(self.verdict), self.input.display())?;
        if let Some(output) = &self.output {
            write!(f, " → {}", output.display())?;
        }
        if let Some(timings) = &self.timings_ms {
            write!(f, "  {:.0} ms", timings.total_ms())?;
        }
        if let Some(error) = &self.error {
            write!(f, "\n    {error}")?;
        }
        for finding in self.findings.iter().filter(|finding| finding.severity > Severity::Pass) {
            write!(f, "\n    {}：{}\n        {}", word(Some(finding.severity)), finding.zh, finding.en)?;
        }
        Ok(())
    }
}

fn word(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Pass) => "合格 pass",
        Some(Severity::Review) => "待审 review",
        Some(Severity::Retake) => "重拍 retake",
        None => "无法读取 unreadable",
    }
}
