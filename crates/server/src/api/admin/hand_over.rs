//! `POST /api/admin/campaigns/{id}/hand-over`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{BundleId, CampaignId};
use gradshot_storage::{BlobKey, Bundle, Campaign, HandOverLine, Opener};
use gradshot_wire::hand_over::HandOver;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::bundles::shown;
use crate::bundle::{Packed, assemble};
use crate::caller::Admin;
use crate::house::House;
use crate::input::InPath;
use crate::limits;
use crate::live::Topic;
use crate::problem::{Broken, faults};

/// Where the names of a bundle's files rest.
pub(super) const NAMES: &str = "bundles.names";

faults! {
    /// Why no bundle was made.
    HandOverFault { CampaignNotFound }
}

/// Puts the approved portraits of a campaign into a bundle for the registry 学信网, at most 1,000; call again for more.
#[utoipa::path(
    post, path = "/api/admin/campaigns/{id}/hand-over", tag = "admin", params(("id" = CampaignId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 201, description = "The bundle", body = HandOver),
        (status = 200, description = "No approved portrait waited", body = HandOver),
        HandOverFault
    )
)]
pub(crate) async fn hand_over(
    State(house): State<Arc<House>>,
    admin: Admin,
    InPath(id): InPath<CampaignId>,
) -> Result<(StatusCode, Json<HandOver>), HandOverFault> {
    let mut work = house.storage.read().await?;
    let campaign = work.campaigns().find(id).await?.ok_or(HandOverFault::CampaignNotFound)?;
    let lines = work.portraits().approved(id, limits::BUNDLE_PORTRAITS).await?;
    drop(work);
    if lines.is_empty() {
        return Ok((StatusCode::OK, Json(HandOver { bundle: None })));
    }
    let at = house.now();
    let opener = Opener::Account(admin.id);
    let packed = assemble(&house, &campaign, &lines, &campaign.file_naming, at, opener).await?;
    let bundle = keep(&house, &campaign, lines, packed, at).await?;
    Ok((StatusCode::CREATED, Json(HandOver { bundle: Some(shown(bundle)) })))
}

/// Keeps the bundle sealed and marks its portraits as handed over, all or none.
async fn keep(
    house: &House,
    campaign: &Campaign,
    lines: Vec<HandOverLine>,
    packed: Packed,
    at: Timestamp,
) -> Result<Bundle, Broken> {
    let mut rng = house.rng();
    let id = BundleId::new(at, &mut rng);
    let bundle = Bundle {
        id,
        campaign: campaign.id,
        made_at: at,
        portraits: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        sha256: hex::encode(Sha256::digest(&*packed.file)),
        blob: BlobKey::bundle(id),
        file_naming: campaign.file_naming.clone(),
        sealed_names: Some(house.vault.seal_text(NAMES, id, &packed.names_json(), &mut rng)),
        forgotten_at: None,
        handed_over: None,
    };
    house.blobs.keep(&bundle.blob, house.vault.seal_bundle(id, &packed.file, &mut rng)).await?;
    let mut topics = Vec::with_capacity(2 * lines.len());
    let mut work = house.storage.begin().await?;
    work.bundles().add(&bundle).await?;
    for HandOverLine { portrait: mut stored, .. } in lines {
        let handed_over = stored.portrait.hand_over(id, at);
        stored.portrait =
            handed_over.map_err(|_| Broken::Contradiction("an approved portrait is not approved"))?;
        work.portraits().save(&mut stored).await?;
        topics.extend(Topic::of_portrait(&stored));
    }
    work.commit().await?;
    house.hub.tell(&topics);
    Ok(bundle)
}
