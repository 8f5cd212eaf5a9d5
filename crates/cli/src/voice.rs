//! `gradshot voice`: says a call, to try the loudspeaker and the volume.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use gradshot_domain::TicketNumber;
use gradshot_studio::Root;
use gradshot_studio::voice::clips::RATE;
use gradshot_studio::voice::{Clips, Output as _, SystemOutput, Utterance, VoiceLanguage, VoiceSettings};

use crate::Outcome;

/// 试听叫号 · says a call on this PC, to try the loudspeaker and the volume.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The number called, for example A012.
    number: TicketNumber,
    /// The station's name.
    #[arg(default_value = "1号机位")]
    station: String,
    /// In which languages, in this order.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "zh")]
    languages: Vec<Language>,
    /// 0 to 100.
    #[arg(long, default_value_t = VoiceSettings::default().volume, value_parser = clap::value_parser!(u8).range(0..=100))]
    volume: u8,
    /// Leaves the chime out.
    #[arg(long)]
    no_chime: bool,
    /// Writes the call into this WAV file instead.
    #[arg(long, value_name = "FILE")]
    wav: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Language {
    Zh,
    En,
}

/// Says it, or writes it down.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let languages: Vec<_> = arguments
        .languages
        .iter()
        .map(|language| match language {
            Language::Zh => VoiceLanguage::Zh,
            Language::En => VoiceLanguage::En,
        })
        .collect();
    let said = Utterance::call(arguments.number, &arguments.station, &languages, !arguments.no_chime);
    let sound = Clips::new(Root::find()?.voice()).joined(&said, arguments.volume)?;
    match &arguments.wav {
        Some(file) => write_wav(file, &sound)?,
        None => SystemOutput.play(sound)?,
    }
    Ok(Outcome::Fine)
}

/// One channel of 16 bits.
fn write_wav(file: &Path, sound: &[f32]) -> anyhow::Result<()> {
    let length = u32::try_from(sound.len() * 2).context("too long for a WAV file")?;
    let mut bytes = Vec::with_capacity(44 + sound.len() * 2);
    bytes.extend(b"RIFF");
    bytes.extend((36 + length).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend([1, 0, 1, 0]);
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * 2).to_le_bytes());
    bytes.extend([2, 0, 16, 0]);
    bytes.extend(b"data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(sound.iter().flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes()));
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}
