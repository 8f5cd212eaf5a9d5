//! What the examples that judge many photos need: the engine and the standard, as the project's set-up leaves them.

use std::error::Error;
use std::path::{Path, PathBuf};

use gradshot_imaging::{Engine, EngineOptions, RUNTIME_VARIABLE, Spec, Specs};

pub fn open() -> Result<(Engine, Spec), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let installed: Option<PathBuf> = Some(root.join("target/tools/onnxruntime").join(library));
    let engine = Engine::open(&EngineOptions {
        models_dir: root.join("models"),
        runtime_library: installed.filter(|_| std::env::var_os(RUNTIME_VARIABLE).is_none()),
        threads: 2,
    })?;
    let specs = Specs::load(&root.join("assets/specs"))?;
    Ok((engine, specs.get("chsi")?.clone()))
}
