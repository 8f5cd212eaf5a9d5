//! How much room the outbox's disk has.

use std::path::PathBuf;
use std::time::Duration;

use gradshot_wire::desk::Disk;
use tokio::sync::mpsc;

use super::Input;
use crate::session::Event;

/// How often it is looked at.
const PERIOD: Duration = Duration::from_secs(30);
/// Less than this is little: two thousand sealed portraits and the database's own needs.
const LOW_BYTES: u64 = 500 << 20;

/// Looks again and again until the desk is gone.
pub(super) async fn watch(folder: PathBuf, inbox: mpsc::WeakSender<Input>) {
    loop {
        let looked = folder.clone();
        let free = tokio::task::spawn_blocking(move || fs4::available_space(&looked)).await;
        let disk = free.ok().and_then(Result::ok);
        let disk = disk.map(|free_bytes| Disk { free_bytes, low: free_bytes < LOW_BYTES });
        let Some(inbox) = inbox.upgrade() else { return };
        if inbox.send(Input::Event(Box::new(Event::Disk(disk)))).await.is_err() {
            return;
        }
        drop(inbox);
        tokio::time::sleep(PERIOD).await;
    }
}
