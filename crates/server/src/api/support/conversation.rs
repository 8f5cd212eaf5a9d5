//! `GET`, `POST /api/conversation` and `POST /api/conversation/close`: a student with support.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{Conversation, ConversationId};
use gradshot_storage::{KeptConversation, UnitOfWork};
use gradshot_wire::support::{self, MyConversation, Say};
use gradshot_wire::support_student::LetSupportSee;

use super::{line, shown, spoken};
use crate::caller::Student;
use crate::house::House;
use crate::input::Body;
use crate::limits;
use crate::problem::{Broken, faults};

faults! {
    /// Why a conversation was not shown.
    MyConversationFault {}
}
faults! {
    /// Why nothing was said.
    SayFault { LineLength }
}
faults! {
    /// Why support was not let to see.
    LetSupportSeeFault { ConversationNotFound }
}
faults! {
    /// Why a conversation was not closed.
    CloseConversationFault { ConversationNotFound }
}

/// The caller's conversation with support.
#[utoipa::path(
    get, path = "/api/conversation", tag = "support", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = MyConversation), MyConversationFault)
)]
pub(crate) async fn get_my_conversation(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<MyConversation>, MyConversationFault> {
    let mut work = house.storage.read().await?;
    let conversation = match work.conversations().of_account(student.id).await? {
        Some(kept) => Some(shown(&house, &mut work, &kept).await?),
        None => None,
    };
    Ok(Json(MyConversation { conversation }))
}

/// Says something to support; a conversation that was closed is opened again.
#[utoipa::path(
    post, path = "/api/conversation", tag = "support", request_body = Say,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = support::Conversation), SayFault)
)]
pub(crate) async fn say(
    State(house): State<Arc<House>>,
    student: Student,
    Body(Say { text }): Body<Say>,
) -> Result<Json<support::Conversation>, SayFault> {
    let text = spoken(&text).ok_or(SayFault::LineLength)?;
    let mut work = house.storage.begin().await?;
    let kept = asked(&house, &mut work, &student).await?;
    work.conversations().say(&line(&house, &kept, student.id, false, &text), None).await?;
    let shown = shown(&house, &mut work, &kept).await?;
    work.commit().await?;
    Ok(Json(shown))
}

/// Ends the caller's conversation.
#[utoipa::path(
    post, path = "/api/conversation/close", tag = "support", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = support::Conversation), CloseConversationFault)
)]
pub(crate) async fn close_conversation(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<support::Conversation>, CloseConversationFault> {
    let mut work = house.storage.begin().await?;
    let found = work.conversations().of_account(student.id).await?;
    let mut kept = found.ok_or(CloseConversationFault::ConversationNotFound)?;
    if let Ok(closed) = kept.conversation.close(house.now()) {
        kept.conversation = closed;
        kept.picture_until = None;
        work.conversations().save(&kept).await?;
    }
    let shown = shown(&house, &mut work, &kept).await?;
    work.commit().await?;
    Ok(Json(shown))
}

/// Lets support see the caller's newest portraits for 24 hours, or not any more. Closing the conversation ends it too.
#[utoipa::path(
    post, path = "/api/conversation/portrait-leave", tag = "support", request_body = LetSupportSee,
    security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Noted"), LetSupportSeeFault)
)]
pub(crate) async fn let_support_see(
    State(house): State<Arc<House>>,
    student: Student,
    Body(LetSupportSee { allowed }): Body<LetSupportSee>,
) -> Result<StatusCode, LetSupportSeeFault> {
    let mut work = house.storage.begin().await?;
    let found = work.conversations().of_account(student.id).await?;
    let mut kept = found.ok_or(LetSupportSeeFault::ConversationNotFound)?;
    kept.picture_until = allowed.then(|| house.now() + limits::PICTURE_LEAVE);
    work.conversations().save(&kept).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The student's conversation, in which it is support's turn now.
pub(super) async fn asked(
    house: &House,
    work: &mut UnitOfWork,
    student: &Student,
) -> Result<KeptConversation, Broken> {
    let at = house.now();
    if let Some(mut kept) = work.conversations().of_account(student.id).await? {
        kept.conversation = kept.conversation.ask(at);
        kept.last_at = at;
        work.conversations().save(&kept).await?;
        return Ok(kept);
    }
    let kept = KeptConversation {
        id: ConversationId::new(at, &mut house.rng()),
        account: student.id,
        opened_at: at,
        last_at: at,
        picture_until: None,
        conversation: Conversation::open(at),
        version: 0,
    };
    work.conversations().add(&kept).await?;
    Ok(kept)
}
