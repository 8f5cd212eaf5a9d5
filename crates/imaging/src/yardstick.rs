//! The matting network as it was published, on the processor: what the whole chain's speed is compared with.

use crate::engine::{EngineOptions, OpenEngineError};
use crate::models::Manifest;
use crate::session::{InferenceError, Net, Runtime};

/// Side of the empty picture that it runs on, pixels.
const SIDE_PX: usize = 512;

/// The published network, ready to run. The engine runs a rewritten one.
pub struct Yardstick {
    net: Net,
    input: Vec<f32>,
}

impl Yardstick {
    /// Loads the published weights, verified like all others.
    pub fn open(options: &EngineOptions) -> Result<Self, OpenEngineError> {
        let runtime = Runtime::load(options.runtime_library.as_deref())?;
        let name = "modnet_published";
        let weights = Manifest::read(&options.models_dir)?.load(&options.models_dir, name)?;
        let net = Net::open(&runtime, name, &weights, options.threads)?;
        Ok(Self { net, input: vec![0.0; SIDE_PX * SIDE_PX * 3] })
    }

    /// Runs the network once.
    pub fn run(&self) -> Result<(), InferenceError> {
        self.net.run(&[1, 3, SIDE_PX, SIDE_PX], &self.input).map(drop)
    }
}

impl std::fmt::Debug for Yardstick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Yardstick").finish_non_exhaustive()
    }
}
