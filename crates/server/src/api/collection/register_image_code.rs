//! `POST /api/collections`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{CampaignId, Category, CollectionId, IdLast4, PersonName};
use gradshot_storage::{Attempt, Collection, RosterEntry, UnitOfWork};
use gradshot_wire::collection::{self, ImageCode, RegisterImageCode};
use zeroize::Zeroizing;

use crate::caller::Student;
use crate::house::House;
use crate::input::Body;
use crate::problem::{Broken, faults};
use crate::{limits, view};

faults! {
    /// Why an image code was not registered.
    RegisterImageCodeFault {
        NameMalformed, IdLast4Malformed, ImageCodeUnreadable, ImageCodeTooLong, BodyTooLarge, CampaignNotFound, CampaignClosed,
        CategoryNotOffered, IdLast4Locked, RosterNoMatch, RosterAmbiguous, RosterClaimed, ImageCodeTaken,
        ImageCodeOther, CollectionLimit,
    }
}
use RegisterImageCodeFault as Fault;

/// What was understood of the request before anything is looked up.
struct Wanted {
    campaign: CampaignId,
    category: Category,
    name: PersonName,
    last4: IdLast4,
    code: Zeroizing<Vec<u8>>,
}

/// Registers an image code 图像采集码 for the student of the roster with this name and last four.
///
/// The code is kept sealed and never interpreted. The same code for the same student again gives the same collection.
#[utoipa::path(
    post, path = "/api/collections", tag = "collections", request_body = RegisterImageCode,
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 201, description = "The new collection", body = collection::Collection),
        (status = 200, description = "The collection that was there already", body = collection::Collection),
        RegisterImageCodeFault
    )
)]
pub(crate) async fn register_image_code(
    State(house): State<Arc<House>>,
    student: Student,
    Body(request): Body<RegisterImageCode>,
) -> Result<(StatusCode, Json<collection::Collection>), Fault> {
    let wanted = understand(&house, request).await?;
    let entry = match_roster(&house, &student, &wanted).await?;

    let mut work = house.storage.begin().await?;
    let (status, collection) = match known(&mut work, &house, &student, &entry, &wanted).await? {
        Some(collection) => (StatusCode::OK, collection),
        None => (StatusCode::CREATED, add(&mut work, &house, &student, entry, &wanted).await?),
    };
    let shown = view::collection(&house, &mut work, collection).await?;
    work.commit().await?;
    Ok((status, Json(shown)))
}

async fn understand(house: &Arc<House>, request: RegisterImageCode) -> Result<Wanted, Fault> {
    let name = request.name.parse().map_err(|_| Fault::NameMalformed)?;
    let last4 = request.id_last4.parse().map_err(|_| Fault::IdLast4Malformed)?;
    let text = match request.image_code {
        ImageCode::ImageCodeText(text) => text,
        ImageCode::ImageCodePicture(base64) => read_picture(house, base64).await?,
    };
    // Scanners end a line; nothing else of the code is touched.
    let code = Zeroizing::new(text.trim_end_matches(['\r', '\n']).as_bytes().to_vec());
    if code.is_empty() || code.len() > limits::IMAGE_CODE_TEXT_BYTES {
        return Err(Fault::ImageCodeTooLong);
    }
    Ok(Wanted { campaign: request.campaign, category: request.category, name, last4, code })
}

async fn read_picture(house: &Arc<House>, base64: String) -> Result<String, Fault> {
    let picture = STANDARD.decode(base64.trim()).map_err(|_| Fault::ImageCodeUnreadable)?;
    if picture.len() > limits::IMAGE_CODE_PICTURE_BYTES {
        return Err(Fault::BodyTooLarge);
    }
    let reader = Arc::clone(&house.image_codes);
    let read = tokio::task::spawn_blocking(move || reader.read(&picture)).await;
    read.ok().flatten().ok_or(Fault::ImageCodeUnreadable)
}

/// The one student of the roster with this name and last four. Each try counts until one is right.
async fn match_roster(house: &House, student: &Student, wanted: &Wanted) -> Result<RosterEntry, Fault> {
    let mut work = house.storage.begin().await?;
    let campaign = work.campaigns().find(wanted.campaign).await?.ok_or(Fault::CampaignNotFound)?;
    if !campaign.state.is_open() {
        return Err(Fault::CampaignClosed);
    }
    if !campaign.categories.contains(&wanted.category) {
        return Err(Fault::CategoryNotOffered);
    }
    let attempt = house.vault.attempt_name("last four", student.id.as_bytes());
    let spent = work.attempts().spend(&attempt, limits::ID_LAST4_TRIES, house.now()).await?;
    if let Attempt::Locked { .. } = spent {
        return Err(Fault::IdLast4Locked);
    }
    let index = house.vault.match_index(wanted.campaign, &wanted.name, &wanted.last4);
    let mut matching = work.roster().matching(wanted.campaign, wanted.category, &index).await?;
    let entry = match (matching.pop(), matching.is_empty()) {
        (Some(entry), true) => {
            work.attempts().forgive(&attempt).await?;
            Ok(entry)
        }
        (Some(_), false) => Err(Fault::RosterAmbiguous),
        (None, _) => Err(Fault::RosterNoMatch),
    };
    work.commit().await?;
    entry
}

/// The collection that this student has for this code already.
async fn known(
    work: &mut UnitOfWork,
    house: &House,
    student: &Student,
    entry: &RosterEntry,
    wanted: &Wanted,
) -> Result<Option<Collection>, Fault> {
    let index = house.vault.image_code_index(&wanted.code);
    let of_entry = work.collections().find_by_roster_entry(entry.id).await?;
    match of_entry {
        Some(collection) if collection.account != student.id => Err(Fault::RosterClaimed),
        Some(collection) if collection.image_code_index == index => Ok(Some(collection)),
        Some(_) => Err(Fault::ImageCodeOther),
        None if work.collections().find_by_image_code(&index).await?.is_some() => Err(Fault::ImageCodeTaken),
        None => Ok(None),
    }
}

async fn add(
    work: &mut UnitOfWork,
    house: &House,
    student: &Student,
    entry: RosterEntry,
    wanted: &Wanted,
) -> Result<Collection, Fault> {
    let mine = work.collections().of_account(student.id, limits::COLLECTIONS).await?;
    if mine.len() >= limits::COLLECTIONS as usize {
        return Err(Fault::CollectionLimit);
    }
    let (at, mut rng) = (house.now(), house.rng());
    let id = CollectionId::new(at, &mut rng);
    let collection = Collection {
        id,
        account: student.id,
        campaign: entry.campaign,
        category: entry.category,
        roster_entry: entry.id,
        sealed_name: entry.sealed_name,
        image_code_index: house.vault.image_code_index(&wanted.code),
        sealed_image_code: house.vault.seal_image_code(id, &wanted.code, &mut rng),
        booked: None,
        route: None,
        rules_read: None,
        created_at: at,
    };
    // Somebody who was faster by a moment makes this a duplicate: asked again, the answer is the right one.
    work.collections().add(&collection).await.map_err(Broken::from)?;
    Ok(collection)
}
