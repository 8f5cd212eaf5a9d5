//! Names for portraits: after their shots, never twice the same, never over an existing file.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Names tried before giving up on one shot.
const ATTEMPTS: u32 = 10_000;

/// Hands out names in one folder.
#[derive(Debug)]
pub struct OutputNames {
    dir: PathBuf,
    given: HashSet<OsString>,
}

impl OutputNames {
    /// Names in `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), given: HashSet::new() }
    }

    /// Writes `bytes` under a name made of the shot's: `IMG_1.png` becomes `IMG_1.jpg`, and `IMG_1-2.jpg` when
    /// that is taken. The file is created new, so that nothing is overwritten even by another process.
    pub fn write(&mut self, shot: &Path, bytes: &[u8]) -> std::io::Result<PathBuf> {
        let stem = shot.file_stem().map_or_else(|| OsString::from("portrait"), OsString::from);
        for attempt in 1..=ATTEMPTS {
            let mut name = stem.clone();
            if attempt > 1 {
                name.push(format!("-{attempt}"));
            }
            name.push(".jpg");
            let path = self.dir.join(&name);
            if self.given.contains(&name) {
                continue;
            }
            match std::fs::File::create_new(&path) {
                Ok(mut file) => {
                    std::io::Write::write_all(&mut file, bytes)?;
                    self.given.insert(name);
                    return Ok(path);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::new(
            std::io::ErrorKind::AlreadyExists,
            "every name is taken; choose another folder",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_ever_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.jpg"), "old").unwrap();
        let mut names = OutputNames::new(dir.path());
        let first = names.write(Path::new("x/a.png"), b"1").unwrap();
        let second = names.write(Path::new("y/a.jpeg"), b"2").unwrap();
        assert_eq!(first.file_name().unwrap(), "a-2.jpg");
        assert_eq!(second.file_name().unwrap(), "a-3.jpg");
        assert_eq!(std::fs::read(dir.path().join("a.jpg")).unwrap(), b"old");
    }
}
