//! The server as a composition root sees it.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use futures::FutureExt as _;
use gradshot_domain::{Clock, Role, Verdict};
use gradshot_seal::KeyRing;
use gradshot_storage::{Blobs, Storage};
use tokio::sync::Notify;

use crate::api;
use crate::house::{House, Randomness};
use crate::jobs::RunJobsError;
use crate::live::{self, Hub, Lines};
use crate::message::{self, LocalSender, Sender};
use crate::metrics::Metrics;
use crate::password::{PasswordCost, Passwords};
use crate::pay::{self, Sandbox};
use crate::rate::Rates;
use crate::registry::{FileRegistry, Registry};
use crate::token;
use crate::vault::Vault;
use crate::wechat::Wechat;

pub use crate::staff::CreateStaffError;

/// Finds the image code in a picture. The composition root joins an imaging library's decoder in; the server itself
/// knows nothing of pictures.
pub trait ReadImageCode: Send + Sync {
    /// The code's text; `None` when there is none in the picture, or the picture cannot be read.
    fn read(&self, picture: &[u8]) -> Option<String>;
}

/// Makes portraits of shots from phones. The composition root joins an imaging engine in; it is called on a thread that
/// may be kept busy, by a bounded number of workers.
pub trait Standardize: Send + Sync {
    /// Makes a portrait of a shot by the rules of this spec, and checks it.
    fn standardize(&self, shot: &[u8], spec: &str) -> Result<StandardizedShot, StandardizeFault>;
}

/// What came of a shot.
#[derive(Debug, Clone, PartialEq)]
pub struct StandardizedShot {
    /// The portrait, a JPEG file; `None` when there is not exactly one person to make it of.
    pub portrait: Option<Vec<u8>>,
    /// Every check, passed or not.
    pub verdict: Verdict,
}

/// Why nothing came of a shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StandardizeFault {
    /// The bytes are no picture that can be read.
    #[error("the shot is no picture that can be read")]
    Unreadable,
    /// The engine could not do it this time, for no fault of the shot.
    #[error("the imaging engine failed")]
    Engine,
}

/// What a server is made of.
pub struct ServerOptions {
    /// The database.
    pub storage: Storage,
    /// The sealed bytes.
    pub blobs: Blobs,
    /// The secrets.
    pub vault: KeyRing,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Folder of the built pages; without it the API works alone.
    pub pages_dir: Option<PathBuf>,
    /// Address that students reach the server by, for example `https://photo.example.edu.cn`.
    pub public_url: String,
    /// Whether payments may be pretended, for demonstrations.
    pub sandbox_payments: bool,
    /// WeChat as a way in; without it there is none.
    pub wechat: Option<Arc<dyn Wechat>>,
    /// How costly passwords are to try.
    pub password_cost: PasswordCost,
    /// Finds image codes in pictures.
    pub image_code_reader: Arc<dyn ReadImageCode>,
    /// Makes portraits of shots from phones; without it this server does not offer the phone route.
    pub standardizer: Option<Arc<dyn Standardize>>,
}

/// The server. Clones are the same server.
#[derive(Clone)]
pub struct Server {
    pub(crate) house: Arc<House>,
}

impl Server {
    /// Puts a server together. It does nothing until its router is served.
    /// Its messages rest where staff can read them; [`Server::with_sender`] has them sent.
    pub fn new(options: ServerOptions) -> Self {
        Self::with_sender(options, Arc::new(LocalSender))
    }

    /// The same with a way for messages to go.
    pub fn with_sender(options: ServerOptions, sender: Arc<dyn Sender>) -> Self {
        Self::with_registry(options, sender, Arc::new(FileRegistry))
    }

    /// The same with a registry that bundles are handed over to.
    pub fn with_registry(
        options: ServerOptions,
        sender: Arc<dyn Sender>,
        registry: Arc<dyn Registry>,
    ) -> Self {
        let randomness = Randomness::from_system();
        let passwords = Passwords::new(options.password_cost, &mut randomness.fork());
        let house = House {
            storage: options.storage,
            blobs: options.blobs,
            vault: Vault::new(&options.vault),
            clock: options.clock,
            hub: Hub::new(token::generate(&mut randomness.fork())),
            lines: Lines::default(),
            rates: Rates::default(),
            metrics: Metrics::default(),
            randomness,
            sandbox: Sandbox::default(),
            sender,
            registry,
            passwords,
            image_codes: options.image_code_reader,
            standardizer: options.standardizer,
            shots: Notify::new(),
            pages_dir: options.pages_dir,
            public_url: options.public_url,
            sandbox_payments: options.sandbox_payments,
            wechat: options.wechat,
        };
        Self { house: Arc::new(house) }
    }

    /// The whole HTTP surface: API, streams of events and pages. Serve it with
    /// `into_make_service_with_connect_info::<SocketAddr>()`, so that tries are counted per address.
    pub fn router(&self) -> Router {
        api::router(&self.house)
    }

    /// Makes an account for staff; for a composition root's first start.
    pub async fn create_staff(
        &self,
        login: &str,
        password: &str,
        role: Role,
    ) -> Result<(), CreateStaffError> {
        let grant = crate::staff::unscoped(role).ok_or(CreateStaffError::Role)?;
        crate::staff::create(&self.house, login, password, grant).await.map(|_| ())
    }

    /// Closes payments and orders that nobody paid in time, and says how many payments. Safe on many servers at once.
    pub async fn close_late_payments(&self) -> usize {
        pay::close_late(&self.house).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "late payments could not be closed");
            0
        })
    }

    /// Hands refunds that were asked for to their provider again. Safe on many servers at once.
    pub async fn send_refunds(&self) {
        pay::send_refunds(&self.house).await;
    }

    /// Sends the messages that are due and says how many were tried. Safe on many servers at once.
    pub async fn deliver_messages(&self) -> usize {
        message::deliver_due(&self.house).await
    }

    /// Does what goes on beside the requests, until `stop` is over: jobs as they become due (unpaid orders close, days
    /// end, what is over is forgotten), and exchanging news with other servers on the same PostgreSQL. The job in hand
    /// is done to its end.
    pub async fn run_background(&self, stop: impl Future<Output = ()>) {
        let stop = stop.shared();
        let relay = live::relay(&self.house.hub, &self.house.storage, stop.clone());
        let standardizing = self.house.run_standardizing(stop.clone());
        tokio::join!(self.house.run_jobs(stop), standardizing, relay);
    }

    /// Does every job that is due by the server's clock, and gives how many were taken. For tests, which move the clock
    /// instead of waiting.
    pub async fn run_due_jobs(&self) -> Result<u32, RunJobsError> {
        self.house.run_due_jobs().await
    }

    /// Ends all streams of events, so that a server that shall stop need not wait for them.
    pub fn close_streams(&self) {
        self.house.hub.close();
    }
}
