//! Conversations 客服 and what was said in them.

use gradshot_domain::{AccountId, Conversation, ConversationId, ConversationLineId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, to_json, unless_stale};

/// A conversation of one student with support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptConversation {
    /// Opaque id.
    pub id: ConversationId,
    /// The student.
    pub account: AccountId,
    /// When it began.
    pub opened_at: Timestamp,
    /// When something was said last.
    pub last_at: Timestamp,
    /// Until when the student lets support see the own portraits.
    pub picture_until: Option<Timestamp>,
    /// Whose turn it is.
    pub conversation: Conversation,
    /// What two writers race for; 0 for one that is not in the table yet.
    pub version: i64,
}

/// One thing that was said. The attachment's bytes are fetched by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationLine {
    /// Opaque id, sorted by time.
    pub id: ConversationLineId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who said it.
    pub author: AccountId,
    /// Whether support did.
    pub from_staff: bool,
    /// The text, sealed.
    pub sealed_text: Vec<u8>,
    /// Media type of the attachment, if there is one.
    pub attachment_type: Option<String>,
    /// When.
    pub said_at: Timestamp,
}

/// The tables `conversations` and `conversation_lines`.
pub struct Conversations<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Conversations<'_> {
    /// Adds a conversation.
    pub async fn add(&mut self, kept: &KeptConversation) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO conversations (id, account, opened_at, last_at, state, facts, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(kept.id.to_string())
        .bind(kept.account.to_string())
        .bind(kept.opened_at.as_millisecond())
        .bind(kept.last_at.as_millisecond())
        .bind(kept.conversation.name())
        .bind(to_json(&kept.conversation))
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// Saves whose turn it is, unless somebody else changed it meanwhile.
    pub async fn save(&mut self, kept: &KeptConversation) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE conversations SET last_at = $1, state = $2, facts = $3, picture_until = $4, \
             version = version + 1 WHERE id = $5 AND version = $6",
        )
        .bind(kept.last_at.as_millisecond())
        .bind(kept.conversation.name())
        .bind(to_json(&kept.conversation))
        .bind(kept.picture_until.map(Timestamp::as_millisecond))
        .bind(kept.id.to_string())
        .bind(kept.version)
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "conversations")
    }

    /// The conversation with this id.
    pub async fn find(&mut self, id: ConversationId) -> Result<Option<KeptConversation>, StorageError> {
        let row = sqlx::query("SELECT * FROM conversations WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// A student's newest conversation.
    pub async fn of_account(&mut self, account: AccountId) -> Result<Option<KeptConversation>, StorageError> {
        let row = sqlx::query("SELECT * FROM conversations WHERE account = $1 ORDER BY id DESC LIMIT 1")
            .bind(account.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Conversations in which a student waits for an answer, the one that waits longest first.
    pub async fn waiting(&mut self, limit: u32) -> Result<Vec<KeptConversation>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM conversations WHERE state = 'waits_for_staff' ORDER BY last_at, id LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Adds a line, with an attachment that was sealed before.
    pub async fn say(
        &mut self,
        line: &ConversationLine,
        sealed_attachment: Option<Vec<u8>>,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO conversation_lines (id, conversation, author, from_staff, sealed_text, attachment_type, \
             sealed_attachment, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(line.id.to_string())
        .bind(line.conversation.to_string())
        .bind(line.author.to_string())
        .bind(i64::from(line.from_staff))
        .bind(line.sealed_text.clone())
        .bind(line.attachment_type.clone())
        .bind(sealed_attachment)
        .bind(line.said_at.as_millisecond())
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    /// What was said in a conversation last, the oldest of it first.
    pub async fn lines(
        &mut self,
        id: ConversationId,
        limit: u32,
    ) -> Result<Vec<ConversationLine>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, conversation, author, from_staff, sealed_text, attachment_type, said_at \
             FROM conversation_lines WHERE conversation = $1 ORDER BY said_at DESC, id DESC LIMIT $2",
        )
        .bind(id.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().rev().map(read_line).collect()
    }

    /// One line with its sealed attachment.
    pub async fn line(
        &mut self,
        id: ConversationLineId,
    ) -> Result<Option<(ConversationLine, Option<Vec<u8>>)>, StorageError> {
        let row = sqlx::query("SELECT * FROM conversation_lines WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref()
            .map(|row| {
                let fields = Fields::of(row, "conversation_lines");
                Ok((read_line(row)?, fields.get("sealed_attachment")?))
            })
            .transpose()
    }
}

fn read(row: &AnyRow) -> Result<KeptConversation, StorageError> {
    let fields = Fields::of(row, "conversations");
    Ok(KeptConversation {
        id: fields.parsed("id")?,
        account: fields.parsed("account")?,
        opened_at: fields.moment("opened_at")?,
        last_at: fields.moment("last_at")?,
        picture_until: fields.moment_option("picture_until")?,
        conversation: fields.json("facts")?,
        version: fields.get("version")?,
    })
}

fn read_line(row: &AnyRow) -> Result<ConversationLine, StorageError> {
    let fields = Fields::of(row, "conversation_lines");
    Ok(ConversationLine {
        id: fields.parsed("id")?,
        conversation: fields.parsed("conversation")?,
        author: fields.parsed("author")?,
        from_staff: fields.get::<i64>("from_staff")? == 1,
        sealed_text: fields.get("sealed_text")?,
        attachment_type: fields.get("attachment_type")?,
        said_at: fields.moment("said_at")?,
    })
}
