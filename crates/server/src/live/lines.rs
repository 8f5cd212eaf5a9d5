//! Studios' lines: each is loaded once for a change, however many phones, stations and boards want to see it. A line that
//! was loaded listens for its studio's changes itself, so that it is good also for those who ask and do not listen.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use gradshot_domain::{BusinessDay, StudioId};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::{Subscription, Topic};
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
    /// As long as it is held, changes are counted.
    _heard: Subscription,
}

impl House {
    /// A studio's line as it stands now: the one that was loaded since the last change, else a new one.
    pub(crate) async fn line(&self, studio: StudioId) -> Result<Arc<Line>, Broken> {
        let topic = Topic::Studio(studio);
        let hears_all = !self.storage.is_shared() || self.hub.hears_others();
        if !hears_all && self.hub.last_change(topic).is_none() {
            // A change on another server would not be heard, so nothing is kept.
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
        // Before the loading begins, so that no change falls between.
        let heard = self.hub.listen(topic);
        let change = self.hub.last_change(topic);
        let line = self.load_line(studio).await?;
        *kept = change.map(|change| Loaded { line: Arc::clone(&line), change, at, _heard: heard });
        Ok(line)
    }

    /// A studio's line if it was loaded since the last change and nobody is loading it. Asks the database nothing, so it
    /// may be called within a unit of work.
    pub(crate) fn line_at_hand(&self, studio: StudioId) -> Option<Arc<Line>> {
        let change = self.hub.last_change(Topic::Studio(studio))?;
        let place = self.lines.place(studio);
        let kept = place.try_lock().ok()?;
        kept.as_ref().filter(|loaded| loaded.is_good(Some(change), self.now())).map(|it| Arc::clone(&it.line))
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
