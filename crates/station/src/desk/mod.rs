//! The running station: performs what the session machine wants and publishes what the desk shows.
//!
//! One task owns the machine and the pictures; everything slow (camera, darkroom, disk, server) happens elsewhere and
//! comes back as an event. So the next student never waits for the last one's portrait.

mod camera;
mod camera_desk;
mod camera_memory;
mod coach;
mod develop;
mod disk;
mod faces;
mod memory;
mod perform;
mod pictures;
mod print_run;
mod printer_watch;
mod printing;
mod scan;
mod sender;
mod server_line;
mod start;
mod webcam_scanner;

use std::sync::Arc;

use gradshot_domain::{BusinessDay, Clock, ShotId};
use gradshot_wire::Problem;
use gradshot_wire::desk::{Coaching, DayReport, DeskCommand, DeskState};
use gradshot_wire::station::StationProfile;
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use memory::DeskMemory;
pub use pictures::PictureKind;
pub use start::{DeskOptions, StartError};

/// Commands and events that may wait; beyond that the sender waits.
const INBOX: usize = 256;

/// A live view frame: a JPEG file.
pub type Frame = Arc<[u8]>;

/// The desk of a running station. Cloning gives another handle to the same desk; the station ends with the last one.
#[derive(Clone)]
pub struct Desk {
    inbox: mpsc::Sender<Input>,
    states: watch::Receiver<Arc<DeskState>>,
    frames: watch::Receiver<Option<Frame>>,
    coachings: watch::Receiver<Option<Arc<Coaching>>>,
    test_calls: watch::Receiver<u32>,
    outbox: sender::SharedOutbox,
    clock: Arc<dyn Clock>,
    pictures: pictures::Pictures,
    studio_code: Arc<str>,
}

/// What reaches the desk's task.
enum Input {
    Command(DeskCommand, oneshot::Sender<Arc<DeskState>>),
    Event(Box<crate::session::Event>),
    /// From the camera of this generation.
    Camera(u32, Box<gradshot_camera::Event>),
    Profile(Box<StationProfile>),
    /// A look for cameras is over.
    Cameras(Vec<gradshot_wire::desk::CameraDevice>),
    /// How wide this camera's shots are.
    ShotWidth(u32),
    SendOutbox,
    /// The sheet of the portrait that can be printed, as a JPEG.
    Sheet(ShotId, oneshot::Sender<Result<Frame, Problem>>),
}

impl Desk {
    /// Starts the station. Needs a running tokio runtime.
    pub async fn start(options: DeskOptions) -> Result<Self, StartError> {
        start::start(options).await
    }

    /// Does what the operator wants and gives the state after it. What takes longer shows in later states.
    pub async fn command(&self, command: DeskCommand) -> Result<Arc<DeskState>, Problem> {
        let (reply, answer) = oneshot::channel();
        let stopped = || {
            Problem::new(
                503,
                "desk.stopped",
                "机位程序已停止，请重新打开",
                "The station has stopped: open it again",
            )
        };
        self.inbox.send(Input::Command(command, reply)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())
    }

    /// The state now and every later one.
    pub fn states(&self) -> watch::Receiver<Arc<DeskState>> {
        self.states.clone()
    }

    /// The newest live view frame and every later one.
    pub fn frames(&self) -> watch::Receiver<Option<Frame>> {
        self.frames.clone()
    }

    /// What the coach says to the newest frame, and to every later one.
    pub fn coachings(&self) -> watch::Receiver<Option<Arc<Coaching>>> {
        self.coachings.clone()
    }

    /// Changes whenever the operator wants to hear a test call.
    pub fn test_calls(&self) -> watch::Receiver<u32> {
        self.test_calls.clone()
    }

    /// What this station did on a day, or does today.
    pub async fn day_report(&self, day: Option<BusinessDay>) -> Result<DayReport, Problem> {
        let today = BusinessDay::of(self.clock.now());
        let day = day.unwrap_or(today);
        let (station_name, studio_name) = {
            let state = self.states.borrow();
            (state.station_name.clone(), state.studio_name.clone())
        };
        let report =
            self.outbox.with(move |outbox| outbox.day_report(day, today, station_name, studio_name)).await;
        report.map_err(|failure| Problem::new(500, "desk.report", &failure.zh, &failure.en))
    }

    /// The sheet of the portrait that can be printed, a JPEG: for the panel, and for the system's print dialog.
    pub async fn sheet(&self, shot: ShotId) -> Result<Frame, Problem> {
        let (reply, answer) = oneshot::channel();
        let gone = || Problem::new(404, "shot.gone", "这张照片已清除", "This picture has been cleared away");
        self.inbox.send(Input::Sheet(shot, reply)).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// The code of this station's studio, for the board's address.
    pub fn studio_code(&self) -> &str {
        &self.studio_code
    }

    /// A picture of the student at the station; `None` once it was forgotten.
    pub fn picture(&self, shot: ShotId, kind: PictureKind) -> Option<Frame> {
        self.pictures.get(shot, kind)
    }
}
