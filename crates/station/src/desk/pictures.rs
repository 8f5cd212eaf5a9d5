//! Plain pixels, in memory only, and only while their student is here or the accepted portrait can be printed.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gradshot_domain::{ShotId, Verdict};
use gradshot_imaging::Negative;

use super::Frame;

/// Which picture of a shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// What the camera gave.
    Shot,
    /// What was made of it.
    Portrait,
}

impl FromStr for PictureKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "shot" => Ok(Self::Shot),
            "portrait" => Ok(Self::Portrait),
            _ => Err(()),
        }
    }
}

#[derive(Clone, Default)]
pub(super) struct Pictures(Arc<Mutex<HashMap<ShotId, Held>>>);

/// What is held of one shot.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) shot: Frame,
    pub(super) portrait: Option<(Frame, Verdict)>,
    /// What moving the crop needs.
    pub(super) negative: Option<Arc<Negative>>,
}

impl Pictures {
    pub(super) fn keep(&self, shot: ShotId, bytes: Vec<u8>) {
        self.lock().insert(shot, Held { shot: bytes.into(), portrait: None, negative: None });
    }

    /// Adds the portrait, unless the shot was forgotten meanwhile.
    pub(super) fn add_portrait(&self, shot: ShotId, portrait: Vec<u8>, verdict: Verdict) {
        if let Some(held) = self.lock().get_mut(&shot) {
            held.portrait = Some((portrait.into(), verdict));
        }
    }

    /// Adds what moving the crop needs, unless the shot was forgotten meanwhile.
    pub(super) fn add_negative(&self, shot: ShotId, negative: Arc<Negative>) {
        if let Some(held) = self.lock().get_mut(&shot) {
            held.negative = Some(negative);
        }
    }

    /// Keeps the portrait alone: neither the shot nor what moving the crop needs.
    pub(super) fn keep_portrait_alone(&self, shot: ShotId) {
        if let Some(held) = self.lock().get_mut(&shot) {
            (held.shot, held.negative) = (Frame::default(), None);
        }
    }

    pub(super) fn held(&self, shot: ShotId) -> Option<Held> {
        self.lock().get(&shot).cloned()
    }

    pub(super) fn get(&self, shot: ShotId, kind: PictureKind) -> Option<Frame> {
        let held = self.held(shot)?;
        match kind {
            PictureKind::Shot => Some(held.shot).filter(|shot| !shot.is_empty()),
            PictureKind::Portrait => held.portrait.map(|(portrait, _)| portrait),
        }
    }

    pub(super) fn forget(&self, shots: &[ShotId]) {
        let mut held = self.lock();
        for shot in shots {
            held.remove(shot);
        }
    }

    /// A panic elsewhere leaves the map whole: every change is one insert or remove.
    fn lock(&self) -> MutexGuard<'_, HashMap<ShotId, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pictures({})", self.lock().len())
    }
}
