//! A real IPP Everywhere printer on the loopback: Debian's `ippeveprinter`, whose paper is a folder.

use std::fs;
use std::io::{BufRead as _, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// What the printer does with a job: without paper it waits and says so; else the sheet and its count come out.
const PRINTS: &str = r#"#!/bin/sh
here=$(dirname "$0")
while [ -e "$here/no-paper" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.05; done
echo "STATE: -media-empty-error" >&2
name=$(basename "$1")
cp "$1" "$here/out/.$name" && mv "$here/out/.$name" "$here/out/$name.x${IPP_COPIES:-1}"
printf '%s' "$IPP_MEDIA_COL" > "$here/media"
"#;

/// The printer, and the bus that it wants for finding it on a network, which nobody does here.
pub struct Printer {
    folder: TempDir,
    port: u16,
    formats: &'static str,
    bus: Child,
    bus_address: String,
    program: Option<Child>,
}

/// What came out of the printer.
pub struct Sheet {
    pub job_name: String,
    pub bytes: Vec<u8>,
    pub copies: u32,
}

impl Printer {
    /// Switches a printer on that takes these kinds of documents.
    pub fn on(formats: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["out", "spool"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let script = folder.path().join("prints");
        fs::write(&script, PRINTS).unwrap();
        make_executable(&script);
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is missing: cargo xtask setup");
        let mut bus_address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut bus_address).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut printer = Self { folder, port, formats, bus, bus_address, program: None };
        printer.switch_on();
        printer
    }

    pub fn switch_on(&mut self) {
        let folder = self.folder.path();
        let program = Command::new("ippeveprinter")
            .args(["-r", "off", "-n", "localhost", "-s", "10,10", "-f", self.formats])
            .args(["-p", &self.port.to_string()])
            .arg("-d")
            .arg(folder.join("spool"))
            .arg("-c")
            .arg(folder.join("prints"))
            .arg("Photo printer")
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.bus_address.trim())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("ippeveprinter is missing: cargo xtask setup");
        self.program = Some(program);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(self.program.as_mut().unwrap().try_wait().unwrap().is_none(), "the printer ended");
            thread::yield_now();
        }
    }

    pub fn switch_off(&mut self) {
        if let Some(mut program) = self.program.take() {
            program.kill().unwrap();
            program.wait().unwrap();
        }
    }

    pub fn address(&self) -> String {
        format!("ipp://127.0.0.1:{}/ipp/print", self.port)
    }

    pub fn take_paper_out(&self) {
        fs::write(self.folder.path().join("no-paper"), "").unwrap();
    }

    pub fn put_paper_in(&self) {
        fs::remove_file(self.folder.path().join("no-paper")).unwrap();
    }

    /// The last job's paper, as the printer was asked for it.
    pub fn media(&self) -> String {
        fs::read_to_string(self.folder.path().join("media")).unwrap_or_default()
    }

    /// Everything that came out so far, in order.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut paths: Vec<PathBuf> = fs::read_dir(self.folder.path().join("out"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
            .collect();
        paths.sort();
        let sheet = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let (job_name, copies) = name.rsplit_once(".x").unwrap();
            Sheet {
                job_name: job_name.to_owned(),
                bytes: fs::read(&path).unwrap(),
                copies: copies.parse().unwrap(),
            }
        };
        paths.into_iter().map(sheet).collect()
    }

    /// A line to the printer that loses the next answers to whatever has a document in it.
    pub fn bad_line(&self, losses: usize) -> BadLine {
        BadLine::to(self.port, losses)
    }
}

impl Drop for Printer {
    fn drop(&mut self) {
        self.switch_off();
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

/// Hands requests on to the printer, and swallows some of its answers.
pub struct BadLine {
    port: u16,
    lost: Arc<AtomicUsize>,
}

impl BadLine {
    fn to(printer: u16, losses: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let lost = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&lost);
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let count = Arc::clone(&count);
                thread::spawn(move || carry(near, printer, losses, &count));
            }
        });
        Self { port, lost }
    }

    pub fn address(&self) -> String {
        format!("ipp://127.0.0.1:{}/ipp/print", self.port)
    }

    /// Answers that were lost.
    pub fn lost(&self) -> usize {
        self.lost.load(Ordering::SeqCst)
    }
}

/// Carries one connection. An answer to more than a question (a document is larger) may be lost.
fn carry(mut near: TcpStream, printer: u16, losses: usize, lost: &AtomicUsize) {
    let mut far = TcpStream::connect(("127.0.0.1", printer)).unwrap();
    let (mut up, mut down) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&sent);
    let upwards = thread::spawn(move || {
        let mut buffer = [0; 16 << 10];
        while let Ok(count @ 1..) = up.read(&mut buffer) {
            counted.fetch_add(count, Ordering::SeqCst);
            if far.write_all(&buffer[..count]).is_err() {
                return;
            }
        }
        let _ = far.shutdown(Shutdown::Write);
    });
    let mut buffer = [0; 16 << 10];
    loop {
        match down.read(&mut buffer) {
            Ok(count @ 1..) => {
                // "100 Continue" comes before the document, the answer after it.
                let loses = sent.load(Ordering::SeqCst) > 8_000 && lost.load(Ordering::SeqCst) < losses;
                if loses {
                    lost.fetch_add(1, Ordering::SeqCst);
                    let _ = near.shutdown(Shutdown::Both);
                    break;
                }
                if near.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => thread::sleep(Duration::ZERO),
            _ => break,
        }
    }
    let _ = near.shutdown(Shutdown::Both);
    let _ = upwards.join();
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}
