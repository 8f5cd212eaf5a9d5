//! The tables' making, forth and back.

use gradshot_storage::Storage;
use sqlx::{AnyPool, AssertSqlSafe, Row as _};

use crate::Told;
use crate::databases::Database;

#[tokio::test]
async fn a_newer_database_is_left_alone() -> Told {
    for database in Database::all().await? {
        database.open().await?.close().await;
        let tomorrow = "INSERT INTO applied_migrations VALUES ('9999_tomorrow', 0)";
        sqlx::query(tomorrow).execute(&database.behind().await?).await?;
        let refused = database.open().await.unwrap_err();
        assert!(refused.to_string().contains("newer version"), "{refused}");
    }
    Ok(())
}

#[tokio::test]
async fn tables_can_be_taken_back_and_made_anew() -> Told {
    for database in Database::all().await? {
        let storage = database.open().await?;
        let behind = database.behind().await?;
        let made = columns(&behind, database.is_postgres).await?;
        assert!(made.len() > 100, "{} columns", made.len());
        assert!(storage.take_back(0).await? >= 1);
        let left = columns(&behind, database.is_postgres).await?;
        assert!(left.iter().all(|column| column.starts_with("applied_migrations.")), "{left:?}");
        storage.close().await;
        database.open().await?.close().await;
        assert_eq!(columns(&behind, database.is_postgres).await?, made, "the same as before");
    }
    Ok(())
}

#[tokio::test]
async fn a_schema_has_a_plain_name_and_its_own_tables() -> Told {
    for wrong in ["", "Two Words", "a\"; DROP SCHEMA public"] {
        let refused = Storage::create_schema("postgres://nobody@localhost/nothing", wrong).await;
        assert!(refused.unwrap_err().to_string().contains("schema"), "{wrong}");
    }
    assert!(Storage::create_schema("house.sqlite", "own").await.is_err(), "a file has no schemas");
    Ok(())
}

/// Every column and every index of ours, in words.
async fn columns(behind: &AnyPool, is_postgres: bool) -> Result<Vec<String>, sqlx::Error> {
    let sql = if is_postgres {
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line \
         FROM information_schema.columns WHERE table_schema = current_schema() \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() \
         AND tablename <> 'applied_migrations' ORDER BY line"
    } else {
        "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" AS line \
         FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' \
         UNION ALL SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY line"
    };
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(behind).await?;
    rows.iter().map(|row| row.try_get("line")).collect()
}
