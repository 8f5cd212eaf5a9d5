//! Support 客服: conversations, common questions, and when somebody answers the phone.

use std::fmt;

use gradshot_domain::{ConversationId, ConversationLineId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How to get help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportInfo {
    /// Phone number of support.
    #[schema(example = "400-000-0000")]
    pub phone: String,
    /// When somebody answers it, in Chinese.
    pub zh_hours: String,
    /// When somebody answers it, in English.
    pub en_hours: String,
    /// Common questions.
    pub questions: Vec<Question>,
}

/// A common question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CommonQuestion)]
pub struct Question {
    /// In Chinese.
    pub zh_question: String,
    /// The answer in Chinese.
    pub zh_answer: String,
    /// In English.
    pub en_question: String,
    /// The answer in English.
    pub en_answer: String,
}

/// Says something.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Say {
    /// 1 to 1,000 characters.
    pub text: String,
}

/// A conversation with what was said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Conversation {
    /// Opaque id.
    pub id: ConversationId,
    /// The student's phone number, masked.
    #[schema(example = "139****0001")]
    pub masked_student: String,
    /// Whose turn it is.
    pub state: ConversationStateName,
    /// The oldest first, at most 200.
    pub lines: Vec<ConversationLine>,
}

/// One thing that was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConversationLine {
    /// Opaque id.
    pub id: ConversationLineId,
    /// Whether support said it.
    pub from_staff: bool,
    /// The text; empty for an attachment.
    pub text: String,
    /// Where the attachment is, if there is one.
    pub attachment_url: Option<String>,
    /// Its media type.
    pub attachment_type: Option<String>,
    /// When.
    pub said_at: Timestamp,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStateName {
    /// 待客服回复
    WaitsForStaff,
    /// 客服已回复
    WaitsForStudent,
    /// 已结束
    Closed,
}

/// The caller's conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyConversation {
    /// Absent until the caller has said something.
    pub conversation: Option<Conversation>,
}

/// What waits for support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inbox {
    /// The one that waits longest first, at most 50.
    pub waiting: Vec<InboxEntry>,
}

/// One student who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InboxEntry {
    /// The conversation.
    pub conversation: ConversationId,
    /// The student's phone number, masked.
    pub masked_student: String,
    /// Since when something was said last.
    pub last_at: Timestamp,
}

macro_rules! secretive {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secretive! { Say ConversationLine }
