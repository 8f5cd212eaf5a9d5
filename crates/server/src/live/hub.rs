//! Who wants to know when something changes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gradshot_domain::{CollectionId, StationId, StudioId};
use tokio::sync::{broadcast, watch};

/// Signals that a subscriber may leave unread; more of them say no more.
const BACKLOG: usize = 8;

/// What can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// A studio's queue.
    Studio(StudioId),
    /// A student's collection.
    Collection(CollectionId),
    /// The portraits of a station.
    Station(StationId),
}

/// Tells subscribers that something changed.
pub(crate) struct Hub {
    topics: Mutex<HashMap<Topic, broadcast::Sender<()>>>,
    open: watch::Sender<bool>,
}

/// Hears of one topic.
pub(crate) struct Subscription(broadcast::Receiver<()>);

impl Hub {
    pub(crate) fn new() -> Self {
        Self { topics: Mutex::default(), open: watch::Sender::new(true) }
    }

    /// Tells everybody who listens to one of the topics. Topics that nobody listens to are forgotten.
    pub(crate) fn tell(&self, topics: &[Topic]) {
        let mut known = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        for topic in topics {
            if known.get(topic).is_some_and(|sender| sender.send(()).is_err()) {
                known.remove(topic);
            }
        }
    }

    /// Listens to a topic from now on.
    pub(crate) fn listen(&self, topic: Topic) -> Subscription {
        let mut known = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = known.entry(topic).or_insert_with(|| broadcast::Sender::new(BACKLOG));
        Subscription(sender.subscribe())
    }

    /// Ends all streams, now and from now on.
    pub(crate) fn close(&self) {
        self.open.send_replace(false);
    }

    /// Turns false when the server closes.
    pub(crate) fn is_open(&self) -> watch::Receiver<bool> {
        self.open.subscribe()
    }
}

impl Subscription {
    /// Waits until something changed, and takes everything that has changed so far as one.
    pub(crate) async fn changed(&mut self) {
        // An error says that signals were lost, which is a change as well; the sender lives as long as we listen.
        let _ = self.0.recv().await;
        self.0 = self.0.resubscribe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;
    use rand::SeedableRng as _;

    #[test]
    fn many_changes_are_heard_as_one_and_unheard_topics_are_forgotten() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(2);
        let topic = Topic::Studio(StudioId::new(jiff::Timestamp::UNIX_EPOCH, &mut rng));
        let hub = Hub::new();
        let mut subscription = hub.listen(topic);
        for _ in 0..(3 * BACKLOG) {
            hub.tell(&[topic]);
        }
        assert!(subscription.changed().now_or_never().is_some());
        assert!(subscription.changed().now_or_never().is_none());
        drop(subscription);
        hub.tell(&[topic]);
        assert!(hub.topics.lock().unwrap().is_empty());
    }
}
