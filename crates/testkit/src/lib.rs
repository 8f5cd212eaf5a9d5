//! For tests only: a clock that stands still, seeded randomness, and a whole server in a folder that vanishes.
//!
//! - [`StandingClock`] moves when a test says so; [`rng`] gives the same numbers every time.
//! - [`TestServer`] drives the real router without a socket; [`Caller`] is one person or station with its token.
//! - [`Bucket`] is a real S3 server on the loopback; [`Line`] is a cable that can be pulled.
//! - [`Scene`] sets the stage that most tests need: a campaign with a roster of invented people, a studio, staff; with
//!   [`TestStudent`] and [`TestStation`] to walk on it.
//!
//! A step that must succeed panics when it does not, so that a test reads as a story.

mod bucket;
mod caller;
mod clock;
mod line;
mod people;
mod scene;
mod server;
mod station;
mod student;

pub use bucket::Bucket;
pub use caller::{Answer, Caller, Events};
pub use clock::StandingClock;
pub use line::Line;
pub use people::{Person, people, roster_csv};
pub use scene::Scene;
pub use server::{BAD_SHOT, CROWDED_SHOT, GOOD_SHOT, JPEG, TestServer, picture_of, vault_key};
pub use station::{Sealed, TestStation};
pub use student::TestStudent;

use rand::SeedableRng as _;
use rand::rngs::StdRng;

/// A generator that gives the same numbers for the same seed.
pub fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}
