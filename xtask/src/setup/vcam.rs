//! The virtual camera that the tethered cameras' tests talk to, built from Debian's own source of libgphoto2.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::workspace::Workspace;

const PATCH: &str = "crates/camera/tests/vcam/vcam.patch";

/// What the library's own build would have found out about the system.
const CONFIG: &str = "\
#define _GPHOTO2_INTERNAL_CODE 1
#define GETTEXT_PACKAGE_LIBGPHOTO2_PORT \"libgphoto2_port\"
#define HAVE_LIBEXIF 1
#include <unistd.h>
#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
";

/// Debian's keys, by the names that its releases gave them.
const KEYRINGS: [&str; 2] =
    ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];

/// Fetches the source in the version that is installed, patches it and compiles the camera.
pub fn build(workspace: &Workspace) -> Result<Outcome> {
    if !cfg!(target_os = "linux") || !command::is_on_path("dpkg-source") {
        return Ok(Outcome::LeftOut("it is built from Debian's source".into()));
    }
    let version = command::silent(Command::new("dpkg-query").args([
        "--show",
        "--showformat",
        "${source:Version}",
        "libgphoto2-dev",
    ]))?;
    let vcam = workspace.tool("vcam");
    let stamp = Stamp::of_file(vcam.join(".made-from"), &workspace.path(PATCH), &version)?;
    if vcam.join("iolibs/vusb.so").is_file() && stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    let scratch = tempfile::tempdir()?;
    fetch(scratch.path(), &version)?;
    let source = scratch.path().join("source");
    compile(&source, &workspace.path(PATCH), &vcam)?;
    stamp.keep()?;
    Ok(Outcome::Done(format!("built {version}")))
}

/// Fetches and unpacks the source. apt verifies it against Debian's signature; the uploader's own key is not at hand.
fn fetch(folder: &Path, version: &str) -> Result<()> {
    let wanted = format!("libgphoto2={version}");
    let download = |apt: &mut Command| {
        command::silent(apt.current_dir(folder).args([
            "-qq",
            "source",
            "--only-source",
            "--download-only",
            &wanted,
        ]))
    };
    if download(&mut Command::new("apt-get")).is_err() {
        let configuration = private_apt(folder)?;
        let private = || {
            let mut apt = Command::new("apt-get");
            apt.env("APT_CONFIG", &configuration);
            apt
        };
        command::silent(private().args(["-qq", "update"])).context("fetching Debian's list of sources")?;
        download(&mut private()).context("fetching libgphoto2's source from Debian")?;
    }
    let description = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "dsc"))
        .context("apt fetched no source")?;
    let mut unpack = Command::new("dpkg-source");
    command::silent(
        unpack.current_dir(folder).args(["-q", "--no-check", "-x"]).arg(description).arg("source"),
    )?;
    Ok(())
}

/// An apt that knows the sources of the packages that the system's apt knows, and writes only into `folder`.
fn private_apt(folder: &Path) -> Result<PathBuf> {
    let known = command::silent(Command::new("apt-get").args([
        "indextargets",
        "--format",
        "$(REPO_URI) $(RELEASE) $(COMPONENT)",
        "Created-By: Packages",
        "Origin: Debian",
    ]))?;
    let key = KEYRINGS.iter().find(|key| Path::new(key).is_file()).context("Debian's keyring is missing")?;
    let mut entries: Vec<_> =
        known.lines().map(|place| format!("deb-src [signed-by={key}] {place}")).collect();
    entries.sort();
    entries.dedup();
    if entries.is_empty() {
        bail!("apt knows no packages of Debian; run `apt-get update` once, then try again");
    }
    fs::write(folder.join("sources.list"), entries.join("\n") + "\n")?;
    fs::create_dir_all(folder.join("lists/partial"))?;
    fs::create_dir_all(folder.join("cache/archives/partial"))?;
    let place = folder.display();
    let configuration = folder.join("apt.conf");
    fs::write(
        &configuration,
        format!(
            "Dir::Etc::SourceList \"{place}/sources.list\";\nDir::Etc::SourceParts \"/dev/null\";\n\
             Dir::State::Lists \"{place}/lists\";\nDir::Cache \"{place}/cache\";\nAPT::Sandbox::User \"root\";\n"
        ),
    )?;
    Ok(configuration)
}

fn compile(source: &Path, patch: &Path, vcam: &Path) -> Result<()> {
    let ports = source.join("libgphoto2_port");
    let camera = ports.join("vusb");
    command::silent(Command::new("patch").current_dir(&camera).args(["-s", "-p1", "-i"]).arg(patch))
        .context("the camera's source is not the one that the patch was made for")?;
    fs::write(camera.join("config.h"), CONFIG)?;
    fs::create_dir_all(vcam.join("iolibs"))?;
    let found = command::silent(Command::new("pkg-config").args([
        "--cflags",
        "--libs",
        "libgphoto2_port",
        "libexif",
    ]))?;
    // Written beside its place first: a test that runs meanwhile keeps the one it has open.
    let half = vcam.join("vusb.so.half");
    command::silent(
        Command::new("gcc")
            .args(["-shared", "-fPIC", "-O1", "-w", "-I"])
            .arg(&camera)
            .arg("-I")
            .arg(&ports)
            .args([camera.join("vusb.c"), camera.join("vcamera.c")])
            .arg("-o")
            .arg(&half)
            .args(found.split_whitespace()),
    )?;
    fs::rename(half, vcam.join("iolibs/vusb.so"))?;
    Ok(())
}
