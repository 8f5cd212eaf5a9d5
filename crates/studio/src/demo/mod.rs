//! The demonstration: an invented school, invented students, real parts.
//!
//! Everything goes over the server's HTTP API and the desk's bridge, as phones, stations and offices use them. Only the
//! people, their image codes and the shutter are made up.

mod api;
mod crowd;
mod people;
mod phone;
mod rehearsal;
mod seed;
mod staff;
mod walk;

pub use api::ApiError;
pub use crowd::{Crowd, CrowdPace};
pub use people::Person;
pub use rehearsal::{Invitation, InvitedTicket, Rehearsal, RehearsalOptions};
pub use seed::{Campaign, StaffLogin, seed};
pub use walk::{Refusal, Report, Step, WalkOptions, walk};
