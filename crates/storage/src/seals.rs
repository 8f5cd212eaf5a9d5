//! Sealed values in whatever column they rest, for the change of the key that seals them.

use gradshot_domain::BundleId;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::StorageError;
use crate::fields::Fields;

/// A column of sealed values. All three are names in the database, written in the source and never from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column that names the row; a text.
    pub key: &'static str,
    /// The sealed value; may be NULL.
    pub column: &'static str,
}

/// A sealed value and the row in which it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedValue {
    /// The row.
    pub key: String,
    /// The value.
    pub sealed: Vec<u8>,
}

/// Sealed values of all tables.
pub struct Seals<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Seals<'_> {
    /// The sealed values of a column whose rows come after `after` in the order of their keys.
    pub async fn page(
        &mut self,
        of: SealedColumn,
        after: &str,
        limit: u32,
    ) -> Result<Vec<SealedValue>, StorageError> {
        let SealedColumn { table, key, column } = of;
        let sql = format!(
            "SELECT {key} AS key, {column} AS sealed FROM {table} WHERE {key} > $1 AND {column} IS NOT NULL \
             ORDER BY {key} LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(after.to_owned())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        let read = |row| {
            let fields = Fields::named(row, table, "key");
            Ok(SealedValue { key: fields.get("key")?, sealed: fields.get("sealed")? })
        };
        rows.iter().map(read).collect()
    }

    /// Replaces a sealed value, unless somebody changed it meanwhile; tells which.
    pub async fn replace(
        &mut self,
        of: SealedColumn,
        old: &SealedValue,
        new: Vec<u8>,
    ) -> Result<bool, StorageError> {
        let SealedColumn { table, key, column } = of;
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2 AND {column} = $3");
        let done = sqlx::query(AssertSqlSafe(sql))
            .bind(new)
            .bind(old.key.clone())
            .bind(old.sealed.clone())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Every bundle, whose file is sealed and rests among the blobs.
    pub async fn bundles(&mut self, after: &str, limit: u32) -> Result<Vec<BundleId>, StorageError> {
        let rows = sqlx::query("SELECT id FROM bundles WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after.to_owned())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| Fields::of(row, "bundles").parsed("id")).collect()
    }

    /// Every column of bytes there is, as `table.column`: so that a new one is not forgotten where seals are renewed.
    pub async fn columns_of_bytes(&mut self) -> Result<Vec<String>, StorageError> {
        let sqlite = "SELECT m.name || '.' || p.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
                      WHERE m.type = 'table' AND p.type = 'BLOB' ORDER BY name";
        let postgres = "SELECT CAST(table_name || '.' || column_name AS TEXT) AS name FROM information_schema.columns \
                        WHERE table_schema = current_schema() AND data_type = 'bytea' ORDER BY name";
        let is_postgres = self.connection.backend_name() == "PostgreSQL";
        let sql = if is_postgres { postgres } else { sqlite };
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter().map(|row| Ok(row.try_get("name")?)).collect()
    }
}
