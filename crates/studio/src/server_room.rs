//! The server with its database, its blobs and its vault key in one folder, listening.

use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use gradshot_domain::SystemClock;
use gradshot_imaging::qr;
use gradshot_seal::{KeyRing, VaultKey};
use gradshot_server::{
    PasswordCost, ReadImageCode, SandboxWechat, Server, ServerOptions, Standardize, Wechat,
};
use gradshot_storage::{Blobs, Storage};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::Root;
use crate::phone_darkroom::PhoneDarkroom;

/// The variable that holds the vault key where it must not lie beside the database.
pub const VAULT_VARIABLE: &str = "GRADSHOT_VAULT_KEY";

/// Requests and jobs under way have so long to end.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// The database's file in the folder.
pub(crate) const DATABASE: &str = "gradshot.sqlite";
/// The vault keys' file in the folder.
pub(crate) const VAULT_FILE: &str = "vault.key";
/// The folder of sealed bytes in the folder.
pub(crate) const BLOBS: &str = "blobs";

/// Where and how the server runs.
#[derive(Debug, Clone)]
pub struct ServerRoomOptions {
    /// Folder of database, blobs and, unless the environment gives it, the vault key.
    pub folder: PathBuf,
    /// Another database than the file in the folder: a path, or `postgres://…`, which several servers may share.
    pub database: Option<String>,
    /// Another place for sealed bytes than the folder's.
    pub blobs: Option<String>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address that students reach the server by; the listening address when absent.
    pub public_url: Option<String>,
    /// Folder of the built pages.
    pub pages: Option<PathBuf>,
    /// Whether payments may be pretended, for demonstrations.
    pub sandbox_payments: bool,
    /// How costly passwords are to try.
    pub password_cost: PasswordCost,
    /// Where models and specs are; without it the phone route is not offered.
    pub root: Option<Root>,
}

/// A listening server. It stops when this is dropped.
pub struct ServerRoom {
    /// The server, for what a composition root does directly: its first administrator.
    pub server: Server,
    /// Address of the listener, for example `http://127.0.0.1:8080`.
    pub url: String,
    task: JoinHandle<io::Result<()>>,
    background: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl ServerRoom {
    /// Opens everything and begins to listen.
    pub async fn open(options: ServerRoomOptions) -> anyhow::Result<Self> {
        let folder = &options.folder;
        fs::create_dir_all(folder)
            .with_context(|| format!("the server's folder {} cannot be made", folder.display()))?;
        let storage = match &options.database {
            Some(url) => Storage::open(url, &SystemClock).await?,
            None => Storage::open_file(&folder.join(DATABASE), &SystemClock).await?,
        };
        let blobs = match &options.blobs {
            Some(place) => Blobs::open(place)?,
            None => Blobs::open_folder(&folder.join(BLOBS))?,
        };
        let listener = TcpListener::bind(options.listen)
            .await
            .with_context(|| format!("cannot listen on {}: is another server running?", options.listen))?;
        let url = format!("http://{}", reachable(listener.local_addr()?));
        let server = Server::new(ServerOptions {
            storage,
            blobs,
            vault: vault_key(&folder.join(VAULT_FILE))?,
            clock: Arc::new(SystemClock),
            pages_dir: options.pages,
            public_url: options.public_url.unwrap_or_else(|| url.clone()),
            sandbox_payments: options.sandbox_payments,
            // What pretends money pretends WeChat too: both are demonstrations.
            wechat: options.sandbox_payments.then(|| Arc::new(SandboxWechat) as Arc<dyn Wechat>),
            password_cost: options.password_cost,
            image_code_reader: Arc::new(PictureReader),
            standardizer: options.root.map(|root| Arc::new(PhoneDarkroom::new(root)) as Arc<dyn Standardize>),
        });
        let router = server.router();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn({
            let stopped = wait_for_stop(stopped.clone());
            async move { axum::serve(listener, service).with_graceful_shutdown(stopped).await }
        });
        let background = tokio::spawn({
            let server = server.clone();
            async move { server.run_background(wait_for_stop(stopped)).await }
        });
        Ok(Self { server, url, task, background, stop })
    }

    /// Waits until the listener fails.
    pub async fn failed(&mut self) -> anyhow::Result<()> {
        Ok((&mut self.task).await??)
    }

    /// Takes no more requests, answers those that are there, ends the job in hand, and is done; what takes longer than
    /// half a minute is given up.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.server.close_streams();
        let both = async { tokio::join!(&mut self.task, &mut self.background) };
        let (served, worked) = tokio::time::timeout(STOP_TIMEOUT, both)
            .await
            .context("the server did not come to an end in time and was stopped in the middle")?;
        worked?;
        Ok(served??)
    }
}

impl Drop for ServerRoom {
    fn drop(&mut self) {
        self.task.abort();
        self.background.abort();
    }
}

async fn wait_for_stop(mut stopped: watch::Receiver<bool>) {
    // An error says that the room is gone, which is as good.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Joins the imaging crate's reader of QR codes to the server, which knows nothing of pictures.
struct PictureReader;

impl ReadImageCode for PictureReader {
    fn read(&self, picture: &[u8]) -> Option<String> {
        qr::read_file(picture).ok().and_then(|payload| payload.as_text().map(str::to_owned))
    }
}

/// The address by which this PC reaches a listener on all of its addresses.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}

/// The vault keys from the environment, else from its file, which is made at the first start.
pub(crate) fn vault_key(path: &Path) -> anyhow::Result<KeyRing> {
    if let Ok(text) = std::env::var(VAULT_VARIABLE) {
        let text = Zeroizing::new(text);
        return KeyRing::from_text(&text).with_context(|| format!("{VAULT_VARIABLE} cannot be used"));
    }
    match fs::read_to_string(path).map(Zeroizing::new) {
        Ok(text) => KeyRing::from_text(&text).with_context(|| {
            format!("{} is damaged: without the right vault key the database stays closed", path.display())
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = VaultKey::generate(&mut rand::make_rng::<rand::rngs::StdRng>());
            write_private(path, key.to_text().as_bytes())
                .with_context(|| format!("the vault key cannot be kept in {}", path.display()))?;
            Ok(KeyRing::of(key))
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Writes a new file that only its owner can read; never replaces one.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vault_key_is_made_once_and_a_damaged_one_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.key");
        let made = vault_key(&path).unwrap().to_text();
        assert_eq!(*vault_key(&path).unwrap().to_text(), *made);
        fs::write(&path, "damaged").unwrap();
        assert!(vault_key(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "damaged");
    }
}
