//! Before the desk opens: the server room runs, the models are loaded, and this PC knows its studio or has to be told.

use std::path::PathBuf;
use std::sync::Arc;

use gradshot_imaging::{Engine, Specs};
use gradshot_server::PasswordCost;
use gradshot_station::client::http_client;
use gradshot_station::darkroom::EngineDarkroom;
use gradshot_station::identity::Identity;

use crate::demo::{self, Campaign};
use crate::folder::{PATIENCE, StudioFolder};
use crate::studio::StudioOptions;
use crate::{Root, ServerRoom, ServerRoomOptions, pairing};

/// A studio whose desk is not open yet.
pub struct Threshold {
    pub(crate) options: StudioOptions,
    pub(crate) folder: StudioFolder,
    pub(crate) station_folder: PathBuf,
    pub(crate) http: reqwest::Client,
    pub(crate) darkroom: EngineDarkroom,
    pub(crate) room: ServerRoom,
    pub(crate) identity: Option<Identity>,
    pub(crate) demo: Option<Campaign>,
    pub(crate) rng: rand::rngs::StdRng,
    identity_path: PathBuf,
}

impl Threshold {
    /// Opens everything but the desk; pairs when a code is given or when this is the demonstration. Needs a running
    /// tokio runtime.
    pub async fn cross(options: StudioOptions) -> anyhow::Result<Self> {
        // A second installation in one process changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = StudioFolder::take(options.folder.as_deref(), PATIENCE).await?;
        let http = http_client()?;
        let darkroom = open_darkroom(&options.root).await?;
        let is_demo = options.demo.is_some();
        let room = ServerRoom::open(ServerRoomOptions {
            folder: folder.path().join("server"),
            root: Some(options.root.clone()),
            database: None,
            blobs: None,
            listen: options.listen,
            public_url: None,
            pages: options.root.pages(),
            sandbox_payments: is_demo,
            password_cost: if is_demo { PasswordCost::Demonstration } else { PasswordCost::Standard },
        })
        .await?;
        let station_folder = folder.path().join("station");
        std::fs::create_dir_all(&station_folder)?;
        let identity_path = station_folder.join("station.json");
        let demo = match &options.demo {
            Some(demo) => Some(demo::seed(&room, demo.students).await?),
            None => None,
        };
        let code = match &demo {
            Some(campaign) => Some((campaign.pairing_code.clone(), None)),
            None => options.pairing.clone(),
        };
        let identity = Identity::load(&identity_path)?.map(|known| pairing::at_present(known, &room.url));
        let rng = rand::make_rng();
        let mut threshold = Self {
            options,
            folder,
            station_folder,
            http,
            darkroom,
            room,
            identity,
            demo,
            rng,
            identity_path,
        };
        if let Some((code, server)) = code.filter(|_| !threshold.is_paired()) {
            threshold.pair(&code, server.as_deref()).await?;
        }
        Ok(threshold)
    }

    /// Whether this PC knows its studio.
    pub fn is_paired(&self) -> bool {
        self.identity.is_some()
    }

    /// Pairs this PC by a code from the office, with this server or, when absent, with the one beside it.
    pub async fn pair(&mut self, code: &str, server: Option<&str>) -> anyhow::Result<()> {
        let (own, path) = (self.room.url.clone(), &self.identity_path);
        let identity = pairing::pair(&self.http, &own, server, code, path, &mut self.rng).await?;
        self.identity = Some(identity);
        Ok(())
    }

    /// The address of the office on this PC, where a pairing code can be made.
    pub fn office(&self) -> String {
        format!("{}/office.html", self.room.url)
    }
}

/// Loading the models takes a moment and blocks: done on a thread of its own.
async fn open_darkroom(root: &Root) -> anyhow::Result<EngineDarkroom> {
    let options = root.engine_options();
    let specs = Specs::load(&root.specs())?;
    let engine = tokio::task::spawn_blocking(move || Engine::open(&options)).await??;
    Ok(EngineDarkroom { engine: Arc::new(engine), specs: Arc::new(specs) })
}
