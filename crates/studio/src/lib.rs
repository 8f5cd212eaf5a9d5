//! One PC as a complete studio: server, station, camera and pages put together.
//!
//! This is the composition that the window and the command line share. Only here (and in `gradshot serve`, which uses
//! the same [`ServerRoom`]) is a database or a camera driver named. It decides nothing about photographs or queues.
//!
//! - [`Root`]: where the product's own files are.
//! - [`ServerRoom`]: the server with its database, its blobs and its vault key in one folder.
//! - [`Studio`]: server room and station in one process, the default; [`Threshold`]: before it is paired.
//! - [`backup`]: a server's folder copied while it runs, and put back.
//! - [`vault`]: the keys in that folder, changed.
//! - [`bridge`]: the desk's commands over a token-protected local HTTP and WebSocket, for a browser.
//! - [`cameras`]: the drivers, what is connected, and one camera looked at more closely.
//! - [`spool`]: what the system's print queue does with sheets.
//! - [`light_test`]: is the studio lit as the standard wants it?
//! - [`demo`]: the demonstration campaign and the way of many students through everything.

pub mod backup;
pub mod bridge;
pub mod cameras;
pub mod demo;
mod folder;
mod pairing;
mod phone_darkroom;
mod root;
mod server_room;
pub mod spool;
mod start_problem;
mod studio;
mod task;
mod threshold;
pub mod vault;

pub use gradshot_station::desk::PictureKind;
pub use gradshot_station::light_test;
pub use gradshot_station::voice;
pub use phone_darkroom::PhoneDarkroom;
pub use root::Root;
pub use server_room::{ServerRoom, ServerRoomOptions};
pub use start_problem::start_problem;
pub use studio::{Addresses, DemoOptions, Studio, StudioOptions};
pub use threshold::Threshold;
