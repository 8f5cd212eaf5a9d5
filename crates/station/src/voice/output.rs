//! The loudspeaker. It is opened for each call, so that one that is plugged in later, or changed, is the one that speaks.

use std::time::Duration;

/// Where the voice goes.
pub trait Output: Send + Sync {
    /// Plays these samples, [`super::clips::RATE`] a second, and returns when they were heard.
    fn play(&self, sound: Vec<f32>) -> Result<(), OutputError>;
}

/// Why nothing was heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutputError {
    /// There is no loudspeaker, or another program has it.
    #[error("no loudspeaker can be used ({0}); connect one, or let a board speak")]
    NoLoudspeaker(String),
    /// It took far longer than the sound lasts.
    #[error("the loudspeaker has stopped playing; connect it again")]
    Stalled,
}

/// The system's own loudspeaker.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemOutput;

/// A loudspeaker that takes this much longer than the sound is broken.
#[cfg(feature = "sound")]
const PATIENCE: Duration = Duration::from_secs(4);

#[cfg(feature = "sound")]
impl Output for SystemOutput {
    fn play(&self, sound: Vec<f32>) -> Result<(), OutputError> {
        use std::num::NonZero;

        let rate = super::clips::RATE;
        let length = Duration::from_secs_f64(sound.len() as f64 / f64::from(rate));
        let mut device = rodio::DeviceSinkBuilder::open_default_sink()
            .map_err(|error| OutputError::NoLoudspeaker(error.to_string()))?;
        device.log_on_drop(false);
        let player = rodio::Player::connect_new(device.mixer());
        let rate = NonZero::new(rate).unwrap_or(NonZero::<u32>::MIN);
        player.append(rodio::buffer::SamplesBuffer::new(NonZero::<u16>::MIN, rate, sound));
        let mut waited = Duration::ZERO;
        while !player.empty() {
            if waited > length + PATIENCE {
                return Err(OutputError::Stalled);
            }
            std::thread::sleep(STEP);
            waited += STEP;
        }
        // What was handed over is not heard yet.
        std::thread::sleep(Duration::from_millis(150));
        Ok(())
    }
}

#[cfg(feature = "sound")]
const STEP: Duration = Duration::from_millis(20);

#[cfg(not(feature = "sound"))]
impl Output for SystemOutput {
    fn play(&self, _sound: Vec<f32>) -> Result<(), OutputError> {
        Err(OutputError::NoLoudspeaker("this program was built without sound".to_owned()))
    }
}
