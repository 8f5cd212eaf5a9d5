//! The voice: says on this PC's loudspeaker who is called to which station.
//!
//! - [`plan`]: which clips make a call, and in what order. The clips and `plan.json` lie in `assets/voice`; the board's
//!   page reads the same plan.
//! - [`announcer`]: whom to call next, when several desks call at once. No clock, no thread.
//! - [`clips`]: the clips' samples, and a call put together from them.
//! - [`output`]: the loudspeaker; without one, nothing.
//! - [`live`]: listens to the studio's board and speaks.
//!
//! The voice is a comfort. Whatever is wrong with it is a line in the log, never an error of the desk.

pub mod announcer;
#[cfg(test)]
mod cases;
pub mod clips;
pub mod live;
pub mod output;
pub mod plan;

pub use gradshot_wire::desk::{VoiceLanguage, VoiceSettings, VoiceSpeaks};

pub use announcer::Announcer;
pub use clips::Clips;
pub use live::{VoiceOptions, run};
pub use output::{Output, SystemOutput};
pub use plan::Utterance;
