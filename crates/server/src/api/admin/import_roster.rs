//! `POST /api/admin/campaigns/{id}/roster`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{CampaignId, RosterEntryId};
use gradshot_storage::Campaign;
use gradshot_wire::Problem;
use gradshot_wire::roster::RosterReport;
use serde::Deserialize;

use super::roster;
use crate::caller::Clerk;
use crate::house::House;
use crate::input::{InPath, InQuery, Raw};
use crate::problem::{Broken, faults};
use crate::roster_entry::Enrolled;

faults! {
    /// Why a roster was not imported.
    ImportRosterFault { CampaignNotFound, CampaignClosed, RoleForbidden, RosterUnreadable }
}

/// How a roster is imported.
#[derive(Debug, Deserialize)]
pub(crate) struct Options {
    /// Only says what an import would do.
    #[serde(default)]
    dry_run: bool,
}

/// Imports a roster 名单: CSV in UTF-8 or GBK, or Excel's workbook (XLSX), with the headers 姓名, 学号, 身份证后四位 (or
/// 身份证号) and 学历类别, or what else schools call them.
///
/// All rows or none: with an error in any row nothing is imported, and the report says what is wrong. Importing again
/// brings students that are known by their number up to date.
#[utoipa::path(
    post, path = "/api/admin/campaigns/{id}/roster", tag = "admin", 
    params(
        ("id" = CampaignId, Path),
        ("dry_run" = Option<bool>, Query, description = "Only says what an import would do; nothing is kept")
    ),
    request_body(
        content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        description = "The roster"
    ),
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
    InQuery(Options { dry_run }): InQuery<Options>,
    Raw(file): Raw,
) -> Result<(StatusCode, Json<RosterReport>), ImportRosterFault> {
    let mut work = house.storage.read().await?;
    let campaign = work.campaigns().find(id).await?.ok_or(ImportRosterFault::CampaignNotFound)?;
    drop(work);
    if !clerk.is_of(campaign.school) {
        return Err(ImportRosterFault::RoleForbidden);
    }
    if !campaign.state.is_open() {
        return Err(ImportRosterFault::CampaignClosed);
    }
    let offered = campaign.categories.clone();
    let read = tokio::task::spawn_blocking(move || roster::read(&file, &offered)).await;
    let read = read.map_err(|_| Broken::Step("a roster could not be read"))?;
    match read.map_err(|_| ImportRosterFault::RosterUnreadable)? {
        Ok(rows) => Ok((StatusCode::OK, Json(import(&house, &campaign, &rows, dry_run).await?))),
        Err(errors) => {
            let report = RosterReport { dry_run, added: 0, updated: 0, errors };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(report)))
        }
    }
}

async fn import(
    house: &House,
    campaign: &Campaign,
    rows: &[Enrolled],
    is_dry_run: bool,
) -> Result<RosterReport, Broken> {
    let (at, mut rng) = (house.now(), house.rng());
    let numbers: Vec<_> = rows.iter().map(|row| house.vault.number_index(campaign.id, &row.number)).collect();
    let mut work = house.storage.begin().await?;
    work.campaigns().lock(campaign.id).await?;
    let known = work.roster().known_numbers(campaign.id, &numbers).await?;
    if !is_dry_run {
        let entries: Vec<_> = rows
            .iter()
            .zip(&numbers)
            .map(|(row, number)| {
                let id = known.get(number).copied().unwrap_or_else(|| RosterEntryId::new(at, &mut rng));
                row.seal(&house.vault, campaign.id, id, &mut rng)
            })
            .collect();
        work.roster().put_all(&entries).await?;
        work.commit().await?;
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(RosterReport {
        dry_run: is_dry_run,
        added: count(rows.len() - known.len()),
        updated: count(known.len()),
        errors: Vec::new(),
    })
}
