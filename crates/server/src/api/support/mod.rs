//! Support 客服: what students ask and staff answer.

mod attachments;
mod conversation;
mod desk;
mod help;
pub(super) mod search;
mod student;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use gradshot_domain::{self as domain, AccountId, ConversationLineId, IdentityKind};
use gradshot_storage::{ConversationLine, KeptConversation, UnitOfWork};
use gradshot_wire::support::{self, ConversationStateName};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::limits;
use crate::problem::Broken;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(attachments::attach))
        .layer(DefaultBodyLimit::max(limits::ATTACHMENT_BYTES));
    OpenApiRouter::new()
        .routes(routes!(help::get_support_info))
        .routes(routes!(conversation::get_my_conversation))
        .routes(routes!(conversation::say))
        .routes(routes!(conversation::close_conversation))
        .routes(routes!(attachments::get_attachment))
        .routes(routes!(desk::get_inbox))
        .routes(routes!(desk::get_conversation))
        .routes(routes!(desk::answer))
        .routes(routes!(conversation::let_support_see))
        .routes(routes!(student::get_supported_student))
        .routes(routes!(student::find_student))
        .routes(routes!(student::supported_picture))
        .merge(uploads)
}

/// Where what was said rests.
const TEXT: &str = "conversation_lines.text";
/// Characters of one line.
const LINE_CHARS: usize = 1000;

/// A line as it is kept.
fn line(
    house: &House,
    kept: &KeptConversation,
    author: AccountId,
    from_staff: bool,
    text: &str,
) -> ConversationLine {
    let (at, mut rng) = (house.now(), house.rng());
    let id = ConversationLineId::new(at, &mut rng);
    ConversationLine {
        id,
        conversation: kept.id,
        author,
        from_staff,
        sealed_text: house.vault.seal_text(TEXT, id, text, &mut rng),
        attachment_type: None,
        said_at: at,
    }
}

/// A text that may be said: line ends are kept, other controlling characters are not.
fn spoken(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=LINE_CHARS).contains(&text.chars().count())
        && !text.chars().any(|c| c.is_control() && c != '\n');
    fits.then(|| text.to_owned())
}

async fn shown(
    house: &House,
    work: &mut UnitOfWork,
    kept: &KeptConversation,
) -> Result<support::Conversation, Broken> {
    let mut lines = Vec::new();
    for line in work.conversations().lines(kept.id, limits::CONVERSATION_LINES).await? {
        lines.push(support::ConversationLine {
            id: line.id,
            from_staff: line.from_staff,
            text: house.vault.open_text(TEXT, line.id, &line.sealed_text)?.to_string(),
            attachment_url: line
                .attachment_type
                .is_some()
                .then(|| format!("/api/conversation-lines/{}/attachment", line.id)),
            attachment_type: line.attachment_type,
            said_at: line.said_at,
        });
    }
    Ok(support::Conversation {
        id: kept.id,
        masked_student: masked_student(house, work, kept.account).await?,
        state: match kept.conversation {
            domain::Conversation::WaitsForStaff { .. } => ConversationStateName::WaitsForStaff,
            domain::Conversation::WaitsForStudent { .. } => ConversationStateName::WaitsForStudent,
            domain::Conversation::Closed { .. } => ConversationStateName::Closed,
        },
        lines,
    })
}

async fn masked_student(house: &House, work: &mut UnitOfWork, account: AccountId) -> Result<String, Broken> {
    let identities = work.identities().of_account(account).await?;
    let Some(phone) = identities.iter().find(|identity| identity.kind == IdentityKind::Phone) else {
        return Ok("***".to_owned());
    };
    let text = house.vault.open_identity(phone.id, &phone.sealed)?;
    let phone: domain::PhoneNumber =
        text.parse().map_err(|_| Broken::Contradiction("an account's phone number is none"))?;
    Ok(phone.masked())
}
