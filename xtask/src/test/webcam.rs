//! The webcam driver's tests in a guest that has a webcam, in a machine that is computed: it needs no virtualization.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::tally::Tally;
use crate::command;
use crate::workspace::Workspace;

/// What the guest does, and what it says at the end when all went well.
const INIT: &str = "crates/camera/tests/guest/init";
const ALL_WELL: &str = "guest: ended with 0";
/// Of busybox, what `init` uses.
const APPLETS: &[&str] = &["sh", "mount", "insmod", "rmmod", "poweroff"];
/// Says nothing but what the tests say, and tries neither its clock nor its ciphers.
const KERNEL_OPTIONS: &str =
    "console=ttyS0 quiet panic=-1 mitigations=off no_timer_check nowatchdog cryptomgr.notests";
/// A guest that hangs is ended; it takes a tenth of this.
const PATIENCE_S: &str = "600";

/// Builds the tests, packs them into a guest and lets it run them.
pub fn perform(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    let guest = workspace.tool("guest");
    if !guest.join("order").is_file() {
        println!("left out: the guest is made of Debian's kernel");
        return Ok(());
    }
    let scratch = tempfile::tempdir()?;
    let root = scratch.path().join("root");
    furnish(&root, &guest, &workspace.path(INIT), &tests(workspace)?)?;
    let disk = scratch.path().join("disk");
    pack(&root, &disk)?;
    let mut qemu = Command::new("timeout");
    // The guest's time is counted by its instructions: a busy machine makes it slow, never late, and waiting costs nothing.
    qemu.args([PATIENCE_S, "qemu-system-x86_64", "-accel", "tcg", "-icount", "shift=1,sleep=off"])
        .args(["-cpu", "max", "-m", "1024", "-nodefaults", "-display", "none", "-serial", "stdio"])
        .args(["-no-reboot", "-append", KERNEL_OPTIONS])
        .arg("-kernel")
        .arg(guest.join("vmlinuz"))
        .arg("-initrd")
        .arg(disk);
    let mut is_well = false;
    command::heard(&mut qemu, |line| {
        tally.hear(line.trim());
        is_well |= line.trim() == ALL_WELL;
    })?;
    if !is_well {
        bail!("the tests in the guest failed");
    }
    Ok(())
}

/// Builds the tests, with the features that everything is built with, and says where they are.
fn tests(workspace: &Workspace) -> Result<PathBuf> {
    let printed = command::silent(workspace.cargo().args([
        "test",
        "--workspace",
        "--test",
        "webcam",
        "--no-run",
        "--message-format=json",
    ]))?;
    let programs = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = programs.filter(|built| built["target"]["name"] == "webcam");
    programs
        .find_map(|built| built["executable"].as_str().map(PathBuf::from))
        .context("cargo built no tests of webcams")
}

/// The guest's files: a shell, the modules, the tests and the libraries that they want.
fn furnish(root: &Path, guest: &Path, init: &Path, tests: &Path) -> Result<()> {
    for folder in ["bin", "dev", "modules", "proc", "sys", "tmp"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::copy("/bin/busybox", root.join("bin/busybox"))?;
    for applet in APPLETS {
        symlink("busybox", root.join("bin").join(applet))?;
    }
    for entry in fs::read_dir(guest)? {
        let entry = entry?;
        if entry.file_name() != "vmlinuz" {
            fs::copy(entry.path(), root.join("modules").join(entry.file_name()))?;
        }
    }
    fs::copy(init, root.join("init"))?;
    fs::set_permissions(root.join("init"), fs::Permissions::from_mode(0o755))?;
    let packed = root.join("bin/webcam");
    command::silent(Command::new("strip").arg("-o").arg(&packed).arg(tests))?;
    let wanted = command::silent(Command::new("ldd").arg(tests))?;
    for library in wanted.split_whitespace().filter(|word| word.starts_with('/')) {
        let place = root.join(library.trim_start_matches('/'));
        fs::create_dir_all(place.parent().context("a library lies in a folder")?)?;
        fs::copy(library, place)?;
    }
    Ok(())
}

/// Not compressed: the guest would have to unpack it with a computed processor.
fn pack(root: &Path, disk: &Path) -> Result<()> {
    let script = "find . | cpio --quiet -o -H newc > \"$1\"";
    command::silent(Command::new("sh").current_dir(root).args(["-c", script, "sh"]).arg(disk))?;
    Ok(())
}
