//! The outbox of messages: kept with the change that they tell of, sent afterwards.

use gradshot_domain::{AccountId, Delivery, MessageId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// A message to one person. To whom and what it says is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Opaque id, sorted by time.
    pub id: MessageId,
    /// Whose, when the receiver has an account.
    pub account: Option<AccountId>,
    /// The way it goes, for example `sms`.
    pub channel: String,
    /// Name of its template.
    pub template: String,
    /// Its language: `zh` or `en`.
    pub language: String,
    /// The address, sealed.
    pub sealed_to: Vec<u8>,
    /// The text, sealed.
    pub sealed_text: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// How far it has come.
    pub delivery: Delivery,
    /// What two writers race for.
    pub(crate) version: i64,
}

/// What a message is made of.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Opaque id.
    pub id: MessageId,
    /// Whose, when the receiver has an account.
    pub account: Option<AccountId>,
    /// The way it goes.
    pub channel: &'static str,
    /// Name of its template.
    pub template: &'static str,
    /// Its language.
    pub language: &'static str,
    /// The address, sealed.
    pub sealed_to: Vec<u8>,
    /// The text, sealed.
    pub sealed_text: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The table `messages`.
pub struct Messages<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Messages<'_> {
    /// Puts a message into the outbox, to be sent now.
    pub async fn add(&mut self, message: NewMessage) -> Result<(), StorageError> {
        let delivery = Delivery::queue(message.created_at);
        sqlx::query(
            "INSERT INTO messages (id, account, channel, template, language, sealed_to, sealed_text, created_at, \
             next_try_at, state, facts, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)",
        )
        .bind(message.id.to_string())
        .bind(message.account.map(|account| account.to_string()))
        .bind(message.channel)
        .bind(message.template)
        .bind(message.language)
        .bind(message.sealed_to)
        .bind(message.sealed_text)
        .bind(message.created_at.as_millisecond())
        .bind(message.created_at.as_millisecond())
        .bind(delivery.name())
        .bind(to_json(&delivery))
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves how far a message has come, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, message: &mut Message) -> Result<(), StorageError> {
        let next_try_at = match &message.delivery {
            Delivery::Queued { next_try_at, .. } => Some(next_try_at.as_millisecond()),
            Delivery::Sent { .. } | Delivery::GivenUp { .. } => None,
        };
        let done = sqlx::query(
            "UPDATE messages SET state = $1, facts = $2, next_try_at = $3, version = version + 1 \
             WHERE id = $4 AND version = $5",
        )
        .bind(message.delivery.name())
        .bind(to_json(&message.delivery))
        .bind(next_try_at)
        .bind(message.id.to_string())
        .bind(message.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "messages")?;
        message.version += 1;
        Ok(())
    }

    /// The messages that are to be sent at `at`, the one that waits longest first.
    pub async fn due(&mut self, at: Timestamp, limit: u32) -> Result<Vec<Message>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM messages WHERE state = 'queued' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2",
        )
        .bind(at.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// All messages, the newest first, older than `before`.
    pub async fn newest(
        &mut self,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, StorageError> {
        let rows = sqlx::query("SELECT * FROM messages WHERE id < $1 ORDER BY id DESC LIMIT $2")
            .bind(before.map_or_else(|| "z".to_owned(), |before| before.to_string()))
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The messages to one account, the newest first.
    pub async fn of_account(&mut self, account: AccountId, limit: u32) -> Result<Vec<Message>, StorageError> {
        let rows = sqlx::query("SELECT * FROM messages WHERE account = $1 ORDER BY id DESC LIMIT $2")
            .bind(account.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Message, StorageError> {
    let fields = Fields::of(row, "messages");
    Ok(Message {
        id: fields.parsed("id")?,
        account: fields.parsed_option("account")?,
        channel: fields.get("channel")?,
        template: fields.get("template")?,
        language: fields.get("language")?,
        sealed_to: fields.get("sealed_to")?,
        sealed_text: fields.get("sealed_text")?,
        created_at: fields.moment("created_at")?,
        delivery: fields.json("facts")?,
        version: fields.get("version")?,
    })
}
