//! What becomes of bundles: listed, made anew, handed over; and how a campaign's bundles name their files.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{BundleId, CampaignId};
use gradshot_storage::{Bundle, HandedOver, Opener};
use gradshot_wire::hand_over::{
    self, AnswersReport, BundlesPage, DeliverBundle, RemadeBundle, SetFileNaming,
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::hand_over::NAMES;
use super::import_answers::{ImportAnswersFault, import};
use crate::bundle::assemble;
use crate::caller::Admin;
use crate::house::House;
use crate::input::{Body, InPath, InQuery};
use crate::limits;
use crate::problem::{Broken, faults};
use crate::registry::{Delivered, Delivery};

faults! {
    /// Why bundles were not listed.
    ListBundlesFault { CampaignNotFound }
}
faults! {
    /// Why a bundle was not made anew.
    RemakeBundleFault { BundleNotFound, BundleGone }
}
faults! {
    /// Why a bundle was not handed over.
    DeliverBundleFault { BundleNotFound, NoteLength, BundleGone, BundleHandedOver, RegistryDown }
}
faults! {
    /// Why answers were not fetched.
    FetchAnswersFault { BundleNotFound, AnswersUnreadable, AnswersNotYet, RegistryDown }
}
faults! {
    /// Why the rule stayed.
    SetFileNamingFault { CampaignNotFound, FileNamingInvalid }
}

const NOTE_CHARS: usize = 300;

/// From where a list goes on.
#[derive(Deserialize)]
pub(crate) struct Before {
    /// `next` of the page before.
    before: Option<BundleId>,
}

/// A campaign's bundles, the newest first.
#[utoipa::path(
    get, path = "/api/admin/campaigns/{id}/bundles", tag = "admin",
    params(("id" = CampaignId, Path), ("before" = Option<BundleId>, Query)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "One page", body = BundlesPage), ListBundlesFault)
)]
pub(crate) async fn list_bundles(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<CampaignId>,
    InQuery(Before { before }): InQuery<Before>,
) -> Result<Json<BundlesPage>, ListBundlesFault> {
    let mut work = house.storage.read().await?;
    work.campaigns().find(id).await?.ok_or(ListBundlesFault::CampaignNotFound)?;
    let found = work.bundles().of_campaign(id, before, limits::PAGE).await?;
    let is_full = found.len() == limits::PAGE as usize;
    let next = found.last().map(|bundle| bundle.id).filter(|_| is_full);
    Ok(Json(BundlesPage { bundles: found.into_iter().map(shown).collect(), next }))
}

