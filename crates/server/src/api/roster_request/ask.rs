//! `POST /api/roster-requests`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{RosterRequest, RosterRequestId};
use gradshot_storage::{Campaign, KeptRosterRequest};
use gradshot_wire::roster_request::{self, AskForRoster};

use crate::caller::Student;
use crate::house::House;
use crate::input::Body;
use crate::problem::faults;
use crate::roster_entry::Enrolled;
use crate::{limits, view};

faults! {
    /// Why a request was not made.
    AskForRosterFault {
        NameMalformed, StudentNumberMalformed, IdLast4Malformed, NoteLength, CampaignNotFound, CampaignClosed,
        CategoryNotOffered,        RosterRequestLimit, RosterRequestNeedless,
    }
}
use AskForRosterFault as Fault;

/// Characters of a note.
const NOTE_CHARS: usize = 300;

/// Asks the school to add the caller to a campaign's roster. The same again gives the request that waits already.
#[utoipa::path(
    post, path = "/api/roster-requests", tag = "collections", request_body = AskForRoster,
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 201, description = "The school was asked", body = roster_request::RosterRequest),
        (status = 200, description = "It was asked before", body = roster_request::RosterRequest),
        AskForRosterFault
    )
)]
pub(crate) async fn ask_for_roster(
    State(house): State<Arc<House>>,
    student: Student,
    Body(request): Body<AskForRoster>,
) -> Result<(StatusCode, Json<roster_request::RosterRequest>), Fault> {
    let enrolled = understand(&request)?;
    let note = request.note.trim();
    if note.chars().count() > NOTE_CHARS {
        return Err(Fault::NoteLength);
    }
    let mut work = house.storage.begin().await?;
    let campaign = work.campaigns().find(request.campaign).await?.ok_or(Fault::CampaignNotFound)?;
    if !campaign.state.is_open() {
        return Err(Fault::CampaignClosed);
    }
    if !campaign.categories.contains(&enrolled.category) {
        return Err(Fault::CategoryNotOffered);
    }
    let number = house.vault.number_index(campaign.id, &enrolled.number);
    let mine = work.roster_requests().of_account(student.id, limits::PAGE).await?;
    let open: Vec<_> = mine.into_iter().filter(|kept| kept.request == RosterRequest::Open).collect();
    let same = |kept: &&KeptRosterRequest| kept.campaign == campaign.id && kept.number_index == number;
    if let Some(kept) = open.iter().find(same) {
        return Ok((StatusCode::OK, Json(view::roster_request(kept, campaign.school_name))));
    }
    if open.len() >= limits::OPEN_ROSTER_REQUESTS {
        return Err(Fault::RosterRequestLimit);
    }
    let index = house.vault.match_index(campaign.id, &enrolled.name, &enrolled.last4);
    if !work.roster().matching(campaign.id, enrolled.category, &index).await?.is_empty() {
        return Err(Fault::RosterRequestNeedless);
    }
    let kept = seal(&house, &student, &campaign, &enrolled, note);
    work.roster_requests().add(&kept).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(view::roster_request(&kept, campaign.school_name))))
}

fn understand(request: &AskForRoster) -> Result<Enrolled, Fault> {
    Ok(Enrolled {
        name: request.name.parse().map_err(|_| Fault::NameMalformed)?,
        number: request.student_number.parse().map_err(|_| Fault::StudentNumberMalformed)?,
        last4: request.id_last4.parse().map_err(|_| Fault::IdLast4Malformed)?,
        category: request.category,
    })
}

fn seal(
    house: &House,
    student: &Student,
    campaign: &Campaign,
    enrolled: &Enrolled,
    note: &str,
) -> KeptRosterRequest {
    let (at, mut rng, vault) = (house.now(), house.rng(), &house.vault);
    let id = RosterRequestId::new(at, &mut rng);
    KeptRosterRequest {
        id,
        account: student.id,
        campaign: campaign.id,
        school: campaign.school,
        category: enrolled.category,
        number_index: vault.number_index(campaign.id, &enrolled.number),
        sealed_name: vault.seal_text("roster_requests.name", id, enrolled.name.as_str(), &mut rng),
        sealed_student_number: vault.seal_text(
            "roster_requests.student_number",
            id,
            enrolled.number.as_str(),
            &mut rng,
        ),
        sealed_id_last4: vault.seal_text("roster_requests.id_last4", id, enrolled.last4.as_str(), &mut rng),
        sealed_note: vault.seal_text("roster_requests.note", id, note, &mut rng),
        created_at: at,
        request: RosterRequest::Open,
        version: 0,
    }
}
