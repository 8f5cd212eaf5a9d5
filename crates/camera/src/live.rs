//! Live view: frames while a session lasts.

use std::{fmt, sync::Arc, thread, time::Duration};

use crate::{Ability, Camera, Fault};

/// Shows what the lens sees. Used through a [`LiveSession`], which pairs start and stop.
pub trait LiveView {
    /// Begins (raises the mirror, opens the stream).
    fn start(&mut self) -> Result<(), Fault>;

    /// The newest frame, upright and never mirrored. Blocks until there is one; older ones are left out.
    fn next_frame(&mut self) -> Result<LiveFrame, Fault>;

    /// Ends. Has no answer: nobody could do anything about a failure.
    fn stop(&mut self);

    /// The least time between two calls of [`Self::next_frame`]; zero when that call itself keeps the pace.
    fn period(&self) -> Duration {
        Duration::ZERO
    }
}

/// One frame of live view; cloning it copies no pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct LiveFrame {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// The picture.
    pub pixels: FramePixels,
}

/// A frame's bytes, as the camera gives them.
#[derive(Clone, PartialEq, Eq)]
pub enum FramePixels {
    /// A JPEG file.
    Jpeg(Arc<[u8]>),
    /// `width_px * height_px * 3` bytes: rows from the top, red, green, blue, sRGB.
    Rgb(Arc<[u8]>),
}

/// Live view that is running; it stops when this is dropped.
#[must_use = "live view stops when its session is dropped"]
pub struct LiveSession<'a> {
    camera: &'a mut dyn Camera,
}

impl fmt::Debug for LiveFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, bytes) = match &self.pixels {
            FramePixels::Jpeg(bytes) => ("Jpeg", bytes.len()),
            FramePixels::Rgb(bytes) => ("Rgb", bytes.len()),
        };
        write!(f, "LiveFrame({kind}, {}x{} px, {bytes} bytes)", self.width_px, self.height_px)
    }
}

impl<'a> LiveSession<'a> {
    /// Starts live view.
    pub fn start(camera: &'a mut dyn Camera) -> Result<Self, Fault> {
        camera.live().ok_or(Fault::NotAvailable(Ability::Live))?.start()?;
        Ok(Self { camera })
    }

    /// The newest frame.
    pub fn next_frame(&mut self) -> Result<LiveFrame, Fault> {
        self.camera.live().ok_or(Fault::NotAvailable(Ability::Live))?.next_frame()
    }

    /// The camera, for a shot between two frames.
    pub fn camera(&mut self) -> &mut dyn Camera {
        self.camera
    }
}

impl Drop for LiveSession<'_> {
    fn drop(&mut self) {
        // A driver that is panicking must not be called again: a second panic would end the whole program.
        if thread::panicking() {
            return;
        }
        if let Some(live) = self.camera.live() {
            live.stop();
        }
    }
}
