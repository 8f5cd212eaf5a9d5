//! Sealed portraits of which only a part has come so far.

use gradshot_domain::{PortraitId, StationId};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::StorageError;
use crate::fields::Fields;

/// A piece of a sealed portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortraitPiece {
    /// Of which portrait.
    pub portrait: PortraitId,
    /// Which station sends it.
    pub station: StationId,
    /// Where it begins.
    pub from_byte: u64,
    /// How many bytes the whole has.
    pub total_bytes: u64,
    /// Its bytes, sealed by the station.
    pub bytes: Vec<u8>,
    /// When it is forgotten if the rest does not come.
    pub expires_at: Timestamp,
}

/// The table `portrait_pieces`.
pub struct PortraitPieces<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl PortraitPieces<'_> {
    /// Adds a piece; [`StorageError::Duplicate`] when there is one at this place.
    pub async fn add(&mut self, piece: &PortraitPiece) -> Result<(), StorageError> {
        let number = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        sqlx::query(
            "INSERT INTO portrait_pieces (portrait, station, from_byte, to_byte, total_bytes, piece, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(piece.portrait.to_string())
        .bind(piece.station.to_string())
        .bind(number(piece.from_byte))
        .bind(number(piece.from_byte + piece.bytes.len() as u64))
        .bind(number(piece.total_bytes))
        .bind(piece.bytes.clone())
        .bind(piece.expires_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// How many bytes of how many have come from this station; `None` when none has.
    pub async fn received(
        &mut self,
        station: StationId,
        portrait: PortraitId,
    ) -> Result<Option<(u64, u64)>, StorageError> {
        let row = sqlx::query(
            "SELECT portrait, to_byte, total_bytes FROM portrait_pieces WHERE station = $1 AND portrait = $2 \
             ORDER BY from_byte DESC LIMIT 1",
        )
        .bind(station.to_string())
        .bind(portrait.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        let read = |row| {
            let fields = Fields::named(&row, "portrait_pieces", "portrait");
            Ok((fields.number("to_byte")?, fields.number("total_bytes")?))
        };
        row.map(read).transpose()
    }

    /// How many portraits of this station are on their way.
    pub async fn begun(&mut self, station: StationId) -> Result<u32, StorageError> {
        let row =
            sqlx::query("SELECT COUNT(DISTINCT portrait) AS count FROM portrait_pieces WHERE station = $1")
                .bind(station.to_string())
                .fetch_one(&mut *self.connection)
                .await?;
        Fields::named(&row, "portrait_pieces", "count").number("count")
    }

    /// All bytes that have come, in order.
    pub async fn whole(&mut self, station: StationId, portrait: PortraitId) -> Result<Vec<u8>, StorageError> {
        let rows = sqlx::query(
            "SELECT portrait, piece FROM portrait_pieces WHERE station = $1 AND portrait = $2 ORDER BY from_byte",
        )
        .bind(station.to_string())
        .bind(portrait.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        let mut whole = Vec::new();
        for row in &rows {
            let piece: Vec<u8> = Fields::named(row, "portrait_pieces", "portrait").get("piece")?;
            whole.extend(piece);
        }
        Ok(whole)
    }

    /// Forgets the pieces of a portrait.
    pub async fn forget(&mut self, station: StationId, portrait: PortraitId) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM portrait_pieces WHERE station = $1 AND portrait = $2")
            .bind(station.to_string())
            .bind(portrait.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
