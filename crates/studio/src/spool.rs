//! What the system's print queue, CUPS, does with the sheets that go through it: for the doctor.

use std::fs;
use std::path::{Path, PathBuf};

use gradshot_station::printer::{self, CUPS_HERE, CupsQueue, PrinterError};

/// A configuration larger than this was not written by hand.
const FILE_MAX_BYTES: u64 = 1 << 20;
const USUAL_SPOOL: &str = "/var/spool/cups";

/// The print queue of this PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spool {
    /// Its queues, by their names.
    pub queues: Vec<String>,
    /// Where jobs lie until they are printed.
    pub folder: PathBuf,
    /// Whether that is memory.
    pub in_memory: bool,
    /// Whether jobs' files are kept after they were printed.
    pub keeps_files: bool,
}

/// Looks at the print queue of this PC; `None` when none answers.
pub async fn look() -> anyhow::Result<Option<Spool>> {
    // May have been done already, by whatever runs beside this.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = printer::http_client()?;
    let queues = match printer::queues(&http, CUPS_HERE).await {
        Ok(queues) => queues.into_iter().map(|CupsQueue { name, .. }| name).collect(),
        Err(PrinterError::Unreachable) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let read = |path: &str| read(Path::new(path)).unwrap_or_default();
    let spool =
        Spool::of(&read("/etc/cups/cupsd.conf"), &read("/etc/cups/cups-files.conf"), &read("/proc/mounts"));
    Ok(Some(Spool { queues, ..spool }))
}

fn read(path: &Path) -> Option<String> {
    // The kernel says that its own files are empty.
    if fs::metadata(path).ok()?.len() > FILE_MAX_BYTES {
        return None;
    }
    fs::read_to_string(path).ok()
}

impl Spool {
    /// What the configuration says, and what is mounted.
    fn of(cupsd: &str, files: &str, mounts: &str) -> Self {
        let folder = PathBuf::from(directive(files, "RequestRoot").unwrap_or(USUAL_SPOOL));
        let keeps = directive(cupsd, "PreserveJobFiles").unwrap_or("86400");
        let keeps_files = !matches!(keeps.to_ascii_lowercase().as_str(), "no" | "off" | "false" | "0");
        let mounted = mounts.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((Path::new(words.nth(1)?), words.next()?))
        });
        let nearest = mounted
            .filter(|(place, _)| folder.starts_with(place))
            .max_by_key(|(place, _)| place.as_os_str().len());
        let in_memory = nearest.is_some_and(|(_, kind)| matches!(kind, "tmpfs" | "ramfs"));
        Self { queues: Vec::new(), folder, in_memory, keeps_files }
    }
}

/// The last value of a directive.
fn directive<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let values = lines.filter_map(|line| {
        let (word, value) = line.split_once(char::is_whitespace)?;
        word.eq_ignore_ascii_case(name).then_some(value.trim())
    });
    values.fold(None, |_, value| Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/sda1 / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n";

    #[test]
    fn a_queue_as_it_comes_keeps_sheets_on_the_disk_and_one_that_was_seen_to_does_not() {
        let usual = Spool::of("# PreserveJobFiles No\nLogLevel warn\n", "SystemGroup root\n", MOUNTS);
        assert_eq!((usual.in_memory, usual.keeps_files), (false, true));
        assert_eq!(usual.folder, Path::new("/var/spool/cups"));
        let mounts = format!("{MOUNTS}tmpfs /var/spool/cups tmpfs rw 0 0\n");
        let seen_to = Spool::of("preservejobfiles  No\n", "", &mounts);
        assert_eq!((seen_to.in_memory, seen_to.keeps_files), (true, false));
        assert!(Spool::of("", "RequestRoot /run/spool\n", MOUNTS).in_memory);
    }
}