/// Makes a bundle's file anew from its portraits, by the rule that it was made by, and keeps it: the same portraits give
/// the same bytes, also when the kept file was lost. Every portrait's opening is written down.
#[utoipa::path(
    post, path = "/api/admin/bundles/{id}/remake", tag = "admin", params(("id" = BundleId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The bundle", body = RemadeBundle), RemakeBundleFault)
)]
pub(crate) async fn remake_bundle(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<BundleId>,
) -> Result<Json<RemadeBundle>, RemakeBundleFault> {
    let mut work = house.storage.read().await?;
    let mut bundle = work.bundles().find(id).await?.ok_or(RemakeBundleFault::BundleNotFound)?;
    let campaign = work.campaigns().find(bundle.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a bundle without campaign"))?;
    let lines = work.portraits().lines_of_bundle(id, bundle.portraits).await?;
    drop(work);
    if lines.len() != bundle.portraits as usize
        || lines.iter().any(|line| line.portrait.forgotten_at.is_some())
    {
        return Err(RemakeBundleFault::BundleGone);
    }
    let opener = Opener::Account(admin.id);
    let naming = bundle.file_naming.clone();
    let packed = assemble(&house, &campaign, &lines, &naming, bundle.made_at, opener).await?;
    let sha256 = hex::encode(Sha256::digest(&*packed.file));
    let unchanged = sha256 == bundle.sha256;
    let mut rng = house.rng();
    house.blobs.keep(&bundle.blob, house.vault.seal_bundle(id, &packed.file, &mut rng)).await?;
    bundle.sha256 = sha256;
    bundle.forgotten_at = None;
    bundle.sealed_names = Some(house.vault.seal_text(NAMES, id, &packed.names_json(), &mut rng));
    let mut work = house.storage.begin().await?;
    work.bundles().remade(&bundle).await?;
    work.commit().await?;
    Ok(Json(RemadeBundle { bundle: shown(bundle), unchanged }))
}

/// Hands a bundle over by the registry's way, or, where a person carries it there, notes that this was done. Once.
#[utoipa::path(
    post, path = "/api/admin/bundles/{id}/deliver", tag = "admin", params(("id" = BundleId, Path)),
    request_body = DeliverBundle, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The bundle", body = hand_over::Bundle), DeliverBundleFault)
)]
pub(crate) async fn deliver_bundle(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<BundleId>,
    Body(DeliverBundle { note }): Body<DeliverBundle>,
) -> Result<Json<hand_over::Bundle>, DeliverBundleFault> {
    let note = note.trim().to_owned();
    if note.chars().count() > NOTE_CHARS || note.chars().any(char::is_control) {
        return Err(DeliverBundleFault::NoteLength);
    }
    let mut work = house.storage.read().await?;
    let mut bundle = work.bundles().find(id).await?.ok_or(DeliverBundleFault::BundleNotFound)?;
    let campaign = work.campaigns().find(bundle.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a bundle without campaign"))?;
    drop(work);
    if bundle.forgotten_at.is_some() {
        return Err(DeliverBundleFault::BundleGone);
    }
    if bundle.handed_over.is_some() {
        return Err(DeliverBundleFault::BundleHandedOver);
    }
    let file = house.open_bundle(&bundle, Opener::Account(admin.id)).await?;
    let sha256 = bundle.sha256.clone();
    let delivery = Delivery { bundle: id.to_string(), campaign_code: campaign.code, file, sha256 };
    let note = match house.registry.deliver(&delivery).await {
        Ok(Delivered::Taken { reference }) => reference.chars().take(NOTE_CHARS).collect(),
        Ok(Delivered::ByHand) => note,
        Err(error) => {
            tracing::warn!(%error, bundle = %id, "a bundle was not handed over");
            return Err(DeliverBundleFault::RegistryDown);
        }
    };
    let handed_over = HandedOver { at: house.now(), by: admin.id, note };
    let mut work = house.storage.begin().await?;
    work.bundles().hand_over(id, &handed_over).await?;
    work.commit().await?;
    bundle.handed_over = Some(handed_over);
    Ok(Json(shown(bundle)))
}

/// Asks the registry for its answers to a bundle and imports them like a list that was sent in.
#[utoipa::path(
    post, path = "/api/admin/bundles/{id}/fetch-answers", tag = "admin", params(("id" = BundleId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "Imported, or a report of what is wrong with the list", body = AnswersReport),
        FetchAnswersFault
    )
)]
pub(crate) async fn fetch_answers(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<BundleId>,
) -> Result<(StatusCode, Json<AnswersReport>), FetchAnswersFault> {
    house.storage.read().await?.bundles().find(id).await?.ok_or(FetchAnswersFault::BundleNotFound)?;
    let fetched = house.registry.answers(&id.to_string()).await.map_err(|error| {
        tracing::warn!(%error, bundle = %id, "answers were not fetched");
        FetchAnswersFault::RegistryDown
    })?;
    let file = fetched.ok_or(FetchAnswersFault::AnswersNotYet)?;
    if file.len() > limits::ROSTER_BYTES {
        return Err(FetchAnswersFault::AnswersUnreadable);
    }
    import(&house, id, file).await.map_err(|fault| match fault {
        ImportAnswersFault::BundleNotFound => FetchAnswersFault::BundleNotFound,
        ImportAnswersFault::AnswersUnreadable => FetchAnswersFault::AnswersUnreadable,
        ImportAnswersFault::Broken(broken) => broken.into(),
    })
}

/// Sets the rule by which the campaign's next bundles name their files. Bundles that are made keep theirs.
#[utoipa::path(
    post, path = "/api/admin/campaigns/{id}/file-naming", tag = "admin", params(("id" = CampaignId, Path)),
    request_body = SetFileNaming, security(("session" = []), ("cookie" = [])),
    responses((status = 204, description = "Set"), SetFileNamingFault)
)]
pub(crate) async fn set_file_naming(
    State(house): State<Arc<House>>,
    _: Admin,
    InPath(id): InPath<CampaignId>,
    Body(SetFileNaming { template }): Body<SetFileNaming>,
) -> Result<StatusCode, SetFileNamingFault> {
    let naming = template.trim().parse().map_err(|_| SetFileNamingFault::FileNamingInvalid)?;
    let mut work = house.storage.begin().await?;
    if !work.campaigns().set_file_naming(id, &naming).await? {
        return Err(SetFileNamingFault::CampaignNotFound);
    }
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A bundle as administrators see it.
pub(super) fn shown(bundle: Bundle) -> hand_over::Bundle {
    hand_over::Bundle {
        file_url: format!("/api/admin/bundles/{}/bundle.zip", bundle.id),
        id: bundle.id,
        made_at: bundle.made_at,
        portraits: bundle.portraits,
        sha256: bundle.sha256,
        file_naming: bundle.file_naming.to_string(),
        handed_over_at: bundle.handed_over.as_ref().map(|how| how.at),
        handed_over_by: bundle.handed_over.as_ref().map(|how| how.by),
        handed_over_note: bundle.handed_over.map(|how| how.note),
    }
}
