//! The clips' samples, and a call put together from them.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, Trim};

use super::plan::Utterance;

/// Samples a second; the clips have one channel.
pub const RATE: u32 = 24_000;
const DECODER_RATE: i32 = 24_000;
/// A clip is cut off here: whatever is longer is none of ours.
const LONGEST_S: usize = 20;

/// Why a clip cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// It is not there.
    #[error("the voice clip {0} cannot be read: {1}; install the program's assets again")]
    Unreadable(PathBuf, std::io::Error),
    /// It is not Ogg/Opus with one channel.
    #[error("the voice clip {0} is damaged; install the program's assets again")]
    Damaged(PathBuf),
}

/// The folder `assets/voice`, and what was decoded of it so far.
#[derive(Debug)]
pub struct Clips {
    folder: PathBuf,
    decoded: Mutex<HashMap<String, Arc<[f32]>>>,
}

impl Clips {
    /// The clips in this folder. They are read when they are first said.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), decoded: Mutex::default() }
    }

    /// A clip's samples.
    pub fn samples(&self, name: &str) -> Result<Arc<[f32]>, ClipError> {
        let mut decoded = self.decoded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = decoded.get(name) {
            return Ok(Arc::clone(known));
        }
        let samples: Arc<[f32]> = decode(&self.folder.join(name).with_extension("ogg"))?.into();
        decoded.insert(name.to_owned(), Arc::clone(&samples));
        Ok(samples)
    }

    /// What is said in one go, at this volume. A call without one of its clips would mislead, so it is not said.
    pub fn joined(&self, said: &Utterance, volume: u8) -> Result<Vec<f32>, ClipError> {
        let loudness = (f32::from(volume.min(100)) / 100.0).powi(2);
        let mut sound = Vec::new();
        for step in &said.steps {
            sound.extend(self.samples(&step.clip)?.iter().map(|sample| sample * loudness));
            let pause = step.pause_ms as usize * RATE as usize / 1000;
            sound.resize(sound.len() + pause, 0.0);
        }
        Ok(sound)
    }
}

fn decode(path: &Path) -> Result<Vec<f32>, ClipError> {
    let damaged = || ClipError::Damaged(path.to_owned());
    let file = File::open(path).map_err(|error| ClipError::Unreadable(path.to_owned(), error))?;
    let mut reader = OggOpusReader::new(BufReader::new(file)).map_err(|_| damaged())?;
    let head = reader.head().clone();
    if head.channel_count != 1 {
        return Err(damaged());
    }
    let mut decoder = head.decoder(DECODER_RATE).map_err(|_| damaged())?;
    let mut trim = Trim::new(&head, DECODER_RATE, 1).map_err(|_| damaged())?;
    let mut block = vec![0.0_f32; MAX_PACKET_SAMPLES];
    let mut samples = Vec::new();
    for packet in reader.packets() {
        let packet = packet.map_err(|_| damaged())?;
        let length = decoder.decode(&packet.data, MAX_PACKET_SAMPLES, &mut block).map_err(|_| damaged())?;
        samples.extend_from_slice(trim.keep(&packet, &block[..length]));
        if samples.len() > LONGEST_S * RATE as usize {
            return Err(damaged());
        }
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_clip_says_so_and_is_not_said() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("chime.ogg"), b"OggS and nothing else").unwrap();
        let clips = Clips::new(folder.path());
        assert!(matches!(clips.samples("chime"), Err(ClipError::Damaged(_))));
        assert!(matches!(clips.samples("zh/to-1"), Err(ClipError::Unreadable(..))));
    }
}
