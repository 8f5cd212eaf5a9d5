//! What servers on one PostgreSQL tell each other, by LISTEN and NOTIFY.

use std::fmt;

use sqlx::postgres::PgListener;
use sqlx::{AnyPool, Row as _};

use crate::{Storage, StorageError};

/// Where servers meet: the address of the database, and a channel for its schema.
pub(crate) struct Exchange {
    url: String,
    channel: String,
}

/// A line on which other servers are heard.
pub struct Announcements(PgListener);

/// What is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// Somebody's words; one's own come back too.
    Heard(String),
    /// The line was broken for a while, so something may have been missed.
    Missed,
}

impl Exchange {
    /// A NOTIFY reaches a whole database, so schemas are told apart by the channel's name.
    pub(crate) async fn of(pool: &AnyPool, url: String) -> Result<Self, sqlx::Error> {
        let row = sqlx::query("SELECT CAST(current_schema() AS TEXT) AS name").fetch_one(pool).await?;
        let schema: String = row.try_get("name")?;
        Ok(Self { url, channel: format!("gradshot_{schema}") })
    }
}

impl fmt::Debug for Exchange {
    /// The address may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("channel", &self.channel).finish_non_exhaustive()
    }
}

impl Storage {
    /// Tells the other servers on this database. On SQLite there are none.
    pub async fn announce(&self, text: &str) -> Result<(), StorageError> {
        if let Some(exchange) = &self.exchange {
            sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)")
                .bind(exchange.channel.clone())
                .bind(text)
                .execute(self.writers())
                .await?;
        }
        Ok(())
    }

    /// Listens to the other servers from now on; `None` on SQLite.
    pub async fn announcements(&self) -> Result<Option<Announcements>, StorageError> {
        let Some(exchange) = &self.exchange else { return Ok(None) };
        let mut listener = PgListener::connect(&exchange.url).await?;
        listener.listen(&exchange.channel).await?;
        Ok(Some(Announcements(listener)))
    }
}

impl Announcements {
    /// Waits for the next one.
    pub async fn next(&mut self) -> Result<Announcement, StorageError> {
        let heard = self.0.try_recv().await?;
        Ok(heard.map_or(Announcement::Missed, |heard| Announcement::Heard(heard.payload().to_owned())))
    }
}
