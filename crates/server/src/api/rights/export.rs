//! `GET /api/account/export.zip`

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::AccountId;
use gradshot_storage::{Opener, OpeningReason, PersonalData, UnitOfWork};
use serde_json::{Value, json};
use zeroize::Zeroizing;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::api::prints::recipient;
use crate::caller::Student;
use crate::house::House;
use crate::message;
use crate::problem::{Broken, faults};
use crate::{limits, view};

faults! {
    /// Why nothing was given out.
    ExportAccountFault {}
}

/// Rows of one kind.
const ROWS: u32 = 500;

/// Everything that is kept of the caller, in one ZIP file: `account.json`, and the portraits as JPEG files. Looking at
/// portraits is written down like any other look.
#[utoipa::path(
    get, path = "/api/account/export.zip", tag = "identity", security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/zip"),
        ExportAccountFault
    )
)]
pub(crate) async fn export_account(
    State(house): State<Arc<House>>,
    student: Student,
) -> Result<([(HeaderName, &'static str); 3], Bytes), ExportAccountFault> {
    let me = Opener::Account(student.id);
    house.note_access(student.id, PersonalData::Everything, me, OpeningReason::Export).await?;
    let mut work = house.storage.read().await?;
    let data = everything(&house, &mut work, student.id).await?;
    drop(work);
    let portraits = portraits(&house, student.id).await?;
    let file = tokio::task::spawn_blocking(move || pack(&data, &portraits)).await;
    let file = file
        .map_err(|_| Broken::Step("an export could not be packed"))?
        .map_err(|_| Broken::Step("an export could not be packed"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CACHE_CONTROL, "no-store, private"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"gradshot-my-data.zip\""),
    ];
    Ok((headers, Bytes::from(file)))
}

async fn everything(house: &House, work: &mut UnitOfWork, id: AccountId) -> Result<Value, Broken> {
    let account = work.accounts().find(id).await?.ok_or(Broken::Contradiction("a caller without account"))?;
    let mut identities = Vec::new();
    for identity in work.identities().of_account(id).await? {
        let text = house.vault.open_identity(identity.id, &identity.sealed)?;
        identities.push(json!({
            "kind": identity.kind, "text": text.as_str(), "verified_at": identity.verified_at,
            "created_at": identity.created_at,
        }));
    }
    let mut collections = Vec::new();
    for collection in work.collections().of_account(id, limits::COLLECTIONS).await? {
        let entry = work.roster().find(collection.roster_entry).await?;
        let entry = entry.ok_or(Broken::Contradiction("a collection without roster entry"))?;
        let (enrolled, image_code) = if entry.forgotten_at.is_some() {
            (None, None)
        } else {
            let code = house.vault.open_image_code(collection.id, &collection.sealed_image_code)?;
            (Some(house.vault.open_roster_entry(&entry)?), Some(code))
        };
        let consents = work.consents().records(collection.id, ROWS).await?;
        let consents: Vec<_> = consents
            .into_iter()
            .map(|kept| {
                json!({
                    "purpose": kept.purpose, "text_version": kept.text_version, "text_sha256": kept.text_sha256,
                    "given_at": kept.given_at, "withdrawn_at": kept.withdrawn_at,
                })
            })
            .collect();
        let mut recipients = Vec::new();
        for kept in work.print_orders().of_collection(collection.id, limits::PRINT_ORDERS).await? {
            recipients.push(recipient(house, &kept)?);
        }
        let shown = view::collection(house, work, collection).await?;
        collections.push(json!({
            "name": enrolled.as_ref().map(|enrolled| enrolled.name.as_str()),
            "student_number": enrolled.as_ref().map(|enrolled| enrolled.number.as_str()),
            "id_last4": enrolled.as_ref().map(|enrolled| enrolled.last4.as_str()),
            "image_code": image_code.as_ref().map(|code| String::from_utf8_lossy(code)),
            "consents": consents, "print_recipients": recipients, "collection": shown,
        }));
    }
    let mut messages = Vec::new();
    for kept in work.messages().of_account(id, ROWS).await? {
        let text = house.vault.open_text(message::TEXT, kept.id, &kept.sealed_text)?;
        messages.push(json!({ "text": text.as_str(), "created_at": kept.created_at }));
    }
    Ok(json!({
        "account": { "id": account.id, "created_at": account.created_at, "grants": account.grants },
        "identities": identities, "collections": collections, "messages": messages,
    }))
}

async fn portraits(house: &House, id: AccountId) -> Result<Vec<(String, Zeroizing<Vec<u8>>)>, Broken> {
    let mut work = house.storage.read().await?;
    let mut stored = Vec::new();
    for collection in work.collections().of_account(id, limits::COLLECTIONS).await? {
        let campaign = work.campaigns().find(collection.campaign).await?;
        let campaign = campaign.ok_or(Broken::Contradiction("a collection without campaign"))?;
        for portrait in work.portraits().of_collection(collection.id, limits::PORTRAITS_OF_COLLECTION).await?
        {
            if portrait.forgotten_at.is_none() {
                stored.push((portrait, campaign.clone()));
            }
        }
    }
    drop(work);
    let mut all = Vec::with_capacity(stored.len());
    for (portrait, campaign) in stored {
        let opener = Opener::Account(id);
        let opened = house.open_portrait(&portrait, &campaign, opener, OpeningReason::ShownToOwner).await?;
        all.push((format!("portraits/{}.jpg", portrait.id), opened.jpeg));
    }
    Ok(all)
}

fn pack(data: &Value, portraits: &[(String, Zeroizing<Vec<u8>>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("account.json", SimpleFileOptions::default())?;
    zip.write_all(format!("{data:#}\n").as_bytes())?;
    for (name, jpeg) in portraits {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(jpeg)?;
    }
    Ok(zip.finish()?.into_inner())
}
