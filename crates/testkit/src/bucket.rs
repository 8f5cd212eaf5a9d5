//! A real S3 server on the loopback.

use std::net::SocketAddr;

use gradshot_storage::Blobs;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const BUCKET: &str = "sealed";
const KEY: &str = "test-key";
const SECRET: &str = "test-secret";

/// A bucket of its own, which vanishes.
pub struct Bucket {
    address: SocketAddr,
    task: JoinHandle<()>,
    folder: TempDir,
}

impl Bucket {
    /// Starts a server with one empty bucket.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a test's files");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("an empty folder takes another");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("the folder is there"));
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    // A client that hangs up is no news.
                    let _ = Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(socket), service)
                        .await;
                });
            }
        });
        Self { address, task, folder }
    }

    /// The bucket, under a prefix, as a server opens it.
    pub fn open(&self) -> Blobs {
        self.open_with(SECRET)
    }

    /// The same with another secret.
    pub fn open_with(&self, secret: &str) -> Blobs {
        let settings = [
            ("AWS_ENDPOINT", format!("http://{}", self.address)),
            ("AWS_REGION", "cn-north-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", secret.to_owned()),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        Blobs::open_bucket(&format!("s3://{BUCKET}/2027/may"), settings).expect("the settings are whole")
    }

    /// Whether the server keeps a file that contains these bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        fn search(folder: &std::path::Path, bytes: &[u8]) -> bool {
            let entries = std::fs::read_dir(folder).expect("the folder can be listed");
            entries.flatten().any(|entry| {
                let path = entry.path();
                if path.is_dir() {
                    return search(&path, bytes);
                }
                std::fs::read(&path).is_ok_and(|file| file.windows(bytes.len()).any(|part| part == bytes))
            })
        }
        search(self.folder.path(), bytes)
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.task.abort();
    }
}
