//! Who wants to know when something changes.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, OnceLock, PoisonError};

use gradshot_domain::{CollectionId, StationId, StudioId};
use gradshot_storage::StoredPortrait;
use tokio::sync::{broadcast, mpsc, watch};

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

impl Topic {
    /// Who hears of a portrait: its student, and the station that made it.
    pub(crate) fn of_portrait(stored: &StoredPortrait) -> Vec<Self> {
        let station = stored.source.station().map(Self::Station);
        std::iter::once(Self::Collection(stored.collection)).chain(station).collect()
    }
}

/// A text that names no topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InvalidTopic;

/// Tells subscribers that something changed.
pub(crate) struct Hub {
    heard: Mutex<Heard>,
    open: watch::Sender<bool>,
    /// Tells this server apart from others on the same database.
    name: String,
    /// To the other servers, when there may be some.
    relay: OnceLock<mpsc::Sender<Topic>>,
}

/// The topics that somebody listens to.
#[derive(Default)]
struct Heard {
    topics: HashMap<Topic, Channel>,
    /// Counts all changes of all topics, so that no count ever comes twice.
    changes: u64,
}

struct Channel {
    sender: broadcast::Sender<()>,
    last_change: u64,
}

/// Hears of one topic.
pub(crate) struct Subscription(broadcast::Receiver<()>);

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Studio(id) => write!(f, "studio:{id}"),
            Self::Collection(id) => write!(f, "collection:{id}"),
            Self::Station(id) => write!(f, "station:{id}"),
        }
    }
}

impl FromStr for Topic {
    type Err = InvalidTopic;
    fn from_str(text: &str) -> Result<Self, InvalidTopic> {
        let (kind, id) = text.split_once(':').ok_or(InvalidTopic)?;
        match kind {
            "studio" => id.parse().map(Self::Studio).map_err(|_| InvalidTopic),
            "collection" => id.parse().map(Self::Collection).map_err(|_| InvalidTopic),
            "station" => id.parse().map(Self::Station).map_err(|_| InvalidTopic),
            _ => Err(InvalidTopic),
        }
    }
}

impl Hub {
    /// A hub without listeners. `name` is this server's alone.
    pub(crate) fn new(name: String) -> Self {
        Self { heard: Mutex::default(), open: watch::Sender::new(true), name, relay: OnceLock::new() }
    }

    /// This server's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Tells everybody who listens to one of the topics, on this server and on others.
    pub(crate) fn tell(&self, topics: &[Topic]) {
        self.wake(topics);
        if let Some(relay) = self.relay.get() {
            for topic in topics {
                if relay.try_send(*topic).is_err() {
                    tracing::warn!("other servers hear of a change late: too many at once");
                }
            }
        }
    }

    /// Has changes told to other servers too.
    pub(super) fn relay_to(&self, relay: mpsc::Sender<Topic>) {
        // Only the first relay counts; a second one would say everything twice.
        let _ = self.relay.set(relay);
    }

    /// Whether changes on other servers are heard of here.
    pub(super) fn hears_others(&self) -> bool {
        self.relay.get().is_some()
    }

    /// Tells everybody on this server who listens to one of the topics. Topics that nobody listens to are forgotten.
    pub(super) fn wake(&self, topics: &[Topic]) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        for topic in topics {
            heard.wake(*topic);
        }
    }

    /// Tells everybody on this server: nobody knows what changed.
    pub(super) fn wake_all(&self) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let all: Vec<Topic> = heard.topics.keys().copied().collect();
        for topic in all {
            heard.wake(topic);
        }
    }

    /// Listens to a topic from now on.
    pub(crate) fn listen(&self, topic: Topic) -> Subscription {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.changes += 1;
        let last_change = heard.changes;
        let new = || Channel { sender: broadcast::Sender::new(BACKLOG), last_change };
        Subscription(heard.topics.entry(topic).or_insert_with(new).sender.subscribe())
    }

    /// How many topics are listened to.
    pub(crate) fn topics(&self) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).topics.len()
    }

    /// The count of the topic's last change; `None` when nobody listens, since changes are not counted then.
    pub(super) fn last_change(&self, topic: Topic) -> Option<u64> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.topics.get(&topic).map(|channel| channel.last_change)
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

impl Heard {
    fn wake(&mut self, topic: Topic) {
        self.changes += 1;
        let Some(channel) = self.topics.get_mut(&topic) else { return };
        channel.last_change = self.changes;
        if channel.sender.send(()).is_err() {
            self.topics.remove(&topic);
        }
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
        let hub = Hub::new("me".to_owned());
        let mut subscription = hub.listen(topic);
        for _ in 0..(3 * BACKLOG) {
            hub.tell(&[topic]);
        }
        let change = hub.last_change(topic);
        assert!(subscription.changed().now_or_never().is_some());
        assert!(subscription.changed().now_or_never().is_none());
        hub.wake_all();
        assert!(subscription.changed().now_or_never().is_some());
        assert!(hub.last_change(topic) > change);
        drop(subscription);
        hub.tell(&[topic]);
        assert_eq!(hub.last_change(topic), None);
    }
}
