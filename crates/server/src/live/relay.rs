//! What changes on one server, told to the others that share its database.

use std::str::FromStr;

use gradshot_storage::{Announcement, Storage, StorageError};
use tokio::sync::mpsc;

use super::{Hub, Topic};
use crate::limits;

/// Topics in one announcement; PostgreSQL takes 8,000 bytes.
const TOPICS_AT_ONCE: usize = 100;

/// Tells other servers what changes here, and hears from them, until `stop` is over. Where there are no other servers it
/// only waits.
pub(crate) async fn run(hub: &Hub, storage: &Storage, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let (sender, mut topics) = mpsc::channel(limits::RELAY_BACKLOG);
    if storage.is_shared() {
        hub.relay_to(sender);
    }
    loop {
        tokio::select! {
            biased;
            () = &mut stop => return,
            ended = exchange(hub, storage, &mut topics) => match ended {
                Ok(()) => {}
                Err(error) => tracing::warn!(%error, "the line to the other servers is broken; trying again"),
            },
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(limits::RELAY_PAUSE) => {}
        }
    }
}

/// Runs until the line breaks.
async fn exchange(
    hub: &Hub,
    storage: &Storage,
    topics: &mut mpsc::Receiver<Topic>,
) -> Result<(), StorageError> {
    let Some(mut announcements) = storage.announcements().await? else {
        return std::future::pending().await;
    };
    // What was said before this line stood was not heard.
    hub.wake_all();
    let mut said = Vec::with_capacity(TOPICS_AT_ONCE);
    loop {
        tokio::select! {
            heard = announcements.next() => match heard? {
                Announcement::Heard(text) => hub.wake(&understand(&text, hub.name())),
                Announcement::Missed => hub.wake_all(),
            },
            _ = topics.recv_many(&mut said, TOPICS_AT_ONCE) => {
                let words = said.drain(..).map(|topic| topic.to_string());
                let words: Vec<_> = std::iter::once(hub.name().to_owned()).chain(words).collect();
                storage.announce(&words.join(" ")).await?;
            }
        }
    }
}

/// The topics of an announcement; none of one's own.
fn understand(text: &str, own_name: &str) -> Vec<Topic> {
    let mut words = text.split(' ');
    if words.next() == Some(own_name) {
        return Vec::new();
    }
    words.filter_map(|word| Topic::from_str(word).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradshot_domain::{CollectionId, StationId, StudioId};

    #[test]
    fn others_are_understood_and_ones_own_words_passed_over() {
        let topics = [
            Topic::Studio(StudioId::from_bytes([1; 16])),
            Topic::Collection(CollectionId::from_bytes([2; 16])),
            Topic::Station(StationId::from_bytes([3; 16])),
        ];
        let words: Vec<_> = topics.iter().map(Topic::to_string).collect();
        let text = format!("me {} nonsense x:1", words.join(" "));
        assert_eq!(understand(&text, "you"), topics);
        assert_eq!(understand(&text, "me"), []);
    }
}
