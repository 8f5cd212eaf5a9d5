//! Where the product's own files are: models, specs, sample photos, pages, the runtime's library.

use std::path::{Path, PathBuf};

use gradshot_imaging::EngineOptions;

/// The variable that names the root outright.
pub const ROOT_VARIABLE: &str = "GRADSHOT_ROOT";

/// What tells a root from any other folder.
const MARK: &str = "models/models.toml";

/// The folder that holds `models` and `assets`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    dir: PathBuf,
}

impl Root {
    /// Looks at the variable, then above the executable, then above the working folder.
    pub fn find() -> anyhow::Result<Self> {
        if let Some(dir) = std::env::var_os(ROOT_VARIABLE).map(PathBuf::from) {
            anyhow::ensure!(
                dir.join(MARK).is_file(),
                "{ROOT_VARIABLE} is {}, where there is no {MARK}; set it to the folder that holds models and assets",
                dir.display()
            );
            return Ok(Self { dir });
        }
        let starts = [std::env::current_exe().ok(), std::env::current_dir().ok()];
        let found = starts.iter().flatten().find_map(|start| above(start));
        let dir = found.ok_or_else(|| {
            anyhow::anyhow!("no {MARK} above the program or the working folder; set {ROOT_VARIABLE}, or run `cargo xtask setup`")
        })?;
        Ok(Self { dir })
    }

    /// Folder of the specs.
    pub fn specs(&self) -> PathBuf {
        self.dir.join("assets/specs")
    }

    /// Folder of the sample photos that the simulated camera shows.
    pub fn sample_photos(&self) -> PathBuf {
        self.dir.join("assets/photos")
    }

    /// Folder of photos that have to be refused: nobody in them, or too many.
    pub fn refused_photos(&self) -> PathBuf {
        self.sample_photos().join("refused")
    }

    /// Folder of the voice's clips.
    pub fn voice(&self) -> PathBuf {
        self.dir.join("assets/voice")
    }

    /// Folder of the built pages; `None` when they were not built.
    pub fn pages(&self) -> Option<PathBuf> {
        let pages = self.dir.join("ui/dist");
        pages.join("desk.html").is_file().then_some(pages)
    }

    /// How to open the imaging engine from here: on all cores, with the runtime that set-up fetched unless the
    /// environment names another.
    pub fn engine_options(&self) -> EngineOptions {
        let runtime = self.dir.join("target/tools/onnxruntime").join(RUNTIME_FILE);
        let named = std::env::var_os(gradshot_imaging::RUNTIME_VARIABLE).is_some();
        EngineOptions {
            models_dir: self.dir.join("models"),
            runtime_library: (!named).then_some(runtime),
            threads: std::thread::available_parallelism().map_or(2, usize::from),
        }
    }
}

#[cfg(target_os = "windows")]
const RUNTIME_FILE: &str = "onnxruntime.dll";
#[cfg(target_os = "macos")]
const RUNTIME_FILE: &str = "libonnxruntime.dylib";
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
const RUNTIME_FILE: &str = "libonnxruntime.so";

fn above(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|dir| dir.join(MARK).is_file()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_found_from_below() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("models")).unwrap();
        std::fs::create_dir_all(root.path().join("a/b")).unwrap();
        std::fs::write(root.path().join(MARK), "").unwrap();
        assert_eq!(above(&root.path().join("a/b")), Some(root.path().to_owned()));
        assert_eq!(above(Path::new("/")), None);
    }
}
