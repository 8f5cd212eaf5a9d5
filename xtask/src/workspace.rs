//! Where things lie in this repository.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's folders. Every path that xtask touches starts here.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The repository that this xtask was built from.
    pub fn locate() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: manifest.parent().unwrap_or(manifest).to_path_buf() }
    }

    /// A file or folder by its path from the root.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// A fetched tool or library. `cargo clean` takes these away, the next set-up brings them back.
    pub fn tool(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join("target/tools").join(relative)
    }

    /// A program that cargo built here without `--release`.
    pub fn built(&self, name: &str) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), PathBuf::from);
        self.path(target).join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The cargo that runs xtask, in the root. Its progress is for a person; a log is spared a line for each crate.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root);
        if !std::io::stdout().is_terminal() {
            cargo.env("CARGO_TERM_QUIET", "true");
        }
        cargo
    }
}
