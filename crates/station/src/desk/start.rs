//! Starting a station.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gradshot_camera::{Choice, Driver};
use gradshot_domain::Clock;
use gradshot_seal::{InvalidKey, TicketKey};
use gradshot_wire::desk::DeskSettings;
use gradshot_wire::station::StationProfile;
use rand::rngs::StdRng;
use tokio::sync::{Notify, mpsc, watch};

use super::camera_desk::CameraDesk;
use super::camera_memory::CameraMemory;
use super::coach::{Busy, Coach};
use super::memory::DeskMemory;
use super::perform::{Performer, campaigns};
use super::sender::SharedOutbox;
use super::webcam_scanner::WebcamScanner;
use super::{Desk, INBOX, disk, printer_watch, sender, server_line};
use crate::client::{CallError, StationClient};
use crate::darkroom::Darkroom;
use crate::identity::Identity;
use crate::outbox::{Outbox, OutboxError};
use crate::printer;
use crate::session::Session;

/// What a station is made of.
pub struct DeskOptions {
    /// Who it is.
    pub identity: Identity,
    /// Folder for the outbox and for what the server told last.
    pub folder: PathBuf,
    /// The camera's driver.
    pub driver: Arc<dyn Driver>,
    /// Which of its cameras.
    pub camera: Choice,
    /// Makes portraits.
    pub darkroom: Arc<dyn Darkroom>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for ids and seals.
    pub rng: StdRng,
    /// HTTP client with time limits, see [`crate::client::http_client`].
    pub http: reqwest::Client,
    /// Whether cameras and students are simulated; the desk says so.
    pub demo: bool,
}

/// Why a station could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The outbox cannot be used.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The server was never reached, so the station does not know its studio.
    #[error("this station does not know its studio yet, and {0}")]
    Profile(CallError),
    /// The server's keys cannot be understood.
    #[error("the server gave a key that cannot be used: {0}")]
    Key(#[from] InvalidKey),
    /// The folder cannot be used.
    #[error("the station's folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// No client for the printer.
    #[error("printers cannot be reached: {0}")]
    Printer(reqwest::Error),
    /// No thread for the camera.
    #[error("the camera's thread cannot be started: {0}")]
    Camera(std::io::Error),
}

pub(super) async fn start(options: DeskOptions) -> Result<Desk, StartError> {
    let folder_error = |error| StartError::Folder(options.folder.clone(), error);
    fs::create_dir_all(&options.folder).map_err(folder_error)?;
    let client = StationClient::new(options.http, &options.identity.server, options.identity.token);
    let profile = profile(&client, &options.folder.join("profile.json")).await?;
    let ticket_key = TicketKey::from_text(&profile.ticket_key)?;
    let campaigns = campaigns(&profile)?;

    let mut outbox = Outbox::open(&options.folder.join("outbox.sqlite"))?;
    let mut session = Session::new(
        profile.station,
        profile.station_name.clone(),
        profile.studio_name.clone(),
        options.demo,
    );
    session.restore(outbox.entries()?, outbox.awaited()?);
    let memory = DeskMemory::open(&options.folder);
    let camera_memory = CameraMemory::open(&options.folder);
    session.restore_settings(DeskSettings {
        empties_card: camera_memory.empties_card(),
        ..memory.settings().clone()
    });
    let begun_prints = outbox.begun_prints()?;
    let outbox = SharedOutbox::new(outbox);

    let (inbox, received) = mpsc::channel(INBOX);
    let (state_sender, states) = watch::channel(Arc::new(session.state().clone()));
    let (frame_sender, frames) = watch::channel(None);
    let (coaching_sender, coachings) = watch::channel(None);
    let (target_sender, targets) = watch::channel(None);
    let (test_call_sender, test_calls) = watch::channel(0);
    let choice = memory.camera().unwrap_or(options.camera);
    let scanner = WebcamScanner {
        driver: Arc::clone(&options.driver),
        states: states.clone(),
        frames: frames.clone(),
        inbox: inbox.downgrade(),
    };
    let camera = CameraDesk::open(options.driver, choice, camera_memory, inbox.downgrade(), frame_sender)
        .map_err(StartError::Camera)?;
    let printers_http = printer::http_client().map_err(StartError::Printer)?;
    let wake = Arc::new(Notify::new());
    let pictures = super::pictures::Pictures::default();

    let busy = Busy::default();
    let coach = Coach {
        darkroom: Arc::clone(&options.darkroom),
        busy: busy.clone(),
        frames: frames.clone(),
        targets,
        coachings: coaching_sender,
        inbox: inbox.downgrade(),
    };
    tokio::spawn(coach.run());
    tokio::spawn(scanner.run());
    tokio::spawn(sender::run(outbox.clone(), client.clone(), Arc::clone(&wake), inbox.clone()));
    tokio::spawn(server_line::run(client.clone(), outbox.clone(), inbox.clone()));
    let printer = printer_watch::start(&printers_http, begun_prints, outbox.clone(), inbox.downgrade());
    tokio::spawn(disk::watch(options.folder.clone(), inbox.downgrade()));
    let darkroom = Arc::clone(&options.darkroom);
    tokio::task::spawn_blocking(move || darkroom.warm_up());
    let studio_code = profile.studio_code.as_str().into();
    let desk = Desk {
        inbox,
        states,
        frames,
        coachings,
        test_calls,
        outbox: outbox.clone(),
        clock: Arc::clone(&options.clock),
        pictures: pictures.clone(),
        studio_code,
    };
    let mut performer = Performer {
        session,
        states: state_sender,
        pictures,
        faces: super::faces::Faces::default(),
        busy,
        camera,
        coach: target_sender,
        shot_width_px: None,
        memory,
        inbox: desk.inbox.downgrade(),
        client,
        outbox,
        wake,
        darkroom: options.darkroom,
        clock: options.clock,
        rng: options.rng,
        key: Arc::new(options.identity.key),
        ticket_key,
        campaigns,
        profile,
        test_calls: test_call_sender,
        printer,
        printers_http,
    };
    performer.learn_of_studio();
    tokio::spawn(performer.run(received));
    Ok(desk)
}

/// What the server says of this station; without a network what it said last.
async fn profile(client: &StationClient, path: &Path) -> Result<StationProfile, StartError> {
    match client.profile().await {
        Ok(profile) => {
            let text = serde_json::to_string(&profile).unwrap_or_default();
            if let Err(error) = fs::write(path, text) {
                tracing::warn!(%error, "the station's profile cannot be kept for a start without a network");
            }
            Ok(profile)
        }
        Err(error) => {
            let kept = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok());
            kept.ok_or(StartError::Profile(error))
        }
    }
}
