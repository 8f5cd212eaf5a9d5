//! The voice follows the studio's board: a number that the desk calls is heard, once its settings say so.

mod demo;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gradshot_studio::voice::clips::RATE;
use gradshot_studio::voice::output::OutputError;
use gradshot_studio::voice::{self, Clips, Output, VoiceOptions, VoiceSettings, VoiceSpeaks};
use gradshot_studio::{Root, Studio};
use gradshot_wire::desk::DeskCommand;

/// A loudspeaker that only remembers how long it would have sounded, in milliseconds.
#[derive(Default)]
struct Heard(Mutex<Vec<u32>>);

impl Output for Heard {
    fn play(&self, sound: Vec<f32>) -> Result<(), OutputError> {
        self.0.lock().unwrap().push(sound.len() as u32 / (RATE / 1000));
        Ok(())
    }
}

fn speak(studio: &Studio, settings: &VoiceSettings, output: Arc<dyn Output>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let kept = serde_json::json!({ "settings": { "voice": settings } });
    std::fs::write(folder.path().join("desk.json"), kept.to_string()).unwrap();
    tokio::spawn(voice::run(VoiceOptions {
        http: gradshot_station::client::http_client().unwrap(),
        server: studio.addresses.server.clone(),
        studio_code: studio.desk.studio_code().to_owned(),
        is_at_the_server: true,
        folder: folder.path().to_owned(),
        test_calls: studio.desk.test_calls(),
        clips: Arc::new(Clips::new(Root::find().unwrap().voice())),
        output,
    }));
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_called_at_the_desk_is_heard_where_the_settings_say_so() {
    let studio = demo::open(4).await;
    let (heard, mute) = (Arc::new(Heard::default()), Arc::new(Heard::default()));
    let settings = VoiceSettings { times: 1, ..VoiceSettings::default() };
    let _folders = [
        speak(&studio, &settings, heard.clone()),
        speak(&studio, &VoiceSettings { speaks: VoiceSpeaks::Never, ..settings }, mute.clone()),
    ];
    let mut states = studio.desk.states();
    states.wait_for(|state| state.queue.as_ref().is_some_and(|queue| queue.waiting > 0)).await.unwrap();
    studio.desk.command(DeskCommand::CallNext).await.unwrap();
    // What stood on the board when the voice first looked is not said, so the operator calls again until it is heard.
    while heard.0.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(100)).await;
        studio.desk.command(DeskCommand::Recall).await.unwrap();
    }
    let length = heard.0.lock().unwrap()[0];
    assert!((3_000..8_000).contains(&length), "a chime and a whole call: {length} ms");
    assert!(mute.0.lock().unwrap().is_empty());
}
