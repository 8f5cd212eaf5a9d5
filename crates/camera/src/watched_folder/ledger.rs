//! Which files were seen, which are still growing and which became shots. Reads no disk.

use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
};

use super::listing::{Listing, Stamp};
use crate::raw::is_raw;

/// A file that stood still for so many looks and still does not end as it should is broken; a RAW file that stood
/// still so long without a JPEG beside it is alone.
const PATIENCE_LOOKS: u32 = 20;
/// Files remembered after they have vanished from the folder.
const VANISHED_MAX: usize = 20_000;

/// The memory of a watched folder.
#[derive(Debug, Default)]
pub struct Ledger {
    begun: bool,
    files: BTreeMap<PathBuf, Seen>,
    news: VecDeque<News>,
}

/// Something to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A photo that stood still: worth reading.
    Finished(PathBuf, Stamp),
    /// A photo that does not end as it should, and does not grow.
    Broken,
    /// A RAW file without a photo of the same name.
    RawAlone,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    stamp: Stamp,
    state: State,
    vanished: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not yet finished; looks since it last changed.
    Growing { still_looks: u32 },
    /// Told as broken; may yet grow.
    Broken,
    /// Dealt with.
    Settled,
}

impl Ledger {
    /// The first look of all: what is there already is nobody's shot.
    pub fn begin(&mut self, listing: &Listing) {
        if !std::mem::replace(&mut self.begun, true) {
            let settled = |stamp: &Stamp| Seen { stamp: *stamp, state: State::Settled, vanished: false };
            self.files = listing.iter().map(|(key, stamp)| (key.clone(), settled(stamp))).collect();
        }
    }

    /// Takes in what the folder shows now.
    pub fn look(&mut self, listing: &Listing) {
        self.mark_vanished(listing);
        self.news.clear();
        let mut finished = Vec::new();
        for (key, stamp) in listing {
            if !self.files.contains_key(key) {
                let state =
                    if self.was_renamed(*stamp) { State::Settled } else { State::Growing { still_looks: 0 } };
                self.files.insert(key.clone(), Seen { stamp: *stamp, state, vanished: false });
                continue;
            }
            let Some(seen) = self.files.get_mut(key) else { continue };
            seen.look(*stamp);
            let State::Growing { still_looks: still_looks @ 1.. } = seen.state else { continue };
            let out_of_patience = still_looks >= PATIENCE_LOOKS;
            if !is_raw(key) {
                if out_of_patience {
                    seen.state = State::Broken;
                    self.news.push_back(News::Broken);
                } else if still_looks.is_power_of_two() {
                    // Reading again what did not end takes longer each time, for the network's sake.
                    finished.push((key.clone(), *stamp));
                }
            } else if has_photo(listing, key) {
                seen.state = State::Settled;
            } else if out_of_patience {
                seen.state = State::Settled;
                self.news.push_back(News::RawAlone);
            }
        }
        finished.sort_by_key(|(_, stamp)| stamp.modified_at);
        self.news.extend(finished.into_iter().map(|(key, stamp)| News::Finished(key, stamp)));
    }

    /// What to do next.
    pub fn next_news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// Whether there is more to do without another look.
    pub fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// Nothing more is to come of this file.
    pub fn settle(&mut self, key: &Path, stamp: Stamp) {
        if let Some(seen) = self.files.get_mut(key) {
            (seen.state, seen.stamp) = (State::Settled, stamp);
        }
    }

    /// Whether a file of another name, dealt with before, went as this one came: tethering software and people rename
    /// photos after they have arrived. Where the file system keeps no times nothing is taken for a rename.
    fn was_renamed(&self, stamp: Stamp) -> bool {
        stamp.modified_at.is_some()
            && self
                .files
                .values()
                .any(|seen| seen.vanished && seen.state == State::Settled && seen.stamp == stamp)
    }

    fn mark_vanished(&mut self, listing: &Listing) {
        for (key, seen) in &mut self.files {
            seen.vanished |= !listing.contains_key(key);
        }
        let vanished = self.files.len().saturating_sub(listing.len());
        if vanished > VANISHED_MAX {
            self.files.retain(|_, seen| !seen.vanished);
        }
    }
}

impl Seen {
    fn look(&mut self, stamp: Stamp) {
        let changed = self.stamp != stamp;
        self.state = match self.state {
            State::Growing { still_looks } if !changed => {
                State::Growing { still_looks: still_looks.saturating_add(1) }
            }
            State::Growing { .. } => State::Growing { still_looks: 0 },
            State::Broken if changed => State::Growing { still_looks: 0 },
            // A program that writes a rating into a photo makes no new photo. A name that was deleted and came back
            // as another file does; one that came back unchanged was only out of sight.
            State::Settled if changed && self.vanished => State::Growing { still_looks: 0 },
            state => state,
        };
        self.stamp = stamp;
        self.vanished = false;
    }
}

/// Whether a photo lies beside this RAW file under the same name.
fn has_photo(listing: &Listing, raw: &Path) -> bool {
    let from = raw.with_extension("");
    listing
        .range(from.clone()..)
        .map(|(key, _)| key)
        .take_while(|key| key.as_os_str().as_encoded_bytes().starts_with(from.as_os_str().as_encoded_bytes()))
        .any(|key| !is_raw(key) && key.with_extension("") == from)
}
