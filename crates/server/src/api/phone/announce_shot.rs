//! `POST /api/collections/{id}/shots`

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use gradshot_domain::{CollectionId, PaymentTime, PortraitState, Route, Shot, ShotId, ShotSource, ShotState};
use gradshot_storage::KeptShot;

use crate::api::collection::owned_and_locked;
use crate::api::tus::{EXPIRES, LENGTH, Tus};
use crate::caller::Student;
use crate::house::House;
use crate::input::InPath;
use crate::live::Topic;
use crate::problem::faults;
use crate::view::Standing;
use crate::{jobs, limits};

faults! {
    /// Why a shot was not taken.
    AnnounceShotFault {
        CollectionNotFound, ShotAnnouncement, ShotTooLarge, ShotKind, ConsentMissing, ShotOtherRoute,
        AlreadySubmitted, DecideFirst, OrderUnpaid, ShotAfterPaid, RulesUnread, ShotAlbumOff, ShotInLine, ShotLimit,
        ShotLineFull,
    }
}
use AnnounceShotFault as Fault;

const KINDS: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];
const DAY: Duration = Duration::from_hours(24);

/// Announces a shot (tus 1.0.0, creation): `Upload-Length`, and in `Upload-Metadata` its `filetype` and its `source`,
/// `camera` or `album`. One that is still being sent makes room for it. `Location` is where its pieces go.
#[utoipa::path(
    post, path = "/api/collections/{id}/shots", tag = "shots",
    params(("id" = CollectionId, Path), ("Tus-Resumable" = String, Header, example = "1.0.0")),
    security(("session" = []), ("cookie" = [])),
    responses((status = 201, description = "Pieces may be sent to `Location`"), AnnounceShotFault)
)]
pub(crate) async fn announce_shot(
    State(house): State<Arc<House>>,
    student: Student,
    InPath(id): InPath<CollectionId>,
    tus: Tus,
) -> Result<(StatusCode, [(HeaderName, String); 2]), Fault> {
    let total_bytes = tus.number(&LENGTH).filter(|bytes| *bytes > 0).ok_or(Fault::ShotAnnouncement)?;
    if total_bytes > limits::SHOT_BYTES {
        return Err(Fault::ShotTooLarge);
    }
    let kind = tus.metadata("filetype").ok_or(Fault::ShotAnnouncement)?;
    if !KINDS.contains(&kind.as_str()) {
        return Err(Fault::ShotKind);
    }
    let source = match tus.metadata("source").as_deref() {
        Some("camera") => ShotSource::Camera,
        Some("album") => ShotSource::Album,
        _ => return Err(Fault::ShotAnnouncement),
    };
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let collection = owned_and_locked(&mut work, &student, id).await?.ok_or(Fault::CollectionNotFound)?;
    let standing = Standing::load(&mut work, collection, at).await?;
    may_shoot(&standing)?;
    if source == ShotSource::Album && !standing.campaign.policy.album_allowed {
        return Err(Fault::ShotAlbumOff);
    }
    if work.shots().count_since(id, at - DAY).await? >= limits::SHOTS_A_DAY {
        return Err(Fault::ShotLimit);
    }
    if work.shots().waiting().await? >= limits::SHOTS_IN_LINE {
        return Err(Fault::ShotLineFull);
    }
    let pieces = super::drop_shots(&mut work, id, at).await?;
    let (mut rng, until) = (house.rng(), at + limits::SHOT_UPLOAD);
    let shot = ShotId::new(at, &mut rng);
    let kept = KeptShot {
        id: shot,
        collection: id,
        source,
        sealed_key: house.vault.new_shot_key(shot, &mut rng),
        sealed_verdict: None,
        announced_at: at,
        shot: Shot::announce(total_bytes, until),
        version: 0,
    };
    work.shots().add(&kept).await?;
    jobs::expire_shot_later(&house, &mut work, shot, until).await?;
    work.commit().await?;
    house.delete_pieces(&pieces).await;
    house.hub.tell(&[Topic::Collection(id)]);
    let headers = [(header::LOCATION, format!("/api/shots/{shot}")), (EXPIRES, http_date(until))];
    Ok((StatusCode::CREATED, headers))
}

/// A moment as HTTP writes it.
pub(super) fn http_date(at: jiff::Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn may_shoot(standing: &Standing) -> Result<(), Fault> {
    if !standing.has_consented() {
        return Err(Fault::ConsentMissing);
    }
    if standing.collection.route != Some(Route::Phone) {
        return Err(Fault::ShotOtherRoute);
    }
    if standing.is_submitted() {
        return Err(Fault::AlreadySubmitted);
    }
    let newest = standing.newest_portrait().map(|stored| &stored.portrait.state);
    if matches!(newest, Some(PortraitState::Stored { .. })) {
        return Err(Fault::DecideFirst);
    }
    if standing.campaign.policy.payment == PaymentTime::BeforeCapture && !standing.is_paid() {
        return Err(Fault::OrderUnpaid);
    }
    if standing.is_retake_at_studio() {
        return Err(Fault::ShotAfterPaid);
    }
    if !standing.has_read_rules() {
        return Err(Fault::RulesUnread);
    }
    match &standing.shot {
        Some(kept) if matches!(kept.shot.state, ShotState::Waiting { .. }) => Err(Fault::ShotInLine),
        _ => Ok(()),
    }
}
