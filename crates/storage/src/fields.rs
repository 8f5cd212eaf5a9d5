//! Reading a row's columns as the domain's types.

use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};

use crate::StorageError;

/// One row of a table, read column by column. Every failure names table, column and row.
pub(crate) struct Fields<'r> {
    row: &'r AnyRow,
    table: &'static str,
    id: String,
}

impl<'r> Fields<'r> {
    /// A row of a table whose column `id` names it.
    pub(crate) fn of(row: &'r AnyRow, table: &'static str) -> Self {
        Self::named(row, table, "id")
    }

    /// A row of a table, or of a join, that the column `key` names in errors.
    pub(crate) fn named(row: &'r AnyRow, table: &'static str, key: &str) -> Self {
        let id = row.try_get::<String, _>(key).unwrap_or_else(|_| "?".to_owned());
        Self { row, table, id }
    }

    /// The column's own value.
    pub(crate) fn get<T>(&self, column: &'static str) -> Result<T, StorageError>
    where
        T: Decode<'r, Any> + Type<Any>,
    {
        self.row.try_get(column).map_err(|_| self.error(column))
    }

    /// A text that the domain parses, for example an id.
    pub(crate) fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T, StorageError> {
        self.get::<String>(column)?.parse().map_err(|_| self.error(column))
    }

    /// Like [`Self::parsed`], where NULL is allowed.
    pub(crate) fn parsed_option<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, StorageError> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse().map_err(|_| self.error(column))).transpose()
    }

    /// A value kept as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StorageError> {
        serde_json::from_str(&self.get::<String>(column)?).map_err(|_| self.error(column))
    }

    /// One of the domain's words, kept bare: `bachelor`.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StorageError> {
        let word: String = self.get(column)?;
        serde_json::from_value(serde_json::Value::String(word)).map_err(|_| self.error(column))
    }

    /// A moment, kept as milliseconds.
    pub(crate) fn moment(&self, column: &'static str) -> Result<Timestamp, StorageError> {
        Timestamp::from_millisecond(self.get(column)?).map_err(|_| self.error(column))
    }

    /// Like [`Self::moment`], where NULL is allowed.
    pub(crate) fn moment_option(&self, column: &'static str) -> Result<Option<Timestamp>, StorageError> {
        let millis: Option<i64> = self.get(column)?;
        millis.map(|millis| Timestamp::from_millisecond(millis).map_err(|_| self.error(column))).transpose()
    }

    /// A whole number that fits a smaller type than the database's.
    pub(crate) fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T, StorageError> {
        T::try_from(self.get::<i64>(column)?).map_err(|_| self.error(column))
    }

    /// A fingerprint or hash of 32 bytes.
    pub(crate) fn digest(&self, column: &'static str) -> Result<[u8; 32], StorageError> {
        self.get::<Vec<u8>>(column)?.try_into().map_err(|_| self.error(column))
    }

    /// The error for a column of this row.
    pub(crate) fn error(&self, column: &'static str) -> StorageError {
        StorageError::Row { table: self.table, column, row: self.id.clone() }
    }
}

/// A value as JSON, for a column.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the domain's plain types always encode as JSON")
}

/// One of the domain's words, bare, for a column.
pub(crate) fn to_word(value: &impl Serialize) -> String {
    to_json(value).trim_matches('"').to_owned()
}

/// Whether an update found its row unchanged.
pub(crate) fn unless_stale(rows_affected: u64, table: &'static str) -> Result<(), StorageError> {
    if rows_affected == 1 { Ok(()) } else { Err(StorageError::Stale { table }) }
}
