//! `POST /api/admin/campaigns/{id}/roster`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CampaignId, Role, RosterEntryId};
use gradshot_storage::{Campaign, RosterEntry};
use gradshot_wire::Problem;
use gradshot_wire::roster::RosterReport;

use super::roster::{self, Row};
use crate::caller::Clerk;
use crate::house::House;
use crate::input::{InPath, Raw};
use crate::problem::{Broken, faults};

faults! {
    /// Why a roster was not imported.
    ImportRosterFault { CampaignNotFound, RoleForbidden, RosterUnreadable }
}

/// Imports a roster 名单: CSV in UTF-8 or GBK with the headers 姓名, 学号, 身份证后四位, 学历类别.
///
/// All rows or none: with an error in any row nothing is imported, and the report says what is wrong. Importing again
/// brings students that are known by their number up to date.
#[utoipa::path(
    post, path = "/api/admin/campaigns/{id}/roster", tag = "admin", params(("id" = CampaignId, Path)),
    request_body(content = String, content_type = "text/csv", description = "The roster"),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "Imported", body = RosterReport),
        ImportRosterFault,
        (
            status = 422,
            description = "Nothing was imported: rows are wrong (a report), or the file is no roster (a problem)",
            content((RosterReport = "application/json"), (Problem = "application/problem+json"))
        )
    )
)]
pub(crate) async fn import_roster(
    State(house): State<Arc<House>>,
    clerk: Clerk,
    InPath(id): InPath<CampaignId>,
    Raw(file): Raw,
) -> Result<(StatusCode, Json<RosterReport>), ImportRosterFault> {
    let mut work = house.storage.read().await?;
    let campaign = work.campaigns().find(id).await?.ok_or(ImportRosterFault::CampaignNotFound)?;
    drop(work);
    if clerk.account.role == Role::School && clerk.account.school != Some(campaign.school) {
        return Err(ImportRosterFault::RoleForbidden);
    }
    let offered = campaign.categories.clone();
    let read = tokio::task::spawn_blocking(move || roster::read(&file, &offered)).await;
    let read = read.map_err(|_| Broken::Step("a roster could not be read"))?;
    match read.map_err(|_| ImportRosterFault::RosterUnreadable)? {
        Ok(rows) => Ok((StatusCode::OK, Json(import(&house, &campaign, rows).await?))),
        Err(errors) => {
            let report = RosterReport { added: 0, updated: 0, errors };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(report)))
        }
    }
}

async fn import(house: &House, campaign: &Campaign, rows: Vec<Row>) -> Result<RosterReport, Broken> {
    let mut report = RosterReport { added: 0, updated: 0, errors: Vec::new() };
    let mut work = house.storage.begin().await?;
    for row in rows {
        let known = {
            let index = house.vault.number_index(campaign.id, &row.number);
            work.roster().find_by_number(campaign.id, &index).await?
        };
        let entry = seal(house, campaign.id, known, &row);
        if known.is_some() {
            work.roster().update(&entry).await?;
            report.updated += 1;
        } else {
            work.roster().add(&entry).await?;
            report.added += 1;
        }
    }
    work.commit().await?;
    Ok(report)
}

fn seal(house: &House, campaign: CampaignId, known: Option<RosterEntryId>, row: &Row) -> RosterEntry {
    let (vault, mut rng) = (&house.vault, house.rng());
    let id = known.unwrap_or_else(|| RosterEntryId::new(house.now(), &mut rng));
    RosterEntry {
        id,
        campaign,
        category: row.category,
        match_index: vault.match_index(campaign, &row.name, &row.last4),
        number_index: vault.number_index(campaign, &row.number),
        sealed_name: vault.seal_name(id, &row.name, &mut rng),
        sealed_student_number: vault.seal_student_number(id, &row.number, &mut rng),
        sealed_id_last4: vault.seal_id_last4(id, &row.last4, &mut rng),
    }
}
