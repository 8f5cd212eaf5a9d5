//! The outbox: what was done here and has not reached the server.
//!
//! One SQLite file. An item is in it before anybody is told that it is safe, and leaves it only after the server said
//! that it has it; so a kill at any moment loses nothing, and what is sent twice is told apart by its id. Items of one
//! ticket go in their order. The file holds sealed bytes, opaque ids, numbers and masked names.

mod day;
mod plan;
mod prints;
mod row;
mod schema;

use std::path::Path;
use std::time::Duration;

use gradshot_domain::{MaskedName, Outcome, PortraitId, TicketId, TicketNumber};
use gradshot_wire::desk::{OutboxEntry, WaitingForYes};
use gradshot_wire::portrait::PortraitStateName;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::session::Binding;
pub use plan::{Retry, retry_after};
pub use prints::{BegunPrint, PrintBegin, PrintOrder};
use row::{Row, outbox_entry, waiting_for_yes};

/// Items that the outbox takes; a studio's day has a few hundred.
pub const MAX_ITEMS: u32 = 20_000;

/// The outbox.
#[derive(Debug)]
pub struct Outbox {
    connection: Connection,
}

/// Why the outbox could not do something.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The database refused: disk full, damaged, not ours.
    #[error("the outbox file cannot be used: {0}")]
    Database(#[from] rusqlite::Error),
    /// Written by a later version of this program.
    #[error("the outbox file is of a later version: open it with that version, what is in it is safe")]
    Later,
    /// An earlier version's file could not be brought up to this one's.
    #[error("the outbox file cannot be brought up to date: {0}")]
    Migration(rusqlite_migration::Error),
    /// Full.
    #[error("the outbox holds {MAX_ITEMS} items that were never sent: connect to the server first")]
    Full,
    /// A row that cannot be understood.
    #[error("row {seq} of the outbox, column {column}, cannot be understood")]
    Row {
        /// The row.
        seq: i64,
        /// The column.
        column: &'static str,
    },
}

impl OutboxError {
    fn of_migration(error: rusqlite_migration::Error) -> Self {
        use rusqlite_migration::{Error, MigrationDefinitionError};
        match error {
            Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => Self::Later,
            error => Self::Migration(error),
        }
    }
}

/// Something for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The student of this ticket stands before the camera.
    Arrival {
        /// The ticket.
        ticket: TicketId,
        /// Its number, for the desk.
        number: TicketNumber,
        /// When.
        at: Timestamp,
    },
    /// The student of this ticket was passed over while the server could not be told.
    Skip {
        /// The ticket.
        ticket: TicketId,
        /// Its number, for the desk.
        number: TicketNumber,
        /// When.
        at: Timestamp,
    },
    /// A sealed portrait.
    Portrait(SealedPortrait),
}

/// A sealed portrait and what the desk shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPortrait {
    /// Which.
    pub portrait: PortraitId,
    /// Its ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// Masked name.
    pub masked_name: MaskedName,
    /// What the verdict came to.
    pub outcome: Outcome,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// The envelope.
    pub envelope: Vec<u8>,
}

/// An item with its place in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its place; smaller ones go first.
    pub seq: i64,
    /// How often sending failed.
    pub attempts: u32,
    /// What it is.
    pub item: Item,
}

impl Outbox {
    /// Opens the outbox, or makes one.
    pub fn open(path: &Path) -> Result<Self, OutboxError> {
        Self::with(Connection::open(path)?)
    }

