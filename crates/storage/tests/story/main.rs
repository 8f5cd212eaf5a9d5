//! One story told to the storage: a student's way as rows. Told to SQLite always, and to PostgreSQL when
//! `GRADSHOT_TEST_POSTGRES` names a database in which schemas may be made.

mod campaign;
mod databases;
mod jobs;
mod migrations;
mod office;
mod people;
mod portraits;
mod queue;

use gradshot_domain::{AccountId, IdentityId};
use gradshot_storage::{Storage, StorageError};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sqlx::Row as _;

use self::databases::Database;

type Told = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn told_to_every_database() -> Told {
    for database in Database::all().await? {
        Story::begin(database.open().await?).tell().await?;
        let again = database.open().await?;
        assert!(!again.read().await?.campaigns().newest(10).await?.is_empty(), "everything is still there");
        damage_is_named(&database).await?;
    }
    Ok(())
}

/// A row that cannot be understood is named, and nothing of what it holds.
async fn damage_is_named(database: &Database) -> Told {
    let storage = database.open().await?;
    let changed =
        sqlx::query("UPDATE identities SET kind = 'emperor'").execute(&database.behind().await?).await?;
    assert_eq!(changed.rows_affected(), 1);
    let error = storage.read().await?.identities().of_account(owner(database).await?).await.unwrap_err();
    let StorageError::Row { table, column, row } = &error else { panic!("{error}") };
    assert_eq!((*table, *column), ("identities", "kind"));
    assert!(row.parse::<IdentityId>().is_ok() && !error.to_string().contains("emperor"));
    Ok(())
}

/// Whose the one identity of the story is.
async fn owner(database: &Database) -> Result<AccountId, Box<dyn std::error::Error>> {
    let row = sqlx::query("SELECT account FROM identities").fetch_one(&database.behind().await?).await?;
    Ok(row.try_get::<String, _>("account")?.parse()?)
}

/// Whom the story is about: a storage, and time and randomness that are the same each time.
struct Story {
    storage: Storage,
    rng: StdRng,
    at: Timestamp,
}

impl Story {
    fn begin(storage: Storage) -> Self {
        let at = "2026-05-18T06:00:00Z".parse().unwrap();
        Self { storage, rng: StdRng::seed_from_u64(1), at }
    }

    async fn tell(mut self) -> Told {
        let account = self.people().await?;
        let (campaign, entry) = self.campaign().await?;
        let (studio, stations) = self.studio().await?;
        let collection = self.collection(account, &campaign, entry, studio.0, studio.1).await?;
        self.orders(collection, studio.1).await?;
        self.nobody_is_called_twice(account, &campaign, studio.0, &stations).await?;
        let ticket = self.queue(collection, studio.0, stations[0]).await?;
        self.portraits(account, &campaign, collection, ticket, stations[0]).await?;
        self.office(account, campaign.id, collection).await?;
        self.tries().await?;
        self.jobs().await
    }
}
