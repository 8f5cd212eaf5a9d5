//! The guest in which the webcam driver is tried: Debian's kernel, and of its modules the test webcam's, in the order in
//! which they are loaded; and a webcam that shows what is written to it (v4l2loopback), built for that kernel. Containers
//! and most machines that run checks have no webcam, and no kernel that could have one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::step::Outcome;
use crate::workspace::Workspace;

/// Depends on the newest kernel's package.
const KERNEL: &str = "linux-image-amd64";
/// The kernel's own test webcam.
const WEBCAM: &str = "vivid";
const LOOPBACK: &str = "v4l2loopback";

/// Fetches the kernel that Debian has now and keeps what the guest needs of it.
pub fn prepare(workspace: &Workspace) -> Result<Outcome> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || !command::is_on_path("qemu-system-x86_64") {
        return Ok(Outcome::LeftOut("it is a Debian of the same kind of processor".into()));
    }
    let guest = workspace.tool("guest");
    if guest.join("order").is_file() {
        return Ok(Outcome::AlreadyThere);
    }
    let scratch = tempfile::tempdir()?;
    let root = scratch.path();
    let version = fetch_newest(root).or_else(|_| {
        // apt's lists are missing, or older than what there is to fetch.
        command::silent(Command::new("apt-get").args(["-qq", "update"]))?;
        fetch_newest(root)
    })?;
    fs::create_dir_all(&guest)?;
    fs::copy(root.join(format!("boot/vmlinuz-{version}")), guest.join("vmlinuz"))?;
    let loopback = build_loopback(root, &version)?;
    fs::copy(loopback, guest.join(format!("{LOOPBACK}.ko")))?;
    keep_modules(root, &version, &guest)?;
    Ok(Outcome::Done(format!("fetched {version}")))
}

fn fetch_newest(root: &Path) -> Result<String> {
    let version = newest_kernel()?;
    fetch(root, &version)?;
    Ok(version)
}

/// `6.1.0-57-amd64`, or what it is by now.
fn newest_kernel() -> Result<String> {
    let printed = command::silent(Command::new("apt-cache").args(["depends", KERNEL]))?;
    let mut names = printed.lines().filter_map(|line| line.trim().strip_prefix("Depends: linux-image-"));
    names
        .next()
        .map(str::to_owned)
        .with_context(|| format!("apt knows no {KERNEL}; run `apt-get update` once, then try again"))
}

/// Fetches the packages and unpacks them below `root`; of the kernel's 400 MB no more than what has to do with cameras.
fn fetch(root: &Path, version: &str) -> Result<()> {
    let common = version.rsplit_once('-').map_or(version, |(number, _)| number);
    let series: Vec<_> = version.split('.').take(2).collect();
    command::silent(Command::new("apt-get").current_dir(root).args(["-qq", "download"]).args([
        format!("linux-image-{version}"),
        format!("linux-headers-{version}"),
        format!("linux-headers-{common}-common"),
        format!("linux-kbuild-{}", series.join(".")),
        format!("{LOOPBACK}-dkms"),
    ]))
    .context("fetching Debian's kernel")?;
    let unpack = "for package in *.deb; do dpkg-deb --fsys-tarfile \"$package\" | tar -x \
        --exclude './lib/modules/*/kernel/[a-ce-z]*' --exclude './lib/modules/*/kernel/drivers/[a-ln-z]*' \
        --exclude './usr/share/*'; done";
    command::silent(Command::new("sh").current_dir(root).args(["-ec", unpack]))?;
    Ok(())
}

/// Builds the module as Debian's own tool would, but nowhere else than below `root`.
fn build_loopback(root: &Path, version: &str) -> Result<PathBuf> {
    let headers = root.join(format!("usr/src/linux-headers-{version}"));
    let makefile = fs::read_to_string(headers.join("Makefile"))?;
    let here = format!("{}/usr/src/", root.display());
    fs::write(headers.join("Makefile"), makefile.replace("/usr/src/", &here))?;
    let source = fs::read_dir(root.join("usr/src"))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(LOOPBACK)))
        .context("the module's source is not in its package")?;
    let mut make = Command::new("make");
    make.arg("-s").arg("-C").arg(headers).arg(format!("M={}", source.display())).arg("modules");
    command::silent(&mut make)?;
    Ok(source.join(format!("{LOOPBACK}.ko")))
}

fn keep_modules(root: &Path, version: &str, guest: &Path) -> Result<()> {
    command::silent(Command::new("depmod").arg("-b").arg(root).arg(version))?;
    let mut modprobe = Command::new("modprobe");
    modprobe.arg("-d").arg(root).args(["-S", version, "--show-depends", WEBCAM]);
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
