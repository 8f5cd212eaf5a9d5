//! A whole server in a folder that vanishes.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use gradshot_domain::Role;
use gradshot_seal::VaultKey;
use gradshot_server::{PasswordCost, ReadImageCode, Server, ServerOptions};
use gradshot_storage::{Blobs, Storage};
use gradshot_wire::identity::{Session, SignIn};
use tempfile::TempDir;

use crate::{Caller, StandingClock, rng};

/// The smallest thing that the server takes for a JPEG file.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a portrait that no camera took \xff\xd9";

const PICTURE: &[u8] = b"a picture of ";

/// Bytes in which the test server's reader finds this image code.
pub fn picture_of(image_code: &str) -> Vec<u8> {
    [PICTURE, image_code.as_bytes()].concat()
}

/// A whole server on SQLite, with a clock that stands still.
pub struct TestServer {
    /// The server.
    pub server: Server,
    /// Its clock.
    pub clock: Arc<StandingClock>,
    /// Its database.
    pub storage: Storage,
    /// Its sealed bytes.
    pub blobs: Blobs,
    router: Router,
    folder: TempDir,
}

impl TestServer {
    /// Starts on the morning of 18 May 2026 in China.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same with other options.
    pub async fn start_with(change: impl FnOnce(&mut ServerOptions)) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a test's files");
        let clock = Arc::new(StandingClock::at("2026-05-18T01:00:00Z"));
        let storage =
            Storage::open_file(&folder.path().join("house.sqlite"), &*clock).await.expect("a new database");
        let blobs = Blobs::open_folder(&folder.path().join("blobs")).expect("a new folder");
        let mut options = ServerOptions {
            storage: storage.clone(),
            blobs: blobs.clone(),
            vault: VaultKey::generate(&mut rng(2027)),
            clock: Arc::clone(&clock) as _,
            pages_dir: None,
            public_url: "http://localhost".to_owned(),
            sandbox_payments: true,
            password_cost: PasswordCost::Demonstration,
            image_code_reader: Arc::new(Reader),
        };
        change(&mut options);
        let server = Server::new(options);
        Self { router: server.router(), server, clock, storage, blobs, folder }
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

    /// The folder with the database and the sealed bytes.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

struct Reader;

impl ReadImageCode for Reader {
    fn read(&self, picture: &[u8]) -> Option<String> {
        String::from_utf8(picture.strip_prefix(PICTURE)?.to_vec()).ok()
    }
}
