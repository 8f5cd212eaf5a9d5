//! `GET /api/office/inbox`, `GET /api/office/conversations/{id}` and `POST /api/office/conversations/{id}`: support's side.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::ConversationId;
use gradshot_storage::{Opener, OpeningReason, PersonalData};
use gradshot_wire::support::{Conversation, Inbox, InboxEntry, Say};

use super::{line, masked_student, shown, spoken};
use crate::caller::Support;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;
use crate::message::{self, Notice};
use crate::problem::faults;

faults! {
    /// Why the inbox was not shown.
    InboxFault {}
}
faults! {
    /// Why a conversation was not shown.
    GetConversationFault { ConversationNotFound }
}
faults! {
    /// Why nothing was answered.
    AnswerFault { LineLength, ConversationNotFound }
}

/// Students who wait for an answer, the one that waits longest first. Numbers are masked: support needs no more.
#[utoipa::path(
    get, path = "/api/office/inbox", tag = "office", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "Who waits", body = Inbox), InboxFault)
)]
pub(crate) async fn get_inbox(
    State(house): State<Arc<House>>,
    _: Support,
) -> Result<Json<Inbox>, InboxFault> {
    let mut work = house.storage.read().await?;
    let mut waiting = Vec::new();
    for kept in work.conversations().waiting(limits::PAGE).await? {
        let masked_student = masked_student(&house, &mut work, kept.account).await?;
        waiting.push(InboxEntry { conversation: kept.id, masked_student, last_at: kept.last_at });
    }
    Ok(Json(Inbox { waiting }))
}

/// One conversation.
#[utoipa::path(
    get, path = "/api/office/conversations/{id}", tag = "office", params(("id" = ConversationId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = Conversation), GetConversationFault)
)]
pub(crate) async fn get_conversation(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<ConversationId>,
) -> Result<Json<Conversation>, GetConversationFault> {
    let kept = house.storage.read().await?.conversations().find(id).await?;
    let kept = kept.ok_or(GetConversationFault::ConversationNotFound)?;
    let opener = Opener::Account(support.id);
    house.note_access(kept.account, PersonalData::Conversation, opener, OpeningReason::Support).await?;
    let mut work = house.storage.read().await?;
    tracing::info!(account = %support.id, conversation = %id, "a conversation was looked at");
    Ok(Json(shown(&house, &mut work, &kept).await?))
}

/// Answers a student, who is told by a message.
#[utoipa::path(
    post, path = "/api/office/conversations/{id}", tag = "office", params(("id" = ConversationId, Path)),
    request_body = Say, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = Conversation), AnswerFault)
)]
pub(crate) async fn answer(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<ConversationId>,
    Body(Say { text }): Body<Say>,
) -> Result<Json<Conversation>, AnswerFault> {
    let text = spoken(&text).ok_or(AnswerFault::LineLength)?;
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut kept = work.conversations().find(id).await?.ok_or(AnswerFault::ConversationNotFound)?;
    kept.conversation = kept.conversation.answer(at);
    kept.last_at = at;
    work.conversations().save(&kept).await?;
    work.conversations().say(&line(&house, &kept, support.id, true, &text), None).await?;
    message::queue_to_account(&house, &mut work, kept.account, &Notice::SupportAnswered).await?;
    let shown = shown(&house, &mut work, &kept).await?;
    work.commit().await?;
    message::deliver_due(&house).await;
    Ok(Json(shown))
}
