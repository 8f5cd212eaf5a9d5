//! `GET /api/office/messages`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{Delivery, MessageId, PhoneNumber};
use gradshot_storage::Message;
use gradshot_wire::identity::{MessageInfo, MessageStateName, MessagesPage};
use serde::Deserialize;

use crate::caller::Support;
use crate::house::House;
use crate::input::InQuery;
use crate::limits;
use crate::message::{TEXT, TO};
use crate::problem::{Broken, faults};

faults! {
    /// Why messages were not listed.
    ListMessagesFault {}
}

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct Before {
    /// `next` of the page before.
    before: Option<MessageId>,
}

/// Messages to students, the newest first. Their texts are shown only when no provider sends them: then staff tell people.
#[utoipa::path(
    get, path = "/api/office/messages", tag = "office", params(("before" = Option<MessageId>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = MessagesPage), ListMessagesFault)
)]
pub(crate) async fn list_messages(
    State(house): State<Arc<House>>,
    support: Support,
    InQuery(Before { before }): InQuery<Before>,
) -> Result<Json<MessagesPage>, ListMessagesFault> {
    let mut work = house.storage.read().await?;
    let found = work.messages().newest(before, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|message| message.id).filter(|_| is_full);
    let messages = found.into_iter().map(|message| shown(&house, message)).collect::<Result<_, _>>()?;
    tracing::info!(account = %support.id, "messages were looked at");
    Ok(Json(MessagesPage { messages, next }))
}

fn shown(house: &House, message: Message) -> Result<MessageInfo, Broken> {
    let to: PhoneNumber = house
        .vault
        .open_text(TO, message.id, &message.sealed_to)?
        .parse()
        .map_err(|_| Broken::Contradiction("a message's receiver is no phone number"))?;
    let text = if house.sender.stays_here() {
        Some(house.vault.open_text(TEXT, message.id, &message.sealed_text)?.to_string())
    } else {
        None
    };
    Ok(MessageInfo {
        id: message.id,
        masked_to: to.masked(),
        template: message.template,
        text,
        state: match message.delivery {
            Delivery::Queued { .. } => MessageStateName::Queued,
            Delivery::Sent { .. } => MessageStateName::Sent,
            Delivery::GivenUp { .. } => MessageStateName::GivenUp,
        },
        attempts: message.delivery.attempts(),
        created_at: message.created_at,
    })
}
