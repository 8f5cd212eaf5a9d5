//! What computes a network: the processor, or what this build knows and the runtime's library offers beside it.

#[cfg(feature = "openvino")]
use ort::ep::ArbitrarilyConfigurableExecutionProvider;
#[cfg(any(feature = "openvino", feature = "directml", feature = "coreml", feature = "cuda"))]
use ort::ep::ExecutionProvider;
use ort::ep::{self, ExecutionProviderDispatch};

/// The variable that names the provider of the matting network; without it the best one that proves itself is taken.
pub const PROVIDER_VARIABLE: &str = "GRADSHOT_PROVIDER";

/// What computes a network. All but the processor need the build's feature of their name and a runtime library that
/// has them, which `ORT_DYLIB_PATH` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// ONNX Runtime's own code for the processor; always there.
    Cpu,
    /// Intel's `OpenVINO` on the processor, full precision.
    OpenVino,
    /// `OpenVINO` on the processor with 16-bit numbers, where the processor has them. Never chosen unasked: single
    /// hairs come out differently.
    OpenVinoBf16,
    /// Any graphics card under Windows.
    DirectMl,
    /// Apple's neural engine and graphics.
    CoreMl,
    /// NVIDIA's graphics cards.
    Cuda,
}

impl Provider {
    /// Every provider, in the order in which they are tried.
    pub const ALL: [Self; 6] =
        [Self::Cuda, Self::DirectMl, Self::CoreMl, Self::OpenVino, Self::OpenVinoBf16, Self::Cpu];

    /// Its name, as [`PROVIDER_VARIABLE`] gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::OpenVino => "openvino",
            Self::OpenVinoBf16 => "openvino-bf16",
            Self::DirectMl => "directml",
            Self::CoreMl => "coreml",
            Self::Cuda => "cuda",
        }
    }

    /// The provider of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.name() == name)
    }

    /// The provider that the environment names.
    pub(crate) fn from_environment() -> Option<Self> {
        let name = std::env::var(PROVIDER_VARIABLE).ok()?;
        let provider = Self::named(&name);
        if provider.is_none() {
            let known = Self::ALL.map(Self::name).join(", ");
            tracing::warn!(%name, %known, "{PROVIDER_VARIABLE} names no known provider");
        }
        provider
    }

    /// The providers to try: the wanted one, or all that may be taken unasked; none that the library lacks, and not
    /// the processor, which needs no trying.
    pub(super) fn candidates(wanted: Option<Self>) -> impl Iterator<Item = Self> {
        let unasked = [Self::Cuda, Self::DirectMl, Self::CoreMl, Self::OpenVino];
        let names = wanted.map_or_else(|| unasked.to_vec(), |provider| vec![provider]);
        names.into_iter().filter(|provider| *provider != Self::Cpu && provider.is_offered())
    }

    /// What the runtime is told; `None` for what this build does not know.
    pub(super) fn dispatch(self, threads: usize) -> Option<ExecutionProviderDispatch> {
        tracing::debug!(provider = %self, threads, "a network is prepared");
        match self {
            Self::Cpu => Some(ep::CPU::default().with_arena_allocator(true).build()),
            #[cfg(feature = "openvino")]
            Self::OpenVino => Some(openvino(threads, "f32")),
            #[cfg(feature = "openvino")]
            Self::OpenVinoBf16 => Some(openvino(threads, "bf16")),
            #[cfg(feature = "directml")]
            Self::DirectMl => Some(ep::DirectML::default().build()),
            #[cfg(feature = "coreml")]
            Self::CoreMl => Some(ep::CoreML::default().build()),
            #[cfg(feature = "cuda")]
            Self::Cuda => Some(ep::CUDA::default().build()),
            #[cfg(not(all(
                feature = "openvino",
                feature = "directml",
                feature = "coreml",
                feature = "cuda"
            )))]
            _ => None,
        }
    }

    fn is_offered(self) -> bool {
        match self {
            Self::Cpu => true,
            #[cfg(feature = "openvino")]
            Self::OpenVino | Self::OpenVinoBf16 => ep::OpenVINO::is_available().unwrap_or(false),
            #[cfg(feature = "directml")]
            Self::DirectMl => ep::DirectML::is_available().unwrap_or(false),
            #[cfg(feature = "coreml")]
            Self::CoreMl => ep::CoreML::is_available().unwrap_or(false),
            #[cfg(feature = "cuda")]
            Self::Cuda => ep::CUDA::is_available().unwrap_or(false),
            #[cfg(not(all(
                feature = "openvino",
                feature = "directml",
                feature = "coreml",
                feature = "cuda"
            )))]
            _ => false,
        }
    }
}

#[cfg(feature = "openvino")]
fn openvino(threads: usize, precision: &str) -> ExecutionProviderDispatch {
    let settings = format!(
        r#"{{"CPU":{{"INFERENCE_PRECISION_HINT":"{precision}","INFERENCE_NUM_THREADS":{threads}}}}}"#
    );
    ep::OpenVINO::default().with_device_type("CPU").with_arbitrary_config("load_config", settings).build()
}

impl std::fmt::Display for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_is_found_by_its_name() {
        for provider in Provider::ALL {
            assert_eq!(Provider::named(provider.name()), Some(provider));
        }
        assert_eq!(Provider::named("abacus"), None);
    }
}
