//! What every test with the real models needs: one engine for the process, the standard, the sample photos.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gradshot_imaging::{Engine, EngineOptions, Spec, Specs};

pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let library = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let named = std::env::var_os(gradshot_imaging::RUNTIME_VARIABLE).is_some();
        let options = EngineOptions {
            models_dir: root().join("models"),
            runtime_library: (!named).then(|| root().join("target/tools/onnxruntime").join(library)),
            threads: 2,
        };
        Engine::open(&options).unwrap_or_else(|error| panic!("{error}"))
    })
}

pub fn chsi() -> Spec {
    let specs = Specs::load(&root().join("assets/specs")).expect("the shipped specs are sound");
    specs.get("chsi").expect("chsi is shipped").clone()
}

/// A sample photo's bytes, by its path in `assets/photos`.
pub fn photo(name: &str) -> Vec<u8> {
    std::fs::read(root().join("assets/photos").join(name)).expect("the sample photos are shipped")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
