//! Cameras behind two traits: a [`Driver`] lists and opens, a [`Camera`] shows and shoots.
//!
//! The traits block and say nothing about threads; a [`CameraThread`] gives one camera a thread of its own, takes
//! commands and hands out [`Events`] to any runtime or none. Whatever a driver does (an error, a panic, a call that
//! never returns) comes back as an event with a [`Fault`] that says what to do, and the camera is opened again.
//!
//! A shot is the camera's file, byte for byte, in memory: nothing here decodes it, changes it or writes it to a disk.
//! File names and pictures never reach a log.
//!
//! ```no_run
//! # use std::{sync::Arc, time::Duration};
//! use gradshot_camera::{CameraThread, Choice, Event, Limits, ShotRequest, simulated::SimulatedDriver};
//!
//! # async fn run() -> std::io::Result<()> {
//! let driver = Arc::new(SimulatedDriver::new("photos"));
//! let (camera, mut events) = CameraThread::start(driver, Choice::First, Limits::default())?;
//! let viewer = camera.watch(); // live view runs until this is dropped
//! camera.shoot(ShotRequest(7)); // the station's own number, bound to the ticket that was scanned
//! while let Some(event) = events.next().await {
//!     match event {
//!         Event::Connected { device, .. } => println!("{}", device.name),
//!         Event::LiveFrame(frame) => println!("{} px wide", frame.width_px),
//!         Event::Shot { request, shot } => println!("{request:?}: {} bytes", shot.bytes.len()),
//!         Event::Disconnected { fault } | Event::Failed { fault, .. } => println!("{}", fault.advice().remedy_zh),
//!         Event::Status(_) | Event::Settings(_) => {}
//!     }
//! }
//! # drop(viewer);
//! # Ok(())
//! # }
//! ```

mod camera;
mod complete;
mod device;
mod driver;
mod fault;
#[cfg(all(feature = "gphoto2", target_os = "linux"))]
pub mod gphoto;
mod limits;
mod live;
mod raw;
mod settings;
mod settings_book;
mod shot;
pub mod simulated;
mod sync;
mod thread;
pub mod watched_folder;
#[cfg(feature = "webcam")]
pub mod webcam;

pub use camera::{Abilities, Camera, Card, OutsideShots, StillCapture};
pub use device::{Choice, Device, DeviceId};
pub use driver::{Driver, DriverSet};
pub use fault::{Ability, Advice, Fault};
pub use limits::Limits;
pub use live::{FramePixels, LiveFrame, LiveSession, LiveView};
pub use settings::{Setting, SettingKey, Settings, Status};
pub use settings_book::{BookError, SettingsBook};
pub use shot::{CardFile, Shot, ShotFormat};
pub use thread::{Activity, CameraThread, Event, Events, NoEvent, ShotRequest, Viewer};
