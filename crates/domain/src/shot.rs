//! Shot 原片 of the phone route: from the first byte that a phone sends to the portrait that is made of it.
//!
//! A shot of a station lives only in that station's memory and is described there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InvalidTransition, PortraitId};

/// Where the phone had the picture from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShotSource {
    /// 拍照
    Camera,
    /// 从相册选取
    Album,
}

/// A shot and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    /// How many bytes it has.
    pub total_bytes: u64,
    /// Where it stands.
    pub state: ShotState,
}

/// The states of a shot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ShotState {
    /// Bytes are still to come.
    Uploading {
        /// How many are here.
        received_bytes: u64,
        /// When the upload is given up.
        until: Timestamp,
    },
    /// All is here; it waits for its turn.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// It became a portrait.
    Made {
        /// Which.
        portrait: PortraitId,
        /// When.
        at: Timestamp,
    },
    /// There is not exactly one person in it, so there is nothing to make a portrait of.
    Unfit {
        /// When that was seen.
        at: Timestamp,
    },
    /// It is no picture that can be read.
    Unreadable {
        /// When that was seen.
        at: Timestamp,
    },
    /// The server could not do it, for no fault of the shot.
    Failed {
        /// When it was given up.
        at: Timestamp,
    },
    /// Taken back, or never sent to its end.
    Dropped {
        /// When.
        at: Timestamp,
    },
}

impl ShotState {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Uploading { .. } => "uploading",
            Self::Waiting { .. } => "waiting",
            Self::Made { .. } => "made",
            Self::Unfit { .. } => "unfit",
            Self::Unreadable { .. } => "unreadable",
            Self::Failed { .. } => "failed",
            Self::Dropped { .. } => "dropped",
        }
    }
}

impl Shot {
    /// A shot of which nothing has come yet.
    pub const fn announce(total_bytes: u64, until: Timestamp) -> Self {
        Self { total_bytes, state: ShotState::Uploading { received_bytes: 0, until } }
    }

    /// How many bytes have come; all of them once it waits.
    pub const fn received_bytes(&self) -> u64 {
        match self.state {
            ShotState::Uploading { received_bytes, .. } => received_bytes,
            _ => self.total_bytes,
        }
    }

    /// Whether its pixels are still needed.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ShotState::Uploading { .. } | ShotState::Waiting { .. })
    }

    /// `bytes` more have come; with the last of them it begins to wait.
    pub fn receive(self, bytes: u64, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            ShotState::Uploading { received_bytes, until }
                if at < until && bytes <= self.total_bytes - received_bytes =>
            {
                let received_bytes = received_bytes + bytes;
                let state = if received_bytes == self.total_bytes {
                    ShotState::Waiting { since: at }
                } else {
                    ShotState::Uploading { received_bytes, until }
                };
                Ok(Self { state, ..self })
            }
            state => Err(refused(&state, "receive so many bytes")),
        }
    }

    /// A portrait was made of it.
    pub fn make(self, portrait: PortraitId, at: Timestamp) -> Result<Self, InvalidTransition> {
        self.end("become a portrait", ShotState::Made { portrait, at })
    }

    /// Nobody, or more than one person, is in it.
    pub fn find_unfit(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        self.end("be found unfit", ShotState::Unfit { at })
    }

    /// It cannot be read.
    pub fn find_unreadable(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        self.end("be found unreadable", ShotState::Unreadable { at })
    }

    /// The server gives it up.
    pub fn fail(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        self.end("fail", ShotState::Failed { at })
    }

    /// It is not wanted any more.
    pub fn drop_it(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        if self.is_open() {
            Ok(Self { state: ShotState::Dropped { at }, ..self })
        } else {
            Err(refused(&self.state, "be dropped"))
        }
    }

    /// Its time to come is over.
    pub fn expire(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            ShotState::Uploading { until, .. } if at >= until => self.drop_it(at),
            state => Err(refused(&state, "expire")),
        }
    }

    fn end(self, verb: &'static str, end: ShotState) -> Result<Self, InvalidTransition> {
        match self.state {
            ShotState::Waiting { .. } => Ok(Self { state: end, ..self }),
            state => Err(refused(&state, verb)),
        }
    }
}

const fn refused(state: &ShotState, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "shot", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_shot_waits_once_its_last_byte_is_here() {
        let shot = Shot::announce(10, second(100)).receive(4, second(1)).unwrap();
        assert_eq!(shot.received_bytes(), 4);
        assert!(shot.clone().receive(7, second(2)).is_err(), "more than was announced");
        assert!(shot.clone().find_unfit(second(2)).is_err(), "not all of it was seen");
        let shot = shot.receive(6, second(2)).unwrap();
        assert_eq!(shot.state, ShotState::Waiting { since: second(2) });
        let made = shot.make(PortraitId::from_bytes([1; 16]), second(3)).unwrap();
        assert!(!made.is_open() && made.drop_it(second(4)).is_err());
    }

    #[test]
    fn an_upload_ends_at_its_time_and_a_shot_that_waits_does_not() {
        let shot = Shot::announce(10, second(100));
        assert!(shot.clone().expire(second(99)).is_err());
        assert!(shot.clone().receive(1, second(100)).is_err());
        assert_eq!(shot.clone().expire(second(100)).unwrap().state.name(), "dropped");
        assert!(shot.receive(10, second(1)).unwrap().expire(second(100)).is_err());
    }
}
