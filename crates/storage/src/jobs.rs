//! Work to be done later, taken by one server at a time.

use gradshot_domain::JobId;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::StorageError;
use crate::fields::{Fields, to_json};
use crate::storage::Dialect;

/// A job. What it is about is named by opaque ids only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Opaque id.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// To what; there is one job of a kind for each subject.
    pub subject: String,
    /// What the doer has to know besides.
    pub payload: Value,
    /// When it may be taken.
    pub due_at: Timestamp,
    /// How often it was taken since it last succeeded.
    pub attempts: u32,
    /// Why it failed last, without a word about a person.
    pub failure: Option<String>,
    /// When it was given up.
    pub dead_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Which taking this is.
    pub(crate) claim: i64,
}

/// How the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobsStanding {
    /// Jobs that could be taken.
    pub due: u32,
    /// Since when the first of them waits.
    pub due_since: Option<Timestamp>,
    /// Jobs that were given up.
    pub dead: u32,
}

impl Job {
    /// A job that is not in the table yet.
    pub fn new(
        id: JobId,
        kind: &str,
        subject: impl Into<String>,
        due_at: Timestamp,
        created_at: Timestamp,
    ) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            subject: subject.into(),
            payload: Value::Null,
            due_at,
            attempts: 0,
            failure: None,
            dead_at: None,
            created_at,
            claim: 0,
        }
    }
}

/// The table `jobs`.
pub struct Jobs<'w> {
    pub(crate) connection: &'w mut AnyConnection,
    pub(crate) dialect: Dialect,
}

impl Jobs<'_> {
    /// Puts a job on the list; one of the same kind and subject that is there already stays as it is.
    pub async fn put(&mut self, job: &Job) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO jobs (id, kind, subject, payload, due_at, attempts, claim, created_at) \
             VALUES ($1, $2, $3, $4, $5, 0, 0, $6) ON CONFLICT (kind, subject) DO NOTHING",
        )
        .bind(job.id.to_string())
        .bind(job.kind.clone())
        .bind(job.subject.clone())
        .bind(to_json(&job.payload))
        .bind(job.due_at.as_millisecond())
        .bind(job.created_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Takes the job that is due the longest, until `lease_ends`. Two servers never have the same; a job whose lease
    /// ended without a word is taken again.
    pub async fn take(&mut self, at: Timestamp, lease_ends: Timestamp) -> Result<Option<Job>, StorageError> {
        self.take_where("<>", "", at, lease_ends).await
    }

    /// The same for jobs of every kind but one.
    pub async fn take_but(
        &mut self,
        kind: &str,
        at: Timestamp,
        lease_ends: Timestamp,
    ) -> Result<Option<Job>, StorageError> {
        self.take_where("<>", kind, at, lease_ends).await
    }

    /// The same for jobs of one kind alone.
    pub async fn take_of(
        &mut self,
        kind: &str,
        at: Timestamp,
        lease_ends: Timestamp,
    ) -> Result<Option<Job>, StorageError> {
        self.take_where("=", kind, at, lease_ends).await
    }

    async fn take_where(
        &mut self,
        is: &'static str,
        kind: &str,
        at: Timestamp,
        lease_ends: Timestamp,
    ) -> Result<Option<Job>, StorageError> {
        // SQLite has one writer, so there is nobody to skip.
        let skip = if self.dialect == Dialect::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!(
            "UPDATE jobs SET due_at = $1, attempts = attempts + 1, claim = claim + 1 WHERE id = \
             (SELECT id FROM jobs WHERE dead_at IS NULL AND due_at <= $2 AND kind {is} $3 ORDER BY due_at, id LIMIT 1 {skip}) \
             RETURNING *"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(lease_ends.as_millisecond())
            .bind(at.as_millisecond())
            .bind(kind.to_owned())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Strikes a job that was done; false when somebody else has it meanwhile.
    pub async fn finish(&mut self, job: &Job) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM jobs WHERE id = $1 AND claim = $2")
            .bind(job.id.to_string())
            .bind(job.claim)
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Puts a job that was done back for another time; false when somebody else has it meanwhile.
    pub async fn repeat(&mut self, job: &Job, due_at: Timestamp) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE jobs SET due_at = $1, attempts = 0, failure = NULL WHERE id = $2 AND claim = $3",
        )
        .bind(due_at.as_millisecond())
        .bind(job.id.to_string())
        .bind(job.claim)
        .execute(&mut *self.connection)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes a failure: tried again at `again_at`, or given up when there is none.
    pub async fn fail(
        &mut self,
        job: &Job,
        failure: &str,
        again_at: Option<Timestamp>,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let dead_at = again_at.is_none().then(|| at.as_millisecond());
        sqlx::query("UPDATE jobs SET due_at = $1, failure = $2, dead_at = $3 WHERE id = $4 AND claim = $5")
            .bind(again_at.unwrap_or(at).as_millisecond())
            .bind(failure)
            .bind(dead_at)
            .bind(job.id.to_string())
            .bind(job.claim)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// The jobs that were given up, the newest first.
    pub async fn dead(&mut self, limit: u32) -> Result<Vec<Job>, StorageError> {
        let rows =
            sqlx::query("SELECT * FROM jobs WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id LIMIT $1")
                .bind(i64::from(limit))
                .fetch_all(&mut *self.connection)
                .await?;
        rows.iter().map(read).collect()
    }

    /// Gives a job that was given up another chance; false when there is no such job.
    pub async fn revive(&mut self, id: JobId, at: Timestamp) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE jobs SET due_at = $1, attempts = 0, dead_at = NULL WHERE id = $2 AND dead_at IS NOT NULL",
        )
        .bind(at.as_millisecond())
        .bind(id.to_string())
        .execute(&mut *self.connection)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// How the work stands at `at`.
    pub async fn standing(&mut self, at: Timestamp) -> Result<JobsStanding, StorageError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS due, MIN(due_at) AS due_since, \
             (SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL) AS dead \
             FROM jobs WHERE dead_at IS NULL AND due_at <= $1",
        )
        .bind(at.as_millisecond())
        .fetch_one(&mut *self.connection)
        .await?;
        let fields = Fields::of(&row, "jobs");
        Ok(JobsStanding {
            due: fields.number("due")?,
            due_since: fields.moment_option("due_since")?,
            dead: fields.number("dead")?,
        })
    }
}

fn read(row: &AnyRow) -> Result<Job, StorageError> {
    let fields = Fields::of(row, "jobs");
    Ok(Job {
        id: fields.parsed("id")?,
        kind: fields.get("kind")?,
        subject: fields.get("subject")?,
        payload: fields.json("payload")?,
        due_at: fields.moment("due_at")?,
        attempts: fields.number("attempts")?,
        failure: fields.get("failure")?,
        dead_at: fields.moment_option("dead_at")?,
        created_at: fields.moment("created_at")?,
        claim: fields.get("claim")?,
    })
}