    fn with(mut connection: Connection) -> Result<Self, OutboxError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        // FULL: a committed item is on the disk, also after a power cut.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        schema::MIGRATIONS.to_latest(&mut connection).map_err(OutboxError::of_migration)?;
        Ok(Self { connection })
    }

    /// Puts an item in. When this returns, the item is on the disk.
    pub fn put(&mut self, item: &Item) -> Result<(), OutboxError> {
        let transaction = self.connection.transaction()?;
        let items: u32 = transaction.query_row("SELECT COUNT(*) FROM items", [], |row| row.get(0))?;
        if items >= MAX_ITEMS {
            return Err(OutboxError::Full);
        }
        match item {
            Item::Arrival { ticket, number, at } | Item::Skip { ticket, number, at } => {
                let kind = if matches!(item, Item::Skip { .. }) { row::SKIP } else { row::ARRIVAL };
                transaction.execute(
                    "INSERT INTO items (kind, ticket, number, at_ms) VALUES (?1, ?2, ?3, ?4)",
                    params![kind, ticket.to_string(), number.to_string(), at.as_millisecond()],
                )?
            }
            Item::Portrait(sealed) => {
                transaction.execute(
                    "INSERT INTO awaited (portrait, number, masked_name, state, since_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                    params![
                        sealed.portrait.to_string(),
                        sealed.number.to_string(),
                        sealed.masked_name.as_str(),
                        row::state_to_text(PortraitStateName::Sealed),
                        sealed.sealed_at.as_millisecond(),
                    ],
                )?;
                transaction.execute(
                    "INSERT INTO items (kind, ticket, number, at_ms, portrait, masked_name, outcome, envelope)
                     VALUES ('portrait', ?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                    params![
                        sealed.ticket.to_string(),
                        sealed.number.to_string(),
                        sealed.sealed_at.as_millisecond(),
                        sealed.portrait.to_string(),
                        sealed.masked_name.as_str(),
                        row::outcome_to_text(sealed.outcome),
                        sealed.envelope,
                    ],
                )?
            }
        };
        transaction.commit()?;
        Ok(())
    }

    /// The oldest item that may be sent. Behind a refused item of a ticket, that ticket's later ones wait too.
    pub fn next(&self) -> Result<Option<Queued>, OutboxError> {
        let row = self
            .connection
            .query_row(
                "SELECT seq, kind, ticket, number, at_ms, portrait, masked_name, outcome, envelope, attempts
                 FROM items AS candidate
                 WHERE refused = 0 AND NOT EXISTS (
                     SELECT 1 FROM items AS earlier
                     WHERE earlier.ticket = candidate.ticket AND earlier.seq < candidate.seq AND earlier.refused = 1)
                 ORDER BY seq LIMIT 1",
                [],
                Row::read,
            )
            .optional()?;
        row.map(Row::into_queued).transpose()
    }

    /// The server has it: the item leaves, and its sealed bytes with it.
    pub fn done(&mut self, seq: i64) -> Result<(), OutboxError> {
        self.connection.execute("DELETE FROM items WHERE seq = ?1", [seq])?;
        Ok(())
    }

    /// Sending failed for a passing reason.
    pub fn failed(&mut self, seq: i64, zh: &str, en: &str) -> Result<(), OutboxError> {
        self.connection.execute(
            "UPDATE items SET attempts = attempts + 1, trouble_zh = ?2, trouble_en = ?3 WHERE seq = ?1",
            params![seq, zh, en],
        )?;
        Ok(())
    }

    /// The server refused it for good. It stays until a person decided.
    pub fn refused(&mut self, seq: i64, zh: &str, en: &str) -> Result<(), OutboxError> {
        self.connection.execute(
            "UPDATE items SET attempts = attempts + 1, refused = 1, trouble_zh = ?2, trouble_en = ?3 WHERE seq = ?1",
            params![seq, zh, en],
        )?;
        Ok(())
    }

    /// Gives refused items another chance.
    pub fn retry_refused(&mut self) -> Result<(), OutboxError> {
        self.connection.execute("UPDATE items SET refused = 0", [])?;
        Ok(())
    }

    /// What the desk shows: portraits that wait, the oldest first, at most 200.
    pub fn entries(&self) -> Result<Vec<OutboxEntry>, OutboxError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, portrait, number, outcome, LENGTH(envelope), at_ms, attempts, trouble_zh, trouble_en, refused
             FROM items WHERE kind = 'portrait' ORDER BY seq LIMIT 200",
        )?;
        let rows = statement.query_map([], outbox_entry)?;
        rows.map(|row| row?).collect()
    }

    /// Writes down which ticket a shot was bound to; kept as proof when somebody asks whose face it was.
    pub fn log_binding(&mut self, binding: &Binding) -> Result<(), OutboxError> {
        self.connection.execute(
            "INSERT INTO bindings (shot, ticket, taken_at_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![binding.shot.to_string(), binding.ticket.to_string(), binding.taken_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// A portrait that somebody waits for changed; one that nobody waits for any more is forgotten.
    pub fn follow(&mut self, portrait: PortraitId, state: PortraitStateName) -> Result<(), OutboxError> {
        use PortraitStateName::{Objected, Sealed, Stored};
        if matches!(state, Sealed | Stored | Objected) {
            self.connection.execute(
                "UPDATE awaited SET state = ?2 WHERE portrait = ?1",
                params![portrait.to_string(), row::state_to_text(state)],
            )?;
        } else {
            self.connection.execute("DELETE FROM awaited WHERE portrait = ?1", [portrait.to_string()])?;
        }
        Ok(())
    }

    /// Students who were photographed here and have not said yes, the newest first, at most 50.
    pub fn awaited(&self) -> Result<Vec<WaitingForYes>, OutboxError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT portrait, number, masked_name, state, since_ms FROM awaited ORDER BY since_ms DESC LIMIT 50",
        )?;
        let rows = statement.query_map([], waiting_for_yes)?;
        rows.map(|row| row?).collect()
    }
}
