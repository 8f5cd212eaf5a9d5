//! Opening a database and handing out units of work.

use std::path::Path;
use std::sync::{Arc, Once};
use std::time::Duration;

use gradshot_domain::Clock;
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;

use crate::StorageError;
use crate::announcements::Exchange;
use crate::migrations::{self, MigrateError};
use crate::unit_of_work::UnitOfWork;

/// Connections that one server keeps open at most.
const MAX_CONNECTIONS: u32 = 8;
/// How long a request waits for a connection before it is told that the database is too busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// SQLite's own waiting for another process that writes.
const BUSY_TIMEOUT_MS: u32 = 10_000;

/// The two databases that are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A database that is up to date. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Storage {
    dialect: Dialect,
    readers: AnyPool,
    /// SQLite has one writer: a single connection, which those who wait get first come first served. PostgreSQL has
    /// one pool for both.
    writers: AnyPool,
    /// Where servers on one PostgreSQL hear each other.
    pub(crate) exchange: Option<Arc<Exchange>>,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenStorageError {
    /// Neither a file nor a URL that is understood.
    #[error("not a database: give a file path, `sqlite:PATH` or `postgres://USER@HOST/NAME`")]
    Url,
    /// Not a name for a schema.
    #[error("a schema's name has 1 to 60 lower-case letters, digits and underscores")]
    Schema,
    /// No connection, or the file cannot be created.
    #[error("the database could not be opened: {0}")]
    Connect(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// Why a database was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyStorageError {
    /// PostgreSQL is backed up by its own means.
    #[error(
        "a PostgreSQL database is backed up with `pg_dump --format=custom` and restored with `pg_restore`"
    )]
    Postgres,
    /// Not a path as the database understands it.
    #[error("the copy's path has to be UTF-8")]
    Path,
    /// The database refused.
    #[error("the database could not be copied: {0}")]
    Database(#[source] sqlx::Error),
}

impl Storage {
    /// Opens the database at `url`, creates it when it is a file that is not there yet, and brings its tables up to date.
    ///
    /// `url` is `postgres://…`, `sqlite:PATH` or a plain path. The clock dates the migrations.
    pub async fn open(url: &str, clock: &dyn Clock) -> Result<Self, OpenStorageError> {
        install_drivers();
        let (dialect, url) = understand(url)?;
        let (readers, writers) = match dialect {
            Dialect::Sqlite => {
                // The writer first: it makes the file and turns the write-ahead log on.
                let writers = connect(&url, dialect, 1).await?;
                (connect(&url, dialect, MAX_CONNECTIONS).await?, writers)
            }
            Dialect::Postgres => {
                let pool = connect(&url, dialect, MAX_CONNECTIONS).await?;
                (pool.clone(), pool)
            }
        };
        migrations::apply(&writers, dialect, clock).await?;
        let exchange = match dialect {
            Dialect::Sqlite => None,
            Dialect::Postgres => {
                Some(Arc::new(Exchange::of(&writers, url).await.map_err(OpenStorageError::Connect)?))
            }
        };
        Ok(Self { dialect, readers, writers, exchange })
    }

    /// Opens a SQLite file by its path, whatever characters the path has.
    pub async fn open_file(path: &Path, clock: &dyn Clock) -> Result<Self, OpenStorageError> {
        Self::open(path.to_str().ok_or(OpenStorageError::Url)?, clock).await
    }

