//! The darkroom: from a shot to a portrait and a verdict.

use std::sync::Arc;

use gradshot_domain::Verdict;
use gradshot_imaging::{Engine, Specs};

use crate::session::Failure;

/// Makes portraits. Blocks; called on threads of its own.
pub trait Darkroom: Send + Sync {
    /// Develops the shot for the spec.
    fn develop(&self, shot: &[u8], spec: &str) -> Result<Developed, Failure>;
}

/// What came of a shot.
#[derive(Debug, Clone, PartialEq)]
pub struct Developed {
    /// The portrait, a JPEG file; absent when there is not exactly one person to make it of.
    pub portrait: Option<Vec<u8>>,
    /// What was found out.
    pub verdict: Verdict,
    /// Milliseconds that it took.
    pub millis: u32,
}

/// The darkroom that ships: the imaging engine with its specs.
#[derive(Clone)]
pub struct EngineDarkroom {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The specs it knows.
    pub specs: Arc<Specs>,
}

impl Darkroom for EngineDarkroom {
    fn develop(&self, shot: &[u8], spec: &str) -> Result<Developed, Failure> {
        let spec = self.specs.get(spec).map_err(|error| {
            Failure::new(format!("本机没有照片规格 {spec}，请更新软件"), error.to_string())
        })?;
        let made = self.engine.standardize(shot, spec).map_err(|error| {
            Failure::new("照片无法读取，请重拍", format!("The shot cannot be used: {error}"))
        })?;
        Ok(Developed {
            portrait: made.portrait,
            verdict: made.verdict,
            millis: made.timings.total_ms().round() as u32,
        })
    }
}
