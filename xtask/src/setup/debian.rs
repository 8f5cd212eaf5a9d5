//! Debian's packages: the missing ones are installed where that needs no password, else named in one line to run.

use std::process::Command;

use anyhow::{Result, bail};

use super::Purpose;
use crate::command;
use crate::step::Outcome;

struct Package {
    name: &'static str,
    purpose: Purpose,
}

/// What is needed, each with the reason.
const PACKAGES: &[Package] = &[
    needed(Purpose::Browser, "gcc"),                  // links Rust; compiles SQLite
    needed(Purpose::Browser, "libc6-dev"),            // the C library's headers
    needed(Purpose::Browser, "python3-pip"),          // fetches wheels, which carry ONNX Runtime and Node.js
    needed(Purpose::Browser, "pkg-config"),           // finds the cameras' and the window's libraries
    needed(Purpose::Browser, "libgphoto2-dev"),       // cameras on a USB cable
    needed(Purpose::Browser, "libclang-dev"),         // reads that library's headers
    needed(Purpose::Browser, "libasound2-dev"),       // the loudspeaker that calls are spoken by
    needed(Purpose::Window, "libwebkit2gtk-4.1-dev"), // the window's web view
    needed(Purpose::Window, "fonts-wqy-microhei"),    // without a Chinese font every character is a box
    needed(Purpose::Test, "libexif-dev"),             // the virtual camera reads its photos with it
    needed(Purpose::Test, "dpkg-dev"),                // unpacks the virtual camera's source
    needed(Purpose::Test, "patch"),                   // gives it live view
    needed(Purpose::Test, "qemu-system-x86"),         // the guest that has a webcam
    needed(Purpose::Test, "busybox-static"),          // its shell
    needed(Purpose::Test, "kmod"),                    // the order of its modules
    needed(Purpose::Test, "cpio"),                    // its disk
    needed(Purpose::Test, "make"),                    // builds a module for it
    needed(Purpose::Test, "postgresql"), // the second database that storage and server are tested on
    needed(Purpose::Test, "chromium"),   // the pages' browser
    needed(Purpose::Test, "webkit2gtk-driver"), // drives the window
    needed(Purpose::Test, "xvfb"),       // a display where there is none
    needed(Purpose::Test, "xserver-xorg-video-dummy"), // a display with a second screen
    needed(Purpose::Test, "x11-xserver-utils"), // plugs that screen in
    needed(Purpose::Test, "openbox"),    // gives a window the whole of it
    needed(Purpose::Test, "xdotool"),    // says where a window is
    needed(Purpose::Test, "poppler-utils"), // says how large a printed page is
    needed(Purpose::Test, "dbus-daemon"), // a session bus of the window's own, and of the printer's
    needed(Purpose::Test, "cups-ipp-utils"), // ippeveprinter, the printer that sheets are sent to
];

/// Installs what is missing for `purpose`.
pub fn install(purpose: Purpose) -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::LeftOut("not Linux".into()));
    }
    let wanted: Vec<_> =
        PACKAGES.iter().filter(|package| package.purpose <= purpose).map(|package| package.name).collect();
    if !command::is_on_path("dpkg-query") {
        return Ok(Outcome::LeftOut(format!("not Debian; install what gives you {}", wanted.join(" "))));
    }
    let missing = missing_of(&wanted)?;
    if missing.is_empty() {
        return Ok(Outcome::AlreadyThere);
    }
    let Some(as_root) = root_prefix() else {
        bail!(
            "some Debian packages are missing and installing them needs a password. Run this once, then try \
             again:\n\n  sudo apt-get install -y --no-install-recommends {}\n",
            missing.join(" ")
        );
    };
    // A third party's broken source fails the update without harming Debian's own: the installation decides.
    let _ = command::silent(apt(as_root).args(["-qq", "update"]));
    command::silent(
        apt(as_root)
            .args(["-qq", "-y", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=600"])
            .args(["install", "--no-install-recommends"])
            .args(&missing),
    )?;
    Ok(Outcome::Done(format!("installed {}", missing.join(", "))))
}

const fn needed(purpose: Purpose, name: &'static str) -> Package {
    Package { name, purpose }
}

fn missing_of(wanted: &[&'static str]) -> Result<Vec<&'static str>> {
    // Ends with 1 and a complaint when a package was never heard of; what it knows is printed all the same.
    let known = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status} ${Package}\n"])
        .args(wanted)
        .output()?;
    let known = String::from_utf8_lossy(&known.stdout);
    Ok(wanted
        .iter()
        .filter(|name| !known.lines().any(|line| line.strip_prefix("installed ") == Some(**name)))
        .copied()
        .collect())
}

/// The words before a command that must run as root, if that needs no password.
fn root_prefix() -> Option<&'static [&'static str]> {
    let id = command::silent(Command::new("id").arg("-u")).ok()?;
    if id.trim() == "0" {
        return Some(&[]);
    }
    command::silent(Command::new("sudo").args(["-n", "true"])).is_ok().then_some(&["sudo", "-n"])
}

fn apt(as_root: &[&str]) -> Command {
    let words = [as_root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    let mut apt = Command::new(words[0]);
    apt.args(&words[1..]);
    apt
}
