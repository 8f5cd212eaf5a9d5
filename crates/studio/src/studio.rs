//! Server room and station in one process.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use gradshot_camera::simulated::{SimulatedControl, SimulatedDriver};
use gradshot_camera::{Choice, Driver};
use gradshot_domain::SystemClock;
use gradshot_station::desk::{Desk, DeskOptions};
use gradshot_station::voice::{self, Clips, SystemOutput, VoiceOptions};
use serde::Serialize;
use tokio::net::TcpListener;

use crate::bridge::{Bridge, Token};
use crate::cameras::{self, Places};
use crate::demo::{Campaign, Crowd, CrowdPace};
use crate::folder::StudioFolder;
use crate::task::Task;
use crate::{Root, ServerRoom, Threshold};

/// While this variable is set nothing is spoken: tests make no noise.
const SILENT_VARIABLE: &str = "GRADSHOT_SILENT";

/// How a studio on one PC runs.
#[derive(Debug, Clone)]
pub struct StudioOptions {
    /// The product's own files.
    pub root: Root,
    /// Folder for all data; a folder that vanishes when absent, which only the demonstration may use.
    pub folder: Option<PathBuf>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// A demonstration campaign with invented students and the simulated camera.
    pub demo: Option<DemoOptions>,
    /// Folder that tethering software writes shots to; without it, and when this is not the demonstration, the camera
    /// is the one on the cable.
    pub watched_folder: Option<PathBuf>,
    /// Photos that a simulated camera shows, to try a paired desk without a camera.
    pub photos: Option<PathBuf>,
    /// Code that pairs this PC with a server at its first start, with the server's address when it is another's.
    pub pairing: Option<(String, Option<String>)>,
}

/// What the demonstration is made of.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Invented students on the roster.
    pub students: usize,
    /// Photos that the simulated camera shows.
    pub photos: PathBuf,
    /// How students come, wait and say yes by themselves; nobody does when absent.
    pub crowd: Option<CrowdPace>,
}

/// Where the pages are.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    /// The server.
    pub server: String,
    /// The desk, with its token: for the operator's eyes only.
    pub desk: String,
    /// The board, for any screen that reaches the server.
    pub board: String,
    /// A student's page.
    pub phone: String,
    /// Reviewers, school and administrators.
    pub office: String,
}

/// A running studio. It stops when this is dropped.
pub struct Studio {
    /// The desk.
    pub desk: Desk,
    /// Where the pages are.
    pub addresses: Addresses,
    /// The demonstration's accounts and students.
    pub demo: Option<Campaign>,
    /// The strings of the demonstration's simulated camera.
    pub simulated: Option<SimulatedControl>,
    #[expect(dead_code, reason = "the bridge listens as long as this is kept")]
    bridge: Task,
    #[expect(dead_code, reason = "calls are spoken as long as this is kept")]
    voice: Option<Task>,
    #[expect(dead_code, reason = "the crowd walks as long as this is kept")]
    crowd: Option<(Crowd, Option<Task>)>,
    #[expect(dead_code, reason = "the server listens as long as this is kept")]
    room: ServerRoom,
    #[expect(dead_code, reason = "the folder is this program's as long as this is kept")]
    folder: StudioFolder,
}

impl Studio {
    /// Opens a studio that is paired, is a demonstration, or is given a pairing code. Needs a running tokio runtime.
    pub async fn open(options: StudioOptions) -> anyhow::Result<Self> {
        let threshold = Threshold::cross(options).await?;
        anyhow::ensure!(
            threshold.is_paired(),
            "this PC is not paired with a studio yet: make a pairing code in the office and give it with --pair CODE"
        );
        Self::enter(threshold).await
    }

    /// Opens the studio behind the threshold, once this PC is paired.
    pub async fn enter(threshold: Threshold) -> anyhow::Result<Self> {
        let Threshold {
            options, folder, station_folder, http, darkroom, room, identity, demo, mut rng, ..
        } = threshold;
        let identity = identity.context("this PC is not paired with a studio yet")?;
        let mut simulated = None;
        let driver = if let Some(demo) = &options.demo {
            let driver = SimulatedDriver::new(&demo.photos);
            simulated = Some(driver.control());
            Arc::new(driver) as Arc<dyn Driver>
        } else {
            cameras::drivers(&Places {
                watched_folder: options.watched_folder.clone(),
                simulated: options.photos.clone(),
            })
        };
        let server = identity.server.clone();
        let voice_http = http.clone();
        let desk = Desk::start(DeskOptions {
            identity,
            folder: station_folder.clone(),
            driver,
            camera: Choice::First,
            darkroom: Arc::new(darkroom),
            clock: Arc::new(SystemClock),
            rng: rand::make_rng(),
            http,
            demo: options.demo.is_some(),
        })
        .await?;

        let (bridge, bridge_url, token) = open_bridge(&desk, options.root.pages(), &mut rng).await?;
        let studio_code = desk.studio_code().to_owned();
        let voice = VoiceOptions {
            http: voice_http,
            is_at_the_server: server == room.url,
            server: server.clone(),
            studio_code: studio_code.clone(),
            folder: station_folder,
            test_calls: desk.test_calls(),
            clips: Arc::new(Clips::new(options.root.voice())),
            output: Arc::new(SystemOutput),
        };
        let voice = std::env::var_os(SILENT_VARIABLE).is_none().then(|| Task::spawn(voice::run(voice)));
        let addresses = Addresses {
            desk: format!("{bridge_url}/desk.html#bridge={bridge_url}&token={token}"),
            board: format!("{server}/board.html?studio={studio_code}"),
            phone: format!("{server}/phone.html"),
            office: format!("{server}/office.html"),
            server,
        };
        let pace = options.demo.as_ref().and_then(|demo| demo.crowd);
        let crowd = match demo.as_ref().zip(pace) {
            Some((campaign, pace)) => {
                let before_the_lens =
                    simulated.clone().map(|camera| Task::spawn(step_up(desk.clone(), camera)));
                Some((Crowd::gather(campaign, pace).await?, before_the_lens))
            }
            None => None,
        };
        Ok(Self { desk, addresses, demo, simulated, bridge, voice, crowd, room, folder })
    }
}

/// With each number called another person steps before the simulated lens.
async fn step_up(desk: Desk, camera: SimulatedControl) {
    let mut states = desk.states();
    drop(desk);
    let mut last = None;
    while states.changed().await.is_ok() {
        let ticket = states.borrow_and_update().current.as_ref().map(|current| current.ticket);
        if ticket.is_some() && ticket != last {
            camera.next_subject();
            last = ticket;
        }
    }
}

/// Listens on a free loopback port. Gives the listener's task, the address and the token.
async fn open_bridge(
    desk: &Desk,
    pages: Option<PathBuf>,
    rng: &mut rand::rngs::StdRng,
) -> anyhow::Result<(Task, String, String)> {
    let token = Token::generate(rng);
    let text = token.as_str().to_owned();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    let router = Bridge::new(desk.clone(), token).router(pages);
    let task = Task::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the desk's bridge has stopped");
        }
    });
    Ok((task, address, text))
}