    /// Makes a schema of its own in a PostgreSQL database and gives the URL that opens it: several servers, or several
    /// tests, share one database and never see each other. `name` has lower-case letters, digits and underscores.
    pub async fn create_schema(url: &str, name: &str) -> Result<String, OpenStorageError> {
        let fits = (1..=60).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let (Dialect::Postgres, url) = understand(url)? else { return Err(OpenStorageError::Url) };
        if !fits {
            return Err(OpenStorageError::Schema);
        }
        install_drivers();
        let pool = connect(&url, Dialect::Postgres, 1).await?;
        let made =
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE SCHEMA \"{name}\""))).execute(&pool).await;
        pool.close().await;
        made.map_err(OpenStorageError::Connect)?;
        let and = if url.contains('?') { '&' } else { '?' };
        Ok(format!("{url}{and}options[search_path]={name}"))
    }

    /// Takes the steps of the tables' making back down to this number, so that an older version can start again. What
    /// the tables that go held is lost. The database may not be used afterwards but to be closed. Returns how many
    /// steps were taken back.
    pub async fn take_back(&self, number: u32) -> Result<usize, OpenStorageError> {
        Ok(migrations::take_back(&self.writers, self.dialect, number).await?)
    }

    /// Begins a unit of work that changes something. Don't begin one while holding another.
    pub async fn begin(&self) -> Result<UnitOfWork, StorageError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        };
        Ok(UnitOfWork::new(self.writers.begin_with(begin).await?, self.dialect))
    }

    /// Begins a unit of work that only looks: it sees one state of everything and is never committed.
    pub async fn read(&self) -> Result<UnitOfWork, StorageError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(UnitOfWork::new(self.readers.begin_with(begin).await?, self.dialect))
    }

    /// Copies a SQLite database as it stands into a new file, while it is being used. PostgreSQL has `pg_dump`.
    pub async fn copy_into(&self, file: &Path) -> Result<(), CopyStorageError> {
        if self.dialect == Dialect::Postgres {
            return Err(CopyStorageError::Postgres);
        }
        let file = file.to_str().ok_or(CopyStorageError::Path)?;
        let copied = sqlx::query("VACUUM INTO $1").bind(file).execute(&self.readers).await;
        copied.map(drop).map_err(CopyStorageError::Database)
    }

    /// Whether other servers may work on the same database.
    pub const fn is_shared(&self) -> bool {
        self.exchange.is_some()
    }

    /// The connections that write.
    pub(crate) const fn writers(&self) -> &AnyPool {
        &self.writers
    }

    /// Closes all connections once those in use are given back.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

fn install_drivers() {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
}

async fn connect(url: &str, dialect: Dialect, connections: u32) -> Result<AnyPool, OpenStorageError> {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file does not go away between two requests; a line to another machine does.
        .test_before_acquire(dialect == Dialect::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if dialect == Dialect::Sqlite {
                    // Everything that a client was told is kept is on the disk: a power cut loses nothing.
                    let settings = format!(
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                         PRAGMA busy_timeout = {BUSY_TIMEOUT_MS};"
                    );
                    sqlx::raw_sql(sqlx::AssertSqlSafe(settings)).execute(connection).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await
        .map_err(OpenStorageError::Connect)
}

/// Which database a text means, and the URL that the driver understands.
fn understand(text: &str) -> Result<(Dialect, String), OpenStorageError> {
    let text = text.trim();
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Ok((Dialect::Postgres, text.to_owned()));
    }
    let path = match text.strip_prefix("sqlite:") {
        Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
        None => text,
    };
    // In memory every connection would have a database of its own; other schemes are other databases.
    if path.is_empty() || path.contains(":memory:") || path.contains("://") {
        return Err(OpenStorageError::Url);
    }
    Ok((Dialect::Sqlite, format!("sqlite:{}?mode=rwc", percent_encoded(path))))
}

/// Encodes everything but unreserved characters and separators, so that `?`, `#`, `%` and 中文 survive.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::with_capacity(path.len()), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_sqlite_file_and_other_schemes_are_refused() {
        for (text, url) in [
            ("data/house.db", "sqlite:data/house.db?mode=rwc"),
            ("sqlite:///srv/100%?/a.db", "sqlite:/srv/100%25%3F/a.db?mode=rwc"),
            (r"C:\照片\a.db", "sqlite:C:%5C%E7%85%A7%E7%89%87%5Ca.db?mode=rwc"),
        ] {
            let (dialect, understood) = understand(text).unwrap();
            assert_eq!((dialect, understood.as_str()), (Dialect::Sqlite, url), "{text}");
        }
        assert_eq!(understand("postgres://me@localhost/house").unwrap().0, Dialect::Postgres);
        for wrong in ["", "sqlite::memory:", "mysql://me@localhost/house"] {
            assert!(understand(wrong).is_err(), "{wrong}");
        }
    }
}
