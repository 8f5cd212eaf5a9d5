//! Listens to the studio's board and speaks, for as long as the program runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use eventsource_stream::Eventsource as _;
use futures::{Stream, StreamExt as _};
use gradshot_wire::board::Board;
use gradshot_wire::desk::VoiceSettings;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::announcer::Announcer;
use super::clips::Clips;
use super::output::{Output, OutputError};
use super::plan::Utterance;
use crate::desk::DeskMemory;
use crate::outbox::retry_after;

/// The server sends a comment every 15 seconds; silence for longer means that the line is dead.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(40);
/// A loudspeaker that was not there is asked for again after this long.
const NO_LOUDSPEAKER_PAUSE: Duration = Duration::from_secs(30);
/// Whom a test call calls, and where to.
const TEST_NUMBER: &str = "A001";
const TEST_STATION: &str = "1号机位";

/// What the voice needs.
pub struct VoiceOptions {
    /// HTTP client with time limits.
    pub http: reqwest::Client,
    /// The server's address.
    pub server: String,
    /// The studio whose board it follows.
    pub studio_code: String,
    /// Whether the server runs on this PC.
    pub is_at_the_server: bool,
    /// The station's folder, which keeps the desk's settings; they are read again with each change of the board.
    pub folder: PathBuf,
    /// Changes whenever somebody at the desk wants to hear a call.
    pub test_calls: watch::Receiver<u32>,
    /// The clips.
    pub clips: Arc<Clips>,
    /// The loudspeaker.
    pub output: Arc<dyn Output>,
}

/// Runs until it is dropped.
pub async fn run(mut options: VoiceOptions) {
    let mut mouth = Mouth::new(&options.folder, options.is_at_the_server, &options.clips, &options.output);
    let mut attempts = 0;
    loop {
        if let Some(boards) = boards(&options).await {
            attempts = 0;
            follow(&mut mouth, boards, &mut options.test_calls).await;
        }
        let pause = retry_after(attempts).min(Duration::from_secs(8));
        attempts += 1;
        // What was heard before the line broke is still said.
        let over = Instant::now() + pause;
        while Instant::now() < over {
            tokio::select! {
                () = tokio::time::sleep_until(over.into()) => {}
                Ok(()) = options.test_calls.changed() => mouth.test(),
                () = mouth.speak() => {}
            }
        }
    }
}

/// Speaks while boards come, until the line breaks.
async fn follow(mouth: &mut Mouth, boards: impl Stream<Item = Board>, test_calls: &mut watch::Receiver<u32>) {
    let mut boards = std::pin::pin!(boards);
    loop {
        tokio::select! {
            board = boards.next() => match board {
                Some(board) => mouth.see(&board),
                None => return,
            },
            Ok(()) = test_calls.changed() => mouth.test(),
            () = mouth.speak() => {}
        }
    }
}

/// One call at a time.
struct Mouth {
    folder: PathBuf,
    is_at_the_server: bool,
    clips: Arc<Clips>,
    output: Arc<dyn Output>,
    settings: VoiceSettings,
    announcer: Announcer,
    /// A test call that is to be said before anything else, and how loud.
    tested: Option<(Utterance, u8)>,
    playing: Option<JoinHandle<Result<(), OutputError>>>,
    silent_until: Option<Instant>,
}

impl Mouth {
    fn new(folder: &Path, is_at_the_server: bool, clips: &Arc<Clips>, output: &Arc<dyn Output>) -> Self {
        Self {
            folder: folder.to_owned(),
            is_at_the_server,
            clips: Arc::clone(clips),
            output: Arc::clone(output),
            settings: kept_settings(folder),
            announcer: Announcer::default(),
            tested: None,
            playing: None,
            silent_until: None,
        }
    }

    fn see(&mut self, board: &Board) {
        self.settings = kept_settings(&self.folder);
        if !self.settings.speaks(self.is_at_the_server) {
            self.settings.volume = 0;
        }
        self.announcer.see(board, &self.settings);
    }

    /// Wants a call of nobody said, as it is set now, on this PC in any case: somebody stands there and listens. A loudspeaker
    /// that was not there is asked for again.
    fn test(&mut self) {
        let settings = kept_settings(&self.folder);
        let Ok(number) = TEST_NUMBER.parse() else { return };
        let said = Utterance::call(number, TEST_STATION, &settings.languages, settings.chime);
        self.tested = Some((said, settings.volume));
        self.silent_until = None;
    }

    /// Says the next call, or waits for the one that is being said. May be dropped at any time and asked again; pending
    /// for ever when there is nothing to say.
    async fn speak(&mut self) {
        if let Some(playing) = &mut self.playing {
            let ended = playing.await;
            self.playing = None;
            if let Ok(Err(error)) = ended {
                tracing::warn!(%error, "a call was not spoken");
                self.silent_until = Some(Instant::now() + NO_LOUDSPEAKER_PAUSE);
            }
            return;
        }
        let tested = self.tested.take();
        let next = || self.announcer.next(&self.settings).map(|said| (said, self.settings.volume));
        let Some((said, volume)) = tested.or_else(next) else {
            return std::future::pending().await;
        };
        if self.silent_until.is_some_and(|until| Instant::now() < until) {
            return;
        }
        let (clips, output) = (Arc::clone(&self.clips), Arc::clone(&self.output));
        self.playing = Some(tokio::task::spawn_blocking(move || match clips.joined(&said, volume) {
            Ok(sound) => output.play(sound),
            Err(error) => {
                tracing::error!(%error, "a call was not spoken");
                Ok(())
            }
        }));
    }
}

