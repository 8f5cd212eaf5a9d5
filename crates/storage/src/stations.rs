//! Stations 机位 and the codes that pair them.

use gradshot_domain::{StationId, StudioId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, unless_stale};

/// A station, paired or still to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Opaque id.
    pub id: StationId,
    /// Its studio.
    pub studio: StudioId,
    /// Name on the board.
    pub name: String,
    /// Its Ed25519 verifying key, base64url; absent until it is paired.
    pub verifying_key: Option<String>,
    /// Since when it rests.
    pub paused_at: Option<Timestamp>,
}

/// The tables `stations` and `pairing_codes`.
pub struct Stations<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Stations<'_> {
    /// Adds a station that is not paired yet.
    pub async fn add(&mut self, id: StationId, studio: StudioId, name: &str) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO stations (id, studio, name) VALUES ($1, $2, $3)")
            .bind(id.to_string())
            .bind(studio.to_string())
            .bind(name)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Adds a code that pairs a station once, until `expires_at`.
    pub async fn add_code(
        &mut self,
        code_hash: &[u8; 32],
        station: StationId,
        expires_at: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO pairing_codes (code_hash, station, expires_at) VALUES ($1, $2, $3)")
            .bind(code_hash.to_vec())
            .bind(station.to_string())
            .bind(expires_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Takes a code that is good at `at` away and says which station it pairs.
    pub async fn redeem_code(
        &mut self,
        code_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<StationId>, StorageError> {
        let row = sqlx::query(
            "DELETE FROM pairing_codes WHERE code_hash = $1 AND expires_at > $2 RETURNING station",
        )
        .bind(code_hash.to_vec())
        .bind(at.as_millisecond())
        .fetch_optional(&mut *self.connection)
        .await?;
        row.map(|row| Fields::named(&row, "pairing_codes", "station").parsed("station")).transpose()
    }

    /// Pairs a station: from now on this key signs for it and this token speaks for it.
    pub async fn pair(
        &mut self,
        id: StationId,
        verifying_key: &str,
        token_hash: &[u8; 32],
    ) -> Result<(), StorageError> {
        let done = sqlx::query("UPDATE stations SET verifying_key = $1, token_hash = $2 WHERE id = $3")
            .bind(verifying_key)
            .bind(token_hash.to_vec())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "stations")
    }

    /// The station rests from then on, or goes on.
    pub async fn pause(&mut self, id: StationId, since: Option<Timestamp>) -> Result<(), StorageError> {
        let done = sqlx::query("UPDATE stations SET paused_at = $1 WHERE id = $2")
            .bind(since.map(Timestamp::as_millisecond))
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        unless_stale(done.rows_affected(), "stations")
    }

    /// The stations of a studio that rest.
    pub async fn paused(&mut self, studio: StudioId) -> Result<Vec<StationId>, StorageError> {
        let rows = sqlx::query(
            "SELECT id FROM stations WHERE studio = $1 AND paused_at IS NOT NULL ORDER BY id LIMIT 100",
        )
        .bind(studio.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::of(row, "stations").parsed("id")).collect()
    }

    /// The stations of a studio that are paired, by name.
    pub async fn paired_of(&mut self, studio: StudioId) -> Result<Vec<Station>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM stations WHERE studio = $1 AND verifying_key IS NOT NULL ORDER BY name, id LIMIT 100",
        )
        .bind(studio.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The station with this id.
    pub async fn find(&mut self, id: StationId) -> Result<Option<Station>, StorageError> {
        let row = sqlx::query("SELECT * FROM stations WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The station that this token speaks for.
    pub async fn find_by_token(&mut self, token_hash: &[u8; 32]) -> Result<Option<Station>, StorageError> {
        let row = sqlx::query("SELECT * FROM stations WHERE token_hash = $1")
            .bind(token_hash.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }
}

fn read(row: &AnyRow) -> Result<Station, StorageError> {
    let fields = Fields::of(row, "stations");
    Ok(Station {
        id: fields.parsed("id")?,
        studio: fields.parsed("studio")?,
        name: fields.get("name")?,
        verifying_key: fields.get("verifying_key")?,
        paused_at: fields.moment_option("paused_at")?,
    })
}
