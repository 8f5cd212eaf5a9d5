//! Bringing the tables up to date and back: numbered steps, each applied once. Numbers may leave gaps.

use gradshot_domain::Clock;
use sqlx::{Any, AnyPool, AssertSqlSafe, Row as _, Transaction};

use crate::storage::Dialect;

/// One step: its two files are `migrations/NAME.sql` and `migrations/NAME.down.sql`.
struct Step {
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

macro_rules! steps {
    ($($name:literal)+) => {
        &[$(Step {
            name: $name,
            up: include_str!(concat!("../migrations/", $name, ".sql")),
            down: include_str!(concat!("../migrations/", $name, ".down.sql")),
        }),+]
    };
}

/// The steps by number. A step that was published is never changed; a further one is added.
const STEPS: &[Step] = steps! {
    "0001_first"
    "0002_jobs"
    "0003_kept_answers"
    "0004_audit"
    "0010_identity"
    "0011_eligibility"
    "0012_consents"
    "0013_money"
    "0014_review"
    "0015_studios"
    "0016_answers"
    "0017_support"
    "0018_rights"
    "0020_prints"
    "0021_picture_leave"
    "0022_hand_over"
    "0023_accesses_and_retention"
    "0024_phone_route"
    "0025_shots"
    "0026_large_campaigns"
    "0027_places"
    "0028_portrait_pieces"
    "0029_finished_students"
    "0030_office_days"
};

const APPLIED: &str =
    "CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)";
/// Any number that nothing else in this database locks: servers that start together migrate one after the other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7129031977)";

/// Why the tables could not be brought up to date, or back.
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
    let (mut tx, applied) = begin(pool, dialect).await?;
    for step in STEPS.iter().filter(|step| !applied.iter().any(|done| done == step.name)) {
        let failed = |source| MigrateError::Step { name: step.name, source };
        run(&mut tx, dialect, step.up).await.map_err(failed)?;
        sqlx::query("INSERT INTO applied_migrations (name, applied_at) VALUES ($1, $2)")
            .bind(step.name)
            .bind(clock.now().as_millisecond())
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
        tracing::info!(migration = step.name, "applied");
    }
    tx.commit().await.map_err(MigrateError::List)
}

/// Takes back every applied step whose number is above `number`, the last one first, in one transaction. The rows of
/// the tables that go are lost. Returns how many steps were taken back.
pub(crate) async fn take_back(pool: &AnyPool, dialect: Dialect, number: u32) -> Result<usize, MigrateError> {
    let (mut tx, applied) = begin(pool, dialect).await?;
    let mut count = 0;
    for step in STEPS.iter().rev().filter(|step| number_of(step.name) > number) {
        if !applied.iter().any(|done| done == step.name) {
            continue;
        }
        let failed = |source| MigrateError::Step { name: step.name, source };
        run(&mut tx, dialect, step.down).await.map_err(failed)?;
        sqlx::query("DELETE FROM applied_migrations WHERE name = $1")
            .bind(step.name)
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
        tracing::info!(migration = step.name, "taken back");
        count += 1;
    }
    tx.commit().await.map_err(MigrateError::List)?;
    Ok(count)
}

/// Begins, waits for other servers that migrate, and reads the names of the applied steps.
async fn begin(
    pool: &AnyPool,
    dialect: Dialect,
) -> Result<(Transaction<'static, Any>, Vec<String>), MigrateError> {
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
    if let Some(unknown) = applied.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        return Err(MigrateError::FromTheFuture { name: unknown.clone() });
    }
    Ok((tx, applied))
}

async fn run(tx: &mut Transaction<'static, Any>, dialect: Dialect, sql: &str) -> Result<(), sqlx::Error> {
    // A line for one database alone is a comment to the other.
    let (bytes, own_lines) = match dialect {
        Dialect::Sqlite => ("BLOB", "--sqlite "),
        Dialect::Postgres => ("BYTEA", "--postgres "),
    };
    let sql = sql.replace(own_lines, "").replace("{BYTES}", bytes);
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(drop)
}

fn number_of(name: &str) -> u32 {
    name.split('_').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_upwards() {
        let numbers: Vec<u32> = STEPS.iter().map(|step| number_of(step.name)).collect();
        assert!(numbers[0] > 0 && numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    }
}
