//! `GET /api/support/conversations/{id}/student`, `POST /api/support/students` and the picture by leave: b.6.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::{AccountId, ConversationId, PhoneNumber, PortraitId};
use gradshot_storage::{Collection, KeptConversation, Opener, OpeningReason, PersonalData, UnitOfWork};
use gradshot_wire::support_student::{
    FindStudent, SupportedCollection, SupportedPortrait, SupportedPrints, SupportedStudent, SupportedTicket,
};

use super::masked_student;
use super::search::{Known, SearchFault, search};
use crate::api::prints::state_name;
use crate::caller::Support;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::problem::{Broken, faults};
use crate::{limits, view};

faults! {
    /// Why a conversation's student was not shown.
    GetSupportedStudentFault { ConversationNotFound }
}
faults! {
    /// Why nobody was found.
    FindStudentFault { PhoneMalformed, StudentNotFound, StudentSearchLocked }
}
faults! {
    /// Why a picture was not shown.
    SupportedPictureFault { PortraitNotFound }
}

/// The student of a conversation as support needs it: what the student sees, a masked name, no picture. The look is
/// written down for the student.
#[utoipa::path(
    get, path = "/api/support/conversations/{id}/student", tag = "office", params(("id" = ConversationId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The student", body = SupportedStudent), GetSupportedStudentFault)
)]
pub(crate) async fn get_supported_student(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<ConversationId>,
) -> Result<Json<SupportedStudent>, GetSupportedStudentFault> {
    let kept = house.storage.read().await?.conversations().find(id).await?;
    let kept = kept.ok_or(GetSupportedStudentFault::ConversationNotFound)?;
    let opener = Opener::Account(support.id);
    house.note_access(kept.account, PersonalData::Progress, opener, OpeningReason::Support).await?;
    Ok(Json(shown(&house, kept.account).await?))
}

/// The student with exactly this phone number, for somebody who calls. Numbers that nobody has are counted, so that none
/// are guessed; a number that was found is written down for its student.
#[utoipa::path(
    post, path = "/api/support/students", tag = "office", request_body = FindStudent,
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The student", body = SupportedStudent), FindStudentFault)
)]
pub(crate) async fn find_student(
    State(house): State<Arc<House>>,
    support: Support,
    Body(FindStudent { phone }): Body<FindStudent>,
) -> Result<Json<SupportedStudent>, FindStudentFault> {
    let phone: PhoneNumber = phone.parse().map_err(|_| FindStudentFault::PhoneMalformed)?;
    let found = search(&house, support.id, &Known::Phone(phone)).await.map_err(|fault| match fault {
        SearchFault::NotFound => FindStudentFault::StudentNotFound,
        SearchFault::Locked => FindStudentFault::StudentSearchLocked,
        SearchFault::Broken(broken) => broken.into(),
    })?;
    let account = found.into_iter().next().ok_or(FindStudentFault::StudentNotFound)?;
    let opener = Opener::Account(support.id);
    house.note_access(account, PersonalData::Progress, opener, OpeningReason::PhoneSearch).await?;
    Ok(Json(shown(&house, account).await?))
}

/// A student's newest portrait, while the student lets support see it. Each look is written down.
#[utoipa::path(
    get, path = "/api/support/portraits/{id}/picture.jpg", tag = "office", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The portrait", body = Vec<u8>, content_type = "image/jpeg"),
        SupportedPictureFault
    )
)]
pub(crate) async fn supported_picture(
    State(house): State<Arc<House>>,
    support: Support,
    InPath(id): InPath<PortraitId>,
) -> Result<([(HeaderName, &'static str); 2], Bytes), SupportedPictureFault> {
    let mut work = house.storage.read().await?;
    let stored = work.portraits().find(id).await?.filter(|stored| stored.forgotten_at.is_none());
    let stored = stored.ok_or(SupportedPictureFault::PortraitNotFound)?;
    let collection = work.collections().find(stored.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a portrait without collection"))?;
    let conversation = work.conversations().of_account(collection.account).await?;
    if !conversation.is_some_and(|kept| may_see_picture(&house, &kept)) {
        return Err(SupportedPictureFault::PortraitNotFound);
    }
    let campaign = work.campaigns().find(stored.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a portrait without campaign"))?;
    drop(work);
    let opener = Opener::Account(support.id);
    let opened = house.open_portrait(&stored, &campaign, opener, OpeningReason::Support).await?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store, private")];
    Ok((headers, Bytes::from(opened.jpeg.to_vec())))
}

fn may_see_picture(house: &House, kept: &KeptConversation) -> bool {
    kept.picture_until.is_some_and(|until| until > house.now())
}

async fn shown(house: &House, account: AccountId) -> Result<SupportedStudent, Broken> {
    let mut work = house.storage.read().await?;
    let conversation = work.conversations().of_account(account).await?;
    let picture_until =
        conversation.filter(|kept| may_see_picture(house, kept)).and_then(|kept| kept.picture_until);
    let mut collections = Vec::new();
    for collection in work.collections().of_account(account, limits::COLLECTIONS).await? {
        collections.push(one(house, &mut work, collection, picture_until.is_some()).await?);
    }
    let masked_student = masked_student(house, &mut work, account).await?;
    Ok(SupportedStudent { masked_student, picture_until, collections })
}

/// What the student sees, less what support does not need: the ticket's token, the verdict's figures, the picture.
async fn one(
    house: &House,
    work: &mut UnitOfWork,
    collection: Collection,
    with_picture: bool,
) -> Result<SupportedCollection, Broken> {
    let mut prints = Vec::new();
    for kept in work.print_orders().of_collection(collection.id, limits::PRINT_ORDERS).await? {
        let placed = work.orders().find(kept.id).await?;
        let placed = placed.ok_or(Broken::Contradiction("a print order without order"))?;
        let state = state_name(&kept.print, &placed.order.state, house.now());
        prints.push(SupportedPrints {
            order: kept.id,
            title: kept.product.title,
            en_title: kept.product.en_title,
            state,
        });
    }
    let seen = view::collection(house, work, collection).await?;
    Ok(SupportedCollection {
        id: seen.id,
        school_name: seen.school_name,
        campaign_title: seen.campaign_title,
        category: seen.category,
        masked_name: seen.masked_name,
        next_step: seen.next_step,
        studio: seen.studio,
        order: seen.order,
        ticket: seen.ticket.map(|ticket| SupportedTicket {
            number: ticket.number,
            state: ticket.state,
            ahead: ticket.ahead,
            expected_wait_minutes: ticket.expected_wait_minutes,
        }),
        portrait: seen.portrait.map(|portrait| SupportedPortrait {
            picture_url: with_picture.then(|| format!("/api/support/portraits/{}/picture.jpg", portrait.id)),
            id: portrait.id,
            state: portrait.state,
            reject_reasons: portrait.reject_reasons,
            reject_note: portrait.reject_note,
            review_due: portrait.review_due,
        }),
        prints,
    })
}