/// What is kept at this station now, as the operator set it at the desk.
fn kept_settings(folder: &Path) -> VoiceSettings {
    DeskMemory::open(folder).settings().voice.clone().within_limits()
}

/// The board as it changes, until the line breaks or falls silent; `None` when there is no line.
async fn boards(options: &VoiceOptions) -> Option<impl Stream<Item = Board> + use<>> {
    let url = format!("{}/api/boards/{}/events", options.server.trim_end_matches('/'), options.studio_code);
    let request = options.http.get(url).timeout(Duration::from_hours(24));
    let response = request.send().await.ok().filter(|response| response.status().is_success())?;
    let events = tokio_stream::StreamExt::timeout(response.bytes_stream(), SILENCE_TIMEOUT)
        .take_while(|chunk| std::future::ready(chunk.is_ok()))
        .filter_map(|chunk| std::future::ready(chunk.ok()))
        .eventsource()
        .take_while(|event| std::future::ready(event.is_ok()))
        .filter_map(|event| {
            let board = event.ok().filter(|event| event.event == "board");
            std::future::ready(board.and_then(|event| serde_json::from_str(&event.data).ok()))
        });
    Some(events)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::sync::mpsc;

    use super::*;
    use crate::voice::cases::{Cases, Step};
    use crate::voice::{VoiceLanguage, VoiceSpeaks};

    /// A loudspeaker that remembers the calls' lengths, or is not there.
    #[derive(Default)]
    struct Loudspeaker {
        is_missing: bool,
        asked: Mutex<Vec<usize>>,
    }

    impl Output for Loudspeaker {
        fn play(&self, sound: Vec<f32>) -> Result<(), OutputError> {
            self.asked.lock().unwrap().push(sound.len());
            if self.is_missing { Err(OutputError::NoLoudspeaker("none".into())) } else { Ok(()) }
        }
    }

    /// Two calls at once, after a board without any; gives how long each sound was that was played.
    async fn two_calls(settings: &VoiceSettings, is_missing: bool) -> Vec<usize> {
        let folder = tempfile::tempdir().unwrap();
        let kept = serde_json::json!({ "settings": { "voice": settings } });
        std::fs::write(folder.path().join("desk.json"), kept.to_string()).unwrap();
        let loudspeaker = Arc::new(Loudspeaker { is_missing, ..Loudspeaker::default() });
        let clips = Clips::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/voice"));
        let output: Arc<dyn Output> = loudspeaker.clone();
        let mut mouth = Mouth::new(folder.path(), true, &Arc::new(clips), &output);
        let (sender, boards) = mpsc::unbounded_channel();
        let day = Cases::read().days.into_iter().find(|day| day.name.starts_with("Two desks")).unwrap();
        for step in day.steps {
            if let Step::Called(called) = step {
                sender.send(Cases::board(called)).unwrap();
            }
        }
        drop(sender);
        let boards = futures::stream::unfold(boards, |mut boards| async {
            boards.recv().await.map(|board| (board, boards))
        });
        follow(&mut mouth, boards, &mut watch::channel(0).1).await;
        // The line is gone; what was heard of is still said.
        while mouth.playing.is_some() || !mouth.announcer.is_empty() {
            mouth.speak().await;
        }
        loudspeaker.asked.lock().unwrap().clone()
    }

    #[tokio::test]
    async fn two_desks_are_heard_one_after_the_other_and_nobody_twice_at_once() {
        let settings = VoiceSettings { times: 2, ..VoiceSettings::default() };
        let lengths = two_calls(&settings, false).await;
        assert_eq!(lengths.len(), 4);
        assert!(
            lengths[0] > lengths[2] && lengths[1] > lengths[3],
            "a chime before the first only: {lengths:?}"
        );
        let both =
            VoiceSettings { languages: vec![VoiceLanguage::Zh, VoiceLanguage::En], times: 1, ..settings };
        assert!(two_calls(&both, false).await[0] > lengths[0], "two languages last longer");
    }

    #[tokio::test]
    async fn a_test_call_is_heard_also_where_real_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let silent = VoiceSettings { speaks: VoiceSpeaks::Never, ..VoiceSettings::default() };
        let kept = serde_json::json!({ "settings": { "voice": silent } });
        std::fs::write(folder.path().join("desk.json"), kept.to_string()).unwrap();
        let loudspeaker = Arc::new(Loudspeaker::default());
        let clips = Clips::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/voice"));
        let output: Arc<dyn Output> = loudspeaker.clone();
        let mut mouth = Mouth::new(folder.path(), false, &Arc::new(clips), &output);
        mouth.test();
        // The first time it begins, the second time it ends.
        mouth.speak().await;
        mouth.speak().await;
        assert!(loudspeaker.asked.lock().unwrap()[0] > 0, "a sound");
        assert!(mouth.playing.is_none());
    }

    #[tokio::test]
    async fn a_missing_loudspeaker_is_not_asked_for_at_every_call_and_a_silent_desk_asks_for_none() {
        let settings = VoiceSettings::default();
        assert_eq!(two_calls(&settings, true).await.len(), 1);
        let silent = VoiceSettings { speaks: VoiceSpeaks::Never, ..settings };
        assert!(two_calls(&silent, false).await.is_empty());
    }
}
