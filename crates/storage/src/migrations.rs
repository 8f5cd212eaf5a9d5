//! Bringing the tables up to date: ordered steps, each applied once.

use gradshot_domain::Clock;
use sqlx::{AnyPool, AssertSqlSafe, Row as _};

use crate::storage::Dialect;

/// The steps in their order. A step that was published is never changed; a further one is added.
const STEPS: &[(&str, &str)] = &[("0001_first", include_str!("../migrations/0001_first.sql"))];

const APPLIED: &str =
    "CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)";
/// Any number that nothing else in this database locks: servers that start together migrate one after the other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7129031977)";

/// Why the tables could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A step failed; nothing of it was kept.
    #[error("migration {name} failed: {source}")]
    Step {
        /// The step.
        name: &'static str,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The database has a step that this program does not know.
    #[error("the database was made by a newer version (it has migration {name}): start that version")]
    FromTheFuture {
        /// The unknown step.
        name: String,
    },
    /// The list of applied steps could not be read.
    #[error("the list of applied migrations could not be read: {0}")]
    List(#[source] sqlx::Error),
}

/// Applies all steps that are missing, in one transaction.
pub(crate) async fn apply(pool: &AnyPool, dialect: Dialect, clock: &dyn Clock) -> Result<(), MigrateError> {
    let begin = if dialect == Dialect::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
    let mut tx = pool.begin_with(begin).await.map_err(MigrateError::List)?;
    if dialect == Dialect::Postgres {
        sqlx::raw_sql(LOCK).execute(&mut *tx).await.map_err(MigrateError::List)?;
    }
    sqlx::raw_sql(APPLIED).execute(&mut *tx).await.map_err(MigrateError::List)?;
    let applied: Vec<String> = sqlx::query("SELECT name FROM applied_migrations ORDER BY name")
        .fetch_all(&mut *tx)
        .await
        .and_then(|rows| rows.iter().map(|row| row.try_get("name")).collect())
        .map_err(MigrateError::List)?;
    if let Some(unknown) = applied.iter().find(|name| !STEPS.iter().any(|(step, _)| step == name)) {
        return Err(MigrateError::FromTheFuture { name: unknown.clone() });
    }

    let bytes = if dialect == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    for (name, sql) in STEPS.iter().filter(|(name, _)| !applied.iter().any(|done| done == name)) {
        let failed = |source| MigrateError::Step { name, source };
        sqlx::raw_sql(AssertSqlSafe(sql.replace("{BYTES}", bytes)))
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
        sqlx::query("INSERT INTO applied_migrations (name, applied_at) VALUES ($1, $2)")
            .bind(*name)
            .bind(clock.now().as_millisecond())
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
        tracing::info!(migration = name, "applied");
    }
    tx.commit().await.map_err(MigrateError::List)
}
