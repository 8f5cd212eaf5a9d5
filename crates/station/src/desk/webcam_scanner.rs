//! A webcam as the scanner: its frames are read for QR codes, and a code that is found counts as a scan.
//!
//! It reads only while a scan is awaited, so that neither the processor nor a phone in somebody's hand disturbs the
//! shots. When the webcam is the camera that photographs, its live view is read.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gradshot_camera::{CameraThread, Choice, DeviceId, Driver, Event, Events, FramePixels, Limits};
use gradshot_imaging::qr;
use gradshot_wire::desk::{DeskCommand, DeskState, StudentPhase};
use tokio::sync::{mpsc, oneshot, watch};

use super::{Frame, Input, camera};
use crate::session;

/// Between two looks: a phone is held before a scanner for a second or two.
const PERIOD: Duration = Duration::from_millis(150);
/// A code that was out of sight for so long is shown anew.
const FORGOTTEN: Duration = Duration::from_millis(1500);

/// What the scanner reads from and tells to.
pub(super) struct WebcamScanner {
    pub(super) driver: Arc<dyn Driver>,
    pub(super) states: watch::Receiver<Arc<DeskState>>,
    /// The camera's own live view.
    pub(super) frames: watch::Receiver<Option<Frame>>,
    pub(super) inbox: mpsc::WeakSender<Input>,
}

/// Where codes are read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Nowhere,
    /// In the live view of the camera that photographs.
    LiveView,
    Webcam(String),
}

/// The code that was read last: it is read on many frames and scanned once.
#[derive(Debug, Default)]
struct Seen(Option<(String, Instant)>);

impl WebcamScanner {
    /// Reads until the desk is gone.
    pub(super) async fn run(mut self) {
        let mut seen = Seen::default();
        loop {
            let source = source(&self.states.borrow_and_update());
            let goes_on = match &source {
                Source::Nowhere => self.rest(&source).await,
                Source::LiveView => self.read(self.frames.clone(), &source, &mut seen).await,
                Source::Webcam(id) => self.film(id, &source, &mut seen).await,
            };
            if goes_on.is_none() {
                return;
            }
        }
    }

    /// Opens the webcam for as long as it is the scanner.
    async fn film(&mut self, id: &str, source: &Source, seen: &mut Seen) -> Option<()> {
        let (driver, address) = id.split_once(':').unwrap_or((id, ""));
        let choice = Choice::This { id: DeviceId::new(driver, address), name: String::new() };
        let Ok((webcam, events)) = CameraThread::start(Arc::clone(&self.driver), choice, Limits::default())
        else {
            tracing::error!("no thread for the scanner's webcam");
            return self.rest(source).await;
        };
        let viewer = webcam.watch();
        let (sender, frames) = watch::channel(None);
        tokio::spawn(forward(events, sender, self.inbox.clone()));
        let goes_on = self.read(frames, source, seen).await;
        // Closing waits for the webcam to let go.
        tokio::task::spawn_blocking(move || drop((viewer, webcam)));
        goes_on
    }

    /// Reads frames until codes are to be read elsewhere; `None` when the desk is gone.
    async fn read(
        &mut self,
        mut frames: watch::Receiver<Option<Frame>>,
        source: &Source,
        seen: &mut Seen,
    ) -> Option<()> {
        loop {
            tokio::select! {
                changed = self.states.changed() => {
                    changed.ok()?;
                    if self::source(&self.states.borrow_and_update()) != *source { return Some(()); }
                }
                changed = frames.changed() => {
                    if changed.is_err() { return self.rest(source).await; }
                    let frame = frames.borrow_and_update().clone();
                    let frame = frame.filter(|_| awaits_scan(&self.states.borrow()));
                    if let Some(frame) = frame
                        && let Some(text) = look(frame).await
                        && seen.is_new(&text, Instant::now())
                    {
                        self.scan(text).await;
                    }
                    tokio::time::sleep(PERIOD).await;
                }
            }
        }
    }

    async fn rest(&mut self, source: &Source) -> Option<()> {
        self.states.wait_for(|state| self::source(state) != *source).await.ok().map(drop)
    }

    async fn scan(&self, text: String) {
        if let Some(inbox) = self.inbox.upgrade() {
            // The answer is the state, which the pages get anyway.
            let (reply, _) = oneshot::channel();
            let _ = inbox.send(Input::Command(DeskCommand::Scan { text }, reply)).await;
        }
    }
}

impl Seen {
    fn is_new(&mut self, text: &str, now: Instant) -> bool {
        let was = self.0.replace((text.to_owned(), now));
        was.is_none_or(|(before, at)| before != text || now.duration_since(at) > FORGOTTEN)
    }
}

fn source(state: &DeskState) -> Source {
    let webcam = state.settings.scanner_webcam.as_str();
    if webcam.is_empty() {
        Source::Nowhere
    } else if [&state.panel.open, &state.panel.chosen].iter().any(|camera| camera.as_deref() == Some(webcam))
    {
        Source::LiveView
    } else {
        Source::Webcam(webcam.to_owned())
    }
}

/// Whether a scan would be somebody's arrival, or call somebody.
fn awaits_scan(state: &DeskState) -> bool {
    state.current.as_ref().is_none_or(|current| current.phase == StudentPhase::Called)
}

async fn look(frame: Frame) -> Option<String> {
    let read = tokio::task::spawn_blocking(move || qr::glance(&frame).ok());
    read.await.ok().flatten()?.as_text().map(str::to_owned)
}

/// Hands the webcam's frames over, and tells the operator what is wrong with it.
async fn forward(mut events: Events, frames: watch::Sender<Option<Frame>>, inbox: mpsc::WeakSender<Input>) {
    while let Some(event) = events.next().await {
        let fault = match event {
            Event::LiveFrame(frame) => {
                if let FramePixels::Jpeg(bytes) = frame.pixels {
                    frames.send_replace(Some(bytes));
                }
                continue;
            }
            Event::Disconnected { fault } | Event::Failed { fault, .. } => fault,
            _ => continue,
        };
        let Some(inbox) = inbox.upgrade() else { return };
        let failed = session::Event::Failed(camera::of_scanner(fault));
        if inbox.send(Input::Event(Box::new(failed))).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_held_before_the_webcam_is_scanned_once() {
        let mut seen = Seen::default();
        let begun = Instant::now();
        let at = |ms| begun + Duration::from_millis(ms);
        assert!(seen.is_new("A001", at(0)));
        assert!(!seen.is_new("A001", at(1000)));
        assert!(!seen.is_new("A001", at(2000)), "it was there all the time");
        assert!(seen.is_new("A002", at(2100)));
        assert!(seen.is_new("A002", at(4000)), "shown again");
    }
}
