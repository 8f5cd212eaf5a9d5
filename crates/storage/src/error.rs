//! What can go wrong with rows.

/// Why a unit of work failed. Names tables, columns and opaque row ids, never a row's content.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A row holds something that this version does not understand.
    #[error("table {table}, column {column}, row {row}: the value is not what it should be")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: String,
    },
    /// Somebody else changed the row since it was read: read it again.
    #[error("table {table}: the row was changed by somebody else meanwhile")]
    Stale {
        /// The table.
        table: &'static str,
    },
    /// Something with the same unique value is already there.
    #[error("there is already a row with the same unique value")]
    Duplicate,
    /// No connection became free in time.
    #[error("the database is too busy")]
    Busy,
    /// The database refused or cannot be reached.
    #[error("the database refused: {0}")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(refusal) if refusal.is_unique_violation() => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}
