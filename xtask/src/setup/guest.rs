//! The guest in which the webcam driver is tried: Debian's kernel, and of its modules the test webcam's, in the order in
//! which they are loaded. Containers and most machines that run checks have no webcam, and no kernel that could have one.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::step::Outcome;
use crate::workspace::Workspace;

/// Depends on the newest kernel's package.
const KERNEL: &str = "linux-image-amd64";
/// The kernel's own test webcam.
const WEBCAM: &str = "vivid";

/// Fetches the kernel that Debian has now and keeps what the guest needs of it.
pub fn prepare(workspace: &Workspace) -> Result<Outcome> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || !command::is_on_path("qemu-system-x86_64") {
        return Ok(Outcome::LeftOut("it is a Debian of the same kind of processor".into()));
    }
    let guest = workspace.tool("guest");
    if guest.join("order").is_file() {
        return Ok(Outcome::AlreadyThere);
    }
    let package = newest_kernel()?;
    let scratch = tempfile::tempdir()?;
    command::silent(Command::new("apt-get").current_dir(scratch.path()).args(["-qq", "download", &package]))
        .context("fetching Debian's kernel")?;
    let archive = fs::read_dir(scratch.path())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .context("apt fetched no kernel")?;
    let version = package.trim_start_matches("linux-image-");
    unpack(scratch.path(), &archive)?;
    fs::create_dir_all(&guest)?;
    fs::copy(scratch.path().join(format!("boot/vmlinuz-{version}")), guest.join("vmlinuz"))?;
    keep_modules(scratch.path(), version, &guest)?;
    Ok(Outcome::Done(format!("fetched {version}")))
}

/// `linux-image-6.1.0-57-amd64`, or what it is by now.
fn newest_kernel() -> Result<String> {
    let printed = command::silent(Command::new("apt-cache").args(["depends", KERNEL]))?;
    let mut names = printed.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    names
        .find(|name| name.starts_with("linux-image-"))
        .map(str::to_owned)
        .with_context(|| format!("apt knows no {KERNEL}; run `apt-get update` once, then try again"))
}

/// Of 400 MB no more than the kernel and what has to do with cameras.
fn unpack(folder: &Path, archive: &Path) -> Result<()> {
    let script = "dpkg-deb --fsys-tarfile \"$1\" | tar -x --wildcards './boot/vmlinuz-*' './lib/modules/*/kernel/drivers/media/*'";
    command::silent(Command::new("sh").current_dir(folder).args(["-c", script, "sh"]).arg(archive))?;
    Ok(())
}

fn keep_modules(unpacked: &Path, version: &str, guest: &Path) -> Result<()> {
    command::silent(Command::new("depmod").arg("-b").arg(unpacked).arg(version))?;
    let mut modprobe = Command::new("modprobe");
    modprobe.arg("-d").arg(unpacked).args(["-S", version, "--show-depends", WEBCAM]);
    let mut order = String::new();
    for line in command::silent(&mut modprobe)?.lines() {
        let module = Path::new(line.trim().trim_start_matches("insmod "));
        let name = module.file_name().context("modprobe names no module")?;
        fs::copy(module, guest.join(name)).with_context(|| format!("cannot copy {}", module.display()))?;
        order.push_str(&name.to_string_lossy());
        order.push('\n');
    }
    // Written last: what is there is whole.
    Ok(fs::write(guest.join("order"), order)?)
}
