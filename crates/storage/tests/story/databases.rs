//! The databases that the story is told to, each fresh.

use gradshot_domain::SystemClock;
use gradshot_storage::{OpenStorageError, Storage};
use sqlx::AnyPool;
use tempfile::TempDir;

/// A fresh database. A file goes when this is dropped; a schema goes with its throwaway server.
pub struct Database {
    url: String,
    /// What the driver understands.
    behind: String,
    /// Whether it is PostgreSQL.
    pub is_postgres: bool,
    _folder: Option<TempDir>,
}

impl Database {
    /// SQLite, and PostgreSQL when there is one.
    pub async fn all() -> Result<Vec<Self>, Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        // A path as people have them.
        let path = folder.path().join("数据 100%?").join("house.sqlite");
        std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        let url = path.to_str().ok_or("no path")?.to_owned();
        let behind = format!("sqlite:{}", url.replace('%', "%25").replace('?', "%3F"));
        let mut all = vec![Self { url, behind, is_postgres: false, _folder: Some(folder) }];
        if let Ok(server) = std::env::var("GRADSHOT_TEST_POSTGRES") {
            let name = format!("story_{:x}", rand::random::<u64>());
            let url = Storage::create_schema(&server, &name).await?;
            all.push(Self { behind: url.clone(), url, is_postgres: true, _folder: None });
        }
        Ok(all)
    }

    /// Opens it, as a server would.
    pub async fn open(&self) -> Result<Storage, OpenStorageError> {
        Storage::open(&self.url, &SystemClock).await
    }

    /// A look behind the storage's back; the database has to be opened before.
    pub async fn behind(&self) -> Result<AnyPool, sqlx::Error> {
        AnyPool::connect(&self.behind).await
    }
}
