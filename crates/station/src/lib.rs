//! The station: everything between the shutter and the server's yes.
//!
//! - [`session`]: the session machine. Events go in, effects come out; no clock, no thread, no socket.
//! - [`outbox`]: what was sealed here and has not reached the server; survives a kill at any moment.
//! - [`client`]: the station's side of the HTTP API.
//! - [`darkroom`]: from a shot to a portrait and a verdict.
//! - [`light_test`]: is the studio lit as the standard wants it?
//! - [`desk`]: the running station, which performs the effects and publishes what the desk shows.
//! - [`upload`]: a sealed portrait's way to the server, at once or piece by piece.
//! - [`printer`]: a printer that speaks IPP; sheets go to it from memory.
//! - [`voice`]: says who is called.
//!
//! A station never learns a name, an ID number, a phone number or an image code, so none can be on its disk. Plain
//! pixels live only in memory, and only while their ticket is at this station; the accepted portrait until the next student
//! stands before the camera, if prints are made here.

pub mod client;
pub mod darkroom;
pub mod desk;
pub mod identity;
pub mod light_test;
pub mod outbox;
pub mod printer;
pub mod session;
pub mod upload;
pub mod voice;
