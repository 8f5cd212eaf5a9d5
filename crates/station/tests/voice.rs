//! The shipped clips: all there, none silent, clipped or cut off, and a call short enough.

use std::path::Path;

use gradshot_station::voice::clips::RATE;
use gradshot_station::voice::plan::every_clip;
use gradshot_station::voice::{Clips, Utterance, VoiceLanguage};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/voice");
/// Nobody listens to a longer call, and the next one waits for it.
const LONGEST_CALL_S: f64 = 6.0;
/// Clips were made to this loudness, pauses left out.
const LOUDNESS_DB: f64 = -20.0;

fn seconds(sound: &[f32]) -> f64 {
    sound.len() as f64 / f64::from(RATE)
}

/// The level of each 10 ms, decibels of full scale.
fn levels(sound: &[f32]) -> Vec<f64> {
    sound
        .chunks_exact(RATE as usize / 100)
        .map(|chunk| {
            let power: f64 = chunk.iter().map(|sample| f64::from(*sample).powi(2)).sum();
            10.0 * (power / chunk.len() as f64 + 1e-10).log10()
        })
        .collect()
}

#[test]
fn every_clip_that_a_call_can_need_is_there_and_sound() {
    let clips = Clips::new(FOLDER);
    let names = every_clip();
    assert!(names.len() > 700, "two languages, all numbers, all stations: {}", names.len());
    for name in names {
        let sound = clips.samples(&name).unwrap();
        assert!((0.35..3.2).contains(&seconds(&sound)), "{name} lasts {:.2} s", seconds(&sound));
        assert!(sound.iter().all(|sample| sample.abs() < 0.98), "{name} is clipped");
        if name == "chime" {
            continue; // a bell begins at its loudest
        }
        let levels = levels(&sound);
        let loudest = levels.iter().copied().fold(f64::MIN, f64::max);
        let edge = levels[0].max(levels[levels.len() - 1]);
        assert!(edge < loudest - 20.0, "{name} begins or ends in the middle of a sound");
        let speech: Vec<f64> = levels.into_iter().filter(|level| *level > loudest - 25.0).collect();
        let power = speech.iter().map(|level| 10_f64.powf(level / 10.0)).sum::<f64>() / speech.len() as f64;
        let loudness = 10.0 * power.log10();
        assert!((loudness - LOUDNESS_DB).abs() < 1.5, "{name} is {loudness:.1} dB loud");
    }
}

#[test]
fn a_call_is_short() {
    let clips = Clips::new(FOLDER);
    for language in [VoiceLanguage::Zh, VoiceLanguage::En] {
        for (number, station) in [("A012", "1号机位"), ("W777", "17号机位"), ("X999", "东厅")] {
            let said = Utterance::call(number.parse().unwrap(), station, &[language], false);
            let length = seconds(&clips.joined(&said, 80).unwrap());
            // The silence before a repetition is not part of the call.
            assert!(length - 0.9 < LONGEST_CALL_S, "{number} to {station} in {language:?}: {length:.2} s");
        }
    }
}

#[test]
fn volume_makes_it_quieter_and_nothing_else() {
    let clips = Clips::new(FOLDER);
    let said = Utterance::call("A012".parse().unwrap(), "1号机位", &[VoiceLanguage::Zh], true);
    let (full, half) = (clips.joined(&said, 100).unwrap(), clips.joined(&said, 50).unwrap());
    assert_eq!(full.len(), half.len());
    assert!(full.iter().zip(&half).all(|(full, half)| (full * 0.25 - half).abs() < 1e-6));
}

#[test]
fn all_clips_together_are_small() {
    let bytes: u64 = every_clip()
        .iter()
        .map(|name| Path::new(FOLDER).join(name).with_extension("ogg").metadata().unwrap().len())
        .sum();
    assert!(bytes < 3 << 20, "{} KB", bytes / 1024);
}
