//! Studios' lines: each is loaded once for a change, however many phones, stations and boards want to see it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use gradshot_domain::{BusinessDay, StudioId};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::Topic;
use crate::house::House;
use crate::limits;
use crate::problem::Broken;
use crate::view::Line;

/// The lines that somebody listens to.
#[derive(Default)]
pub(crate) struct Lines {
    places: StdMutex<HashMap<StudioId, Arc<Place>>>,
}

/// Whoever loads holds the lock; the others wait and find the line.
type Place = Mutex<Option<Loaded>>;

struct Loaded {
    line: Arc<Line>,
    /// The hub's count when the loading began.
    change: u64,
    at: Timestamp,
}

impl House {
    /// A studio's line as it stands now: the one that was loaded since the last change, else a new one.
    pub(crate) async fn line(&self, studio: StudioId) -> Result<Arc<Line>, Broken> {
        let topic = Topic::Studio(studio);
        if self.hub.last_change(topic).is_none() {
            // Nobody would hear of a change, so nothing is kept.
            self.lines.forget(studio);
            return self.load_line(studio).await;
        }
        let place = self.lines.place(studio);
        let mut kept = place.lock().await;
        let (change, at) = (self.hub.last_change(topic), self.now());
        if let Some(loaded) = &*kept
            && loaded.is_good(change, at)
        {
            return Ok(Arc::clone(&loaded.line));
        }
        let line = self.load_line(studio).await?;
        *kept = change.map(|change| Loaded { line: Arc::clone(&line), change, at });
        Ok(line)
    }

    async fn load_line(&self, studio: StudioId) -> Result<Arc<Line>, Broken> {
        let mut work = self.storage.read().await?;
        Ok(Arc::new(Line::load(&mut work, studio, self.now()).await?))
    }
}

impl Lines {
    fn place(&self, studio: StudioId) -> Arc<Place> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(studio).or_default())
    }

    fn forget(&self, studio: StudioId) {
        self.places.lock().unwrap_or_else(PoisonError::into_inner).remove(&studio);
    }
}

impl Loaded {
    fn is_good(&self, change: Option<u64>, at: Timestamp) -> bool {
        change == Some(self.change)
            && at < self.at + limits::LINE_FRESH
            && BusinessDay::of(at) == BusinessDay::of(self.at)
    }
}
