//! `GET /api/account/messages`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_wire::identity::{MyMessage, MyMessages};

use crate::caller::Student;
use crate::house::House;
use crate::limits;
use crate::message::TEXT;
use crate::problem::faults;

faults! {
    /// Why messages were not shown.
    MyMessagesFault {}
}

/// What was sent to the caller, the newest first. Codes are not among it.
#[utoipa::path(
    get, path = "/api/account/messages", tag = "identity", security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The messages", body = MyMessages), MyMessagesFault)
)]
pub(crate) async fn my_messages(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<Json<MyMessages>, MyMessagesFault> {
    let found = house.storage.read().await?.messages().of_account(student.id, limits::PAGE).await?;
    let mut messages = Vec::with_capacity(found.len());
    for message in found.into_iter().filter(|message| !message.template.starts_with("code.")) {
        let text = house.vault.open_text(TEXT, message.id, &message.sealed_text)?.to_string();
        messages.push(MyMessage { id: message.id, text, created_at: message.created_at });
    }
    Ok(Json(MyMessages { messages }))
}
