//! `POST /api/admin/bundles/{id}/answers`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::BundleId;
use gradshot_storage::{Bundle, StoredPortrait};
use gradshot_wire::Problem;
use gradshot_wire::hand_over::AnswersReport;

use super::answers::{self, Answer, Line};
use super::hand_over::NAMES;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::live::Topic;
use crate::message::{self, Notice};
use crate::problem::{Broken, faults};

faults! {
    /// Why the registry's answers were not imported.
    ImportAnswersFault { BundleNotFound, AnswersUnreadable }
}

/// Imports the registry's answer to a bundle: CSV or XLSX with the headers 文件, 结果 (接收 or 退回) and 原因.
///
/// All rows or none. A row that was imported before and says the same does no harm. Each student is told.
#[utoipa::path(
    post, path = "/api/admin/bundles/{id}/answers", tag = "admin", params(("id" = BundleId, Path)),
    request_body(content = String, content_type = "text/csv", description = "The registry's list"),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "Imported", body = AnswersReport),
        ImportAnswersFault,
        (
            status = 422,
            description = "Nothing was imported: rows are wrong (a report), or the file is no list (a problem)",
            content((AnswersReport = "application/json"), (Problem = "application/problem+json"))
        )
    )
)]
pub(crate) async fn import_answers(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<BundleId>,
    Raw(file): Raw,
) -> Result<(StatusCode, Json<AnswersReport>), ImportAnswersFault> {
    import(&house, id, file).await
}

/// Imports a list, whichever way it came.
pub(super) async fn import(
    house: &House,
    id: BundleId,
    file: Vec<u8>,
) -> Result<(StatusCode, Json<AnswersReport>), ImportAnswersFault> {
    let mut work = house.storage.begin().await?;
    let bundle = work.bundles().find(id).await?.ok_or(ImportAnswersFault::BundleNotFound)?;
    let names = names(house, &bundle)?;
    let read = tokio::task::spawn_blocking(move || answers::read(&file, bundle.portraits, &names)).await;
    let read = read.map_err(|_| Broken::Step("a list of answers could not be read"))?;
    let lines = match read.map_err(|_| ImportAnswersFault::AnswersUnreadable)? {
        Ok(lines) => lines,
        Err(errors) => {
            let report = AnswersReport { registered: 0, refused: 0, errors };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(report)));
        }
    };
    let portraits = work.portraits().of_bundle(id, bundle.portraits).await?;
    let mut report = AnswersReport { registered: 0, refused: 0, errors: Vec::new() };
    let mut topics = Vec::new();
    for line in lines {
        let place = line.place;
        let Some(mut stored) = portraits.get(place).cloned() else { continue };
        let Some(notice) = take(house, &mut stored, line) else { continue };
        work.portraits().save(&mut stored).await?;
        let collection = work.collections().find(stored.collection).await?;
        let collection = collection.ok_or(Broken::Contradiction("a portrait without collection"))?;
        message::queue_to_account(house, &mut work, collection.account, &notice).await?;
        match notice {
            Notice::Registered => report.registered += 1,
            _ => report.refused += 1,
        }
        topics.extend(Topic::of_portrait(&stored));
    }
    work.commit().await?;
    house.hub.tell(&topics);
    message::deliver_due(house).await;
    Ok((StatusCode::OK, Json(report)))
}

/// The names of the bundle's files; empty for bundles of before, whose names are places.
fn names(house: &House, bundle: &Bundle) -> Result<Vec<String>, Broken> {
    let Some(sealed) = &bundle.sealed_names else { return Ok(Vec::new()) };
    let json = house.vault.open_text(NAMES, bundle.id, sealed)?;
    serde_json::from_str(&json).map_err(|_| Broken::Contradiction("a bundle's names are none"))
}

/// Takes one answer over; `None` when the portrait has its answer already.
fn take(house: &House, stored: &mut StoredPortrait, line: Line) -> Option<Notice> {
    let (at, portrait) = (house.now(), stored.portrait.clone());
    let (next, notice) = match line.answer {
        Answer::Registered => (portrait.register(at), Notice::Registered),
        Answer::Refused { reason } => (portrait.refuse(reason, at), Notice::RegistryRefused),
    };
    stored.portrait = next.ok()?;
    Some(notice)
}
