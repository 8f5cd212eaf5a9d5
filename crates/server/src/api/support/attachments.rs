//! `POST /api/conversation/attachments` and `GET /api/conversation-lines/{id}/attachment`

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::{ConversationLineId, Role};
use gradshot_storage::{Opener, OpeningReason, PersonalData};
use gradshot_wire::support;

use super::conversation::asked;
use super::{line, shown};
use crate::caller::{SignedIn, Student};
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::problem::{Broken, faults};

faults! {
    /// Why nothing was attached.
    AttachFault { AttachmentKind }
}
faults! {
    /// Why an attachment was not shown.
    GetAttachmentFault { AttachmentNotFound }
}

/// What a file begins with, and the media type that it then has. What the caller says of it is not asked.
const KINDS: [(&[u8], &str); 3] =
    [(b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf")];

/// Attaches a picture (JPEG, PNG) or a PDF of at most 2 MB for support. It rests sealed.
#[utoipa::path(
    post, path = "/api/conversation/attachments", tag = "support",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The conversation", body = support::Conversation), AttachFault)
)]
pub(crate) async fn attach(
    State(house): State<Arc<House>>,
    student: Student,
    Raw(file): Raw,
) -> Result<Json<support::Conversation>, AttachFault> {
    let kind = KINDS.iter().find(|(start, _)| file.starts_with(start));
    let (_, kind) = kind.ok_or(AttachFault::AttachmentKind)?;
    let mut work = house.storage.begin().await?;
    let kept = asked(&house, &mut work, &student).await?;
    let mut said = line(&house, &kept, student.id, false, "");
    said.attachment_type = Some((*kind).to_owned());
    let sealed = house.vault.seal_attachment(said.id, &file, &mut house.rng());
    work.conversations().say(&said, Some(sealed)).await?;
    let shown = shown(&house, &mut work, &kept).await?;
    work.commit().await?;
    Ok(Json(shown))
}

/// An attachment, for its student and for support.
#[utoipa::path(
    get, path = "/api/conversation-lines/{id}/attachment", tag = "support",
    params(("id" = ConversationLineId, Path)), security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        GetAttachmentFault
    )
)]
pub(crate) async fn get_attachment(
    State(house): State<Arc<House>>,
    SignedIn { account, .. }: SignedIn,
    InPath(id): InPath<ConversationLineId>,
) -> Result<([(HeaderName, String); 4], Bytes), GetAttachmentFault> {
    let mut work = house.storage.read().await?;
    let (said, sealed) =
        work.conversations().line(id).await?.ok_or(GetAttachmentFault::AttachmentNotFound)?;
    let kept = work.conversations().find(said.conversation).await?;
    let kept = kept.ok_or(Broken::Contradiction("a line without conversation"))?;
    let may = kept.account == account.id || account.has(Role::Support) || account.has(Role::Admin);
    let (Some(sealed), Some(kind), true) = (sealed, said.attachment_type, may) else {
        return Err(GetAttachmentFault::AttachmentNotFound);
    };
    drop(work);
    if kept.account != account.id {
        let opener = Opener::Account(account.id);
        house.note_access(kept.account, PersonalData::Conversation, opener, OpeningReason::Support).await?;
    }
    let file = house.vault.open_attachment(id, &sealed)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, Bytes::from(file.to_vec())))
}
