//! ONNX Runtime. The only file that knows it; everything else sees slices of numbers.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::value::{PrimitiveTensorElementType, TensorRef};

/// The variable that names the runtime's library when the options do not.
pub const RUNTIME_VARIABLE: &str = "ORT_DYLIB_PATH";

/// Why ONNX Runtime is not available.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuntimeError {
    /// Neither the options nor the environment name a library.
    #[error("no ONNX Runtime library was named; run `cargo xtask setup`, or set {RUNTIME_VARIABLE}")]
    Unnamed,
    /// The named file is not there.
    #[error("there is no ONNX Runtime library at {}; run `cargo xtask setup`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is there and cannot be used.
    #[error("the ONNX Runtime library at {} cannot be used ({reason}); run `cargo xtask setup`", path.display())]
    Unusable {
        /// The library.
        path: PathBuf,
        /// What the loader said.
        reason: String,
    },
}

/// Why a model did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the model {model} failed: {reason}")]
pub struct InferenceError {
    /// The model's name in the manifest.
    pub model: &'static str,
    /// What the runtime said.
    pub reason: String,
}

/// A kind of number that models take: `f32`, or `i32` where pixels go in as they are.
pub(crate) trait Number: PrimitiveTensorElementType + std::fmt::Debug + Clone + 'static {}

impl Number for f32 {}
impl Number for i32 {}

/// One output of a model.
pub(crate) struct Tensor {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// ONNX Runtime, loaded. A process has one, however many engines it opens.
#[derive(Clone)]
pub(crate) struct Runtime {
    environment: Environment,
}

/// One model, ready to run. Calls from several threads take turns.
pub(crate) struct Net {
    model: &'static str,
    session: Mutex<Session>,
}

impl Runtime {
    /// Loads the library, or hands out the one that the process has already loaded.
    pub(crate) fn load(library: Option<&Path>) -> Result<Self, RuntimeError> {
        static LOADED: OnceLock<Environment> = OnceLock::new();
        static LOADING: Mutex<()> = Mutex::new(());
        let _turn = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(environment) = LOADED.get() {
            return Ok(Self { environment: environment.clone() });
        }
        let path = match library {
            Some(path) => path.to_owned(),
            None => std::env::var_os(RUNTIME_VARIABLE).map(PathBuf::from).ok_or(RuntimeError::Unnamed)?,
        };
        let path = std::path::absolute(&path).unwrap_or(path);
        if !path.is_file() {
            return Err(RuntimeError::Missing { path });
        }
        let unusable = |reason: String| RuntimeError::Unusable { path: path.clone(), reason };
        let environment = ort::init_from(&path)
            .map_err(|error| unusable(error.to_string()))?
            .with_name("gradshot")
            .with_telemetry(false)
            .build()
            .map_err(|error| unusable(error.to_string()))?;
        Ok(Self { environment: LOADED.get_or_init(|| environment).clone() })
    }
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Net({})", self.model)
    }
}

impl Net {
    /// Prepares a model from its verified bytes.
    pub(crate) fn open(
        runtime: &Runtime,
        model: &'static str,
        weights: &[u8],
        threads: usize,
    ) -> Result<Self, InferenceError> {
        let failed = |reason: String| InferenceError { model, reason };
        let session = Session::builder(&runtime.environment)
            .and_then(|builder| Ok(builder.with_intra_threads(threads.max(1))?))
            .and_then(|builder| Ok(builder.with_inter_threads(1)?))
            .and_then(|mut builder| builder.commit_from_memory(weights))
            .map_err(|error| failed(error.to_string()))?;
        Ok(Self { model, session: Mutex::new(session) })
    }

    /// Runs the model on its one input, of the kind of number that it takes, and copies its outputs, in the
    /// model's order.
    pub(crate) fn run<N: Number>(
        &self,
        shape: &[usize],
        values: &[N],
    ) -> Result<Vec<Tensor>, InferenceError> {
        let failed = |error: ort::Error| InferenceError { model: self.model, reason: error.to_string() };
        let input = TensorRef::from_array_view((shape, values)).map_err(failed)?;
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let outputs = session.run(ort::inputs![input]).map_err(failed)?;
        let mut tensors = Vec::with_capacity(outputs.len());
        for (_, output) in &outputs {
            let (shape, values) = output.try_extract_tensor::<f32>().map_err(failed)?;
            let shape = shape.iter().map(|&side| usize::try_from(side).unwrap_or(0)).collect();
            tensors.push(Tensor { shape, values: values.to_vec() });
        }
        Ok(tensors)
    }

    /// The error of a model whose outputs are not what the manifest promises.
    pub(crate) fn unexpected(&self, what: impl Into<String>) -> InferenceError {
        InferenceError { model: self.model, reason: what.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_names_the_remedy() {
        // The process may have loaded the real one in another test; then any path is as good.
        if let Err(error) = Runtime::load(Some(Path::new("/nowhere/libonnxruntime.so"))) {
            assert!(error.to_string().contains("cargo xtask setup"), "{error}");
        }
    }
}
