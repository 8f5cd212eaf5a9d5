//! How much and how long: every wait and every buffer ends somewhere.

use std::time::Duration;

/// Limits of one camera; the defaults suit a tethered camera in a studio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file. A 100-megapixel JPEG at best quality is below 80 MB.
    pub shot_max_bytes: u64,
    /// Finding and opening. A slow tethered camera takes 3 s and more.
    pub open_timeout: Duration,
    /// From the request to the file in memory: focus, exposure and transfer.
    pub shot_timeout: Duration,
    /// Every other call: a frame, a poll, a setting.
    pub call_timeout: Duration,
    /// Closing, before the camera is given up as stuck.
    pub release_timeout: Duration,
    /// Pause before a camera that is gone is looked for again.
    pub reopen_pause: Duration,
    /// Pause before a live view that failed is started again.
    pub live_pause: Duration,
    /// Between two looks at battery and card.
    pub status_period: Duration,
    /// Shots asked for and not yet begun; more are refused as [`crate::Fault::Busy`].
    pub shots_pending: usize,
    /// Events not yet read; the camera waits when there are more. Live frames are not among them.
    pub events_pending: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            shot_max_bytes: 128 << 20,
            open_timeout: Duration::from_secs(20),
            shot_timeout: Duration::from_secs(30),
            call_timeout: Duration::from_secs(10),
            release_timeout: Duration::from_secs(3),
            reopen_pause: Duration::from_secs(2),
            live_pause: Duration::from_secs(1),
            status_period: Duration::from_secs(2),
            shots_pending: 2,
            events_pending: 8,
        }
    }
}
