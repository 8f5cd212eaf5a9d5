//! A whole server in a folder that vanishes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use gradshot_domain::{Role, Severity, Verdict};
use gradshot_seal::{KeyRing, VaultKey};
use gradshot_server::{
    LocalSender, PasswordCost, ReadImageCode, SandboxWechat, Sender, Server, ServerOptions, Standardize,
    StandardizeFault, StandardizedShot,
};
use gradshot_storage::{Blobs, Storage};
use gradshot_wire::identity::{Session, SignIn};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::{Caller, StandingClock, rng};

/// The smallest thing that the server takes for a JPEG file.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a portrait that no camera took \xff\xd9";

const PICTURE: &[u8] = b"a picture of ";

/// Bytes in which the test server's reader finds this image code.
pub fn picture_of(image_code: &str) -> Vec<u8> {
    [PICTURE, image_code.as_bytes()].concat()
}

/// A server of PostgreSQL in which schemas may be made; when it is set, every test server rests there instead of in a
/// SQLite file, each in a schema of its own.
const POSTGRES_VARIABLE: &str = "GRADSHOT_TEST_POSTGRES";

/// Longest answer of a server that is killed after it.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// A whole server with a clock that stands still, on a fresh database.
pub struct TestServer {
    /// The server.
    pub server: Server,
    /// Its clock.
    pub clock: Arc<StandingClock>,
    /// Its database.
    pub storage: Storage,
    /// Its sealed bytes.
    pub blobs: Blobs,
    /// Where its database is.
    pub database_url: String,
    router: Router,
    folder: Arc<TempDir>,
}

impl TestServer {
    /// Starts on the morning of 18 May 2026 in China.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same with other options.
    pub async fn start_with(change: impl FnOnce(&mut ServerOptions)) -> Self {
        Self::start_whole(change, Arc::new(LocalSender)).await
    }

    /// The same with a way for messages to go.
    pub async fn start_sending(sender: Arc<dyn Sender>) -> Self {
        Self::start_whole(|_| {}, sender).await
    }

    /// Another server on the same database, with the same clock and the same sealed bytes; `None` on SQLite, which
    /// serves one.
    pub async fn beside(&self) -> Option<Self> {
        let storage = Storage::open(&self.database_url, &*self.clock).await.expect("the same database");
        if !storage.is_shared() {
            return None;
        }
        let options = options(storage.clone(), self.blobs.clone(), &self.clock);
        let server = Server::new(options);
        Some(Self {
            router: server.router(),
            server,
            storage,
            clock: Arc::clone(&self.clock),
            blobs: self.blobs.clone(),
            database_url: self.database_url.clone(),
            folder: Arc::clone(&self.folder),
        })
    }

    /// The same database and sealed bytes as after a start with these keys. What ran before may go on beside it.
    #[must_use]
    pub fn again_with(&self, vault: KeyRing) -> Self {
        let options =
            ServerOptions { vault, ..options(self.storage.clone(), self.blobs.clone(), &self.clock) };
        let server = Server::new(options);
        Self {
            router: server.router(),
            server,
            storage: self.storage.clone(),
            clock: Arc::clone(&self.clock),
            blobs: self.blobs.clone(),
            database_url: self.database_url.clone(),
            folder: Arc::clone(&self.folder),
        }
    }

    /// A server that is killed after each answer: every request finds one that has just started on the same database and
    /// the same sealed bytes, and remembers nothing else.
    pub async fn start_forgetful() -> Self {
        let server = Self::start().await;
        let (url, blobs, clock) =
            (server.database_url.clone(), server.blobs.clone(), Arc::clone(&server.clock));
        let answer = move |request: Request| {
            let (url, blobs, clock) = (url.clone(), blobs.clone(), Arc::clone(&clock));
            async move {
                let storage = Storage::open(&url, &*clock).await.expect("the same database");
                let started = Server::new(options(storage.clone(), blobs, &clock));
                let answer = started.router().oneshot(request).await.expect("a router answers");
                let (head, body) = answer.into_parts();
                let body = to_bytes(body, MAX_ANSWER_BYTES).await.expect("an answer that ends");
                storage.close().await;
                Response::from_parts(head, Body::from(body))
            }
        };
        Self { router: Router::new().fallback(answer), ..server }
    }

