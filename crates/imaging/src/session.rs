//! ONNX Runtime. Only this file and its folder know it; everything else sees slices of numbers.

mod provider;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::value::{PrimitiveTensorElementType, TensorRef};

pub use provider::{PROVIDER_VARIABLE, Provider};

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

/// How far a provider's answer to the probe may lie from the processor's, on average. Sixteen-bit numbers differ by
/// less than a thousandth; a provider that does not work differs by tenths.
const PROBE_ERROR_MAX: f32 = 0.01;

/// How long a model's threads look for more work before they sleep, microseconds. The runtime's own default keeps a
/// core from the stages that follow, and from the coach beside a portrait.
const SPIN_US: &str = "200";

/// One model, ready to run. Calls from several threads take turns.
pub(crate) struct Net {
    model: &'static str,
    provider: Provider,
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
    /// Prepares a model from its verified bytes, to run on the processor.
    pub(crate) fn open(
        runtime: &Runtime,
        model: &'static str,
        weights: &[u8],
        threads: usize,
    ) -> Result<Self, InferenceError> {
        Self::open_with(runtime, model, weights, threads, Provider::Cpu)
    }

    /// Prepares a model to run on the wanted provider, or on the first that the runtime's library offers. Before a
    /// provider is trusted it has to answer a probe as the processor does; without one that does, the processor it is.
    pub(crate) fn open_fastest(
        runtime: &Runtime,
        model: &'static str,
        weights: &[u8],
        threads: usize,
        wanted: Option<Provider>,
        (shape, probe): (&[usize], &[f32]),
    ) -> Result<Self, InferenceError> {
        let on_processor = Self::open(runtime, model, weights, threads)?;
        if let Some(wanted) = wanted.filter(|wanted| Provider::candidates(Some(*wanted)).next().is_none()) {
            if wanted != Provider::Cpu {
                tracing::warn!(provider = %wanted, "this build or the runtime lacks the provider");
            }
            return Ok(on_processor);
        }
        for provider in Provider::candidates(wanted) {
            let tried = Self::open_with(runtime, model, weights, threads, provider)
                .and_then(|net| Ok((net.distance(&on_processor, shape, probe)?, net)));
            match tried {
                Ok((error, net)) if error <= PROBE_ERROR_MAX => return Ok(net),
                Ok((error, _)) => {
                    tracing::warn!(%provider, error, "the provider errs");
                }
                Err(error) => tracing::warn!(%provider, %error, "the provider does not work here"),
            }
        }
        Ok(on_processor)
    }

    fn open_with(
        runtime: &Runtime,
        model: &'static str,
        weights: &[u8],
        threads: usize,
        provider: Provider,
    ) -> Result<Self, InferenceError> {
        let threads = threads.max(1);
        let failed = |reason: String| InferenceError { model, reason };
        let dispatch = provider.dispatch(threads).map(ort::ep::ExecutionProviderDispatch::error_on_failure);
        let session = Session::builder(&runtime.environment)
            .and_then(|builder| Ok(builder.with_intra_threads(threads)?))
            .and_then(|builder| Ok(builder.with_inter_threads(1)?))
            .and_then(|builder| Ok(builder.with_config_entry("session.intra_op.spin_duration_us", SPIN_US)?))
            .and_then(|builder| Ok(builder.with_execution_providers(dispatch.as_slice())?))
            .and_then(|mut builder| builder.commit_from_memory(weights))
            .map_err(|error| failed(error.to_string()))?;
        Ok(Self { model, provider, session: Mutex::new(session) })
    }

    /// What computes this model.
    pub(crate) fn provider(&self) -> Provider {
        self.provider
    }

    /// How far another net's answer lies from this one's, on average over the first output. Infinite where the
    /// answers cannot be compared.
    fn distance(&self, other: &Self, shape: &[usize], input: &[f32]) -> Result<f32, InferenceError> {
        let (own, others) = (self.run(shape, input)?, other.run(shape, input)?);
        let (Some(own), Some(others)) = (own.first(), others.first()) else { return Ok(f32::INFINITY) };
        if own.shape != others.shape {
            return Ok(f32::INFINITY);
        }
        let sum: f32 = own.values.iter().zip(&others.values).map(|(a, b)| (a - b).abs()).sum();
        let mean = sum / own.values.len().max(1) as f32;
        Ok(if mean.is_finite() { mean } else { f32::INFINITY })
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
