//! Joins the imaging engine to the server, which knows nothing of pictures: portraits of shots from phones.

use std::sync::{Mutex, OnceLock, PoisonError};

use gradshot_imaging::{Engine, Specs, StandardizeError};
use gradshot_server::{Standardize, StandardizeFault, StandardizedShot};

use crate::Root;

/// The engine and the specs, opened with the first shot: most servers start without one.
pub struct PhoneDarkroom {
    root: Root,
    opening: Mutex<()>,
    open: OnceLock<(Engine, Specs)>,
}

impl PhoneDarkroom {
    /// One that opens with its first shot from this root.
    pub const fn new(root: Root) -> Self {
        Self { root, opening: Mutex::new(()), open: OnceLock::new() }
    }

    fn opened(&self) -> anyhow::Result<&(Engine, Specs)> {
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = self.open.get() {
            return Ok(open);
        }
        let opened = (Engine::open(&self.root.engine_options())?, Specs::load(&self.root.specs())?);
        Ok(self.open.get_or_init(|| opened))
    }
}

impl Standardize for PhoneDarkroom {
    fn standardize(&self, shot: &[u8], spec: &str) -> Result<StandardizedShot, StandardizeFault> {
        let failed = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a shot was not standardized");
            StandardizeFault::Engine
        };
        let (engine, specs) = self.opened().map_err(|error| failed(&error))?;
        let spec = specs.get(spec).map_err(|error| failed(&error))?;
        match engine.standardize(shot, spec) {
            Ok(made) => Ok(StandardizedShot { portrait: made.portrait, verdict: made.verdict }),
            Err(StandardizeError::Decode(_)) => Err(StandardizeFault::Unreadable),
            Err(error) => Err(failed(&error)),
        }
    }
}