    async fn start_whole(change: impl FnOnce(&mut ServerOptions), sender: Arc<dyn Sender>) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("there is room for a test's files"));
        let clock = Arc::new(StandingClock::at("2026-05-18T01:00:00Z"));
        let database_url = fresh_database(folder.path()).await;
        let storage = Storage::open(&database_url, &*clock).await.expect("a new database");
        let blobs = Blobs::open_folder(&folder.path().join("blobs")).expect("a new folder");
        let mut options = options(storage.clone(), blobs.clone(), &clock);
        change(&mut options);
        let server = Server::with_sender(options, sender);
        Self { router: server.router(), server, clock, storage, blobs, database_url, folder }
    }

    /// The whole HTTP surface, for a caller of another server.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Somebody without a token.
    pub fn anyone(&self) -> Caller {
        Caller::anyone(self.router.clone())
    }

    /// Makes an account for staff and signs in.
    pub async fn staff(&self, login: &str, role: Role) -> Caller {
        self.server.create_staff(login, "staff-password", role).await.expect("a new member of staff");
        self.sign_in(login, "staff-password").await
    }

    /// Signs in.
    pub async fn sign_in(&self, login: &str, password: &str) -> Caller {
        let credentials = SignIn { login: login.to_owned(), password: password.to_owned() };
        let session: Session = self.anyone().post_json("/api/sign-in", &credentials).await.ok();
        self.anyone().with_token(session.token)
    }

    /// The folder with the sealed bytes and, if it is a file, the database.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

fn options(storage: Storage, blobs: Blobs, clock: &Arc<StandingClock>) -> ServerOptions {
    ServerOptions {
        storage,
        blobs,
        vault: vault_key(),
        clock: Arc::clone(clock) as _,
        pages_dir: None,
        public_url: "http://localhost".to_owned(),
        sandbox_payments: true,
        wechat: Some(Arc::new(SandboxWechat)),
        password_cost: PasswordCost::Demonstration,
        image_code_reader: Arc::new(Reader),
        standardizer: Some(Arc::new(Darkroom)),
    }
}

/// The ring of every test server: one key, always the same.
pub fn vault_key() -> KeyRing {
    KeyRing::of(VaultKey::generate(&mut rng(2027)))
}

async fn fresh_database(folder: &Path) -> String {
    match std::env::var(POSTGRES_VARIABLE) {
        Ok(server) => {
            let name = format!("test_{:032x}", rand::random::<u128>());
            Storage::create_schema(&server, &name).await.expect("a new schema")
        }
        Err(_) => folder.join("house.sqlite").to_str().expect("a plain path").to_owned(),
    }
}

/// A shot that the test server's standardizer makes a portrait of.
pub const GOOD_SHOT: &[u8] = b"a shot of one person";
/// One whose portrait violates the standard.
pub const BAD_SHOT: &[u8] = b"a shot of a tilted head";
/// One with two people in it.
pub const CROWDED_SHOT: &[u8] = b"a shot of two people";

struct Darkroom;

impl Standardize for Darkroom {
    fn standardize(&self, shot: &[u8], _spec: &str) -> Result<StandardizedShot, StandardizeFault> {
        let portrait = Some(JPEG.to_vec());
        let mut bad = Verdict::of(Vec::new());
        bad.outcome = Severity::Retake;
        match shot {
            shot if shot == GOOD_SHOT => Ok(StandardizedShot { portrait, verdict: Verdict::of(Vec::new()) }),
            shot if shot == BAD_SHOT => Ok(StandardizedShot { portrait, verdict: bad }),
            shot if shot == CROWDED_SHOT => Ok(StandardizedShot { portrait: None, verdict: bad }),
            _ => Err(StandardizeFault::Unreadable),
        }
    }
}

struct Reader;

impl ReadImageCode for Reader {
    fn read(&self, picture: &[u8]) -> Option<String> {
        String::from_utf8(picture.strip_prefix(PICTURE)?.to_vec()).ok()
    }
}
