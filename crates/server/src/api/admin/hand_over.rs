//! `POST /api/admin/campaigns/{id}/hand-over`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use gradshot_domain::{BundleId, CampaignId};
use gradshot_storage::{BlobKey, Bundle, Campaign, HandOverLine, Opener, OpeningReason};
use gradshot_wire::hand_over::{self, HandOver};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::bundle::{self, Item};
use crate::caller::Admin;
use crate::house::House;
use crate::input::InPath;
use crate::limits;
use crate::live::Topic;
use crate::problem::{Broken, faults};

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
    let file = pack(&house, &admin, &campaign, &lines).await?;
    let bundle = keep(&house, &campaign, lines, file).await?;
    let shown = hand_over::Bundle {
        id: bundle.id,
        made_at: bundle.made_at,
        portraits: bundle.portraits,
        sha256: bundle.sha256,
        file_url: format!("/api/admin/bundles/{}/bundle.zip", bundle.id),
    };
    Ok((StatusCode::CREATED, Json(HandOver { bundle: Some(shown) })))
}

/// Opens the portraits and image codes and packs them.
async fn pack(
    house: &Arc<House>,
    admin: &Admin,
    campaign: &Campaign,
    lines: &[HandOverLine],
) -> Result<Zeroizing<Vec<u8>>, Broken> {
    let portraits: Vec<_> = lines.iter().map(|line| &line.portrait).collect();
    let opener = Opener::Account(admin.id);
    let opened = house.open_portraits(&portraits, campaign, opener, OpeningReason::HandOver).await?;
    let mut items = Vec::with_capacity(lines.len());
    for (line, opened) in lines.iter().zip(opened) {
        items.push(Item {
            jpeg: opened.jpeg,
            spec: line.portrait.spec.clone(),
            school_code: campaign.code.clone(),
            category: line.category,
            image_code: house.vault.open_image_code(line.portrait.collection, &line.sealed_image_code)?,
            sealed_at: line.portrait.sealed_at,
            outcome: line.portrait.outcome,
        });
    }
    let house = Arc::clone(house);
    tokio::task::spawn_blocking(move || bundle::pack(&items, house.vault.bundles()))
        .await
        .map_err(|_| Broken::Step("a bundle could not be packed"))?
        .map_err(|_| Broken::Step("a bundle could not be packed"))
}

/// Keeps the bundle sealed and marks its portraits as handed over, all or none.
async fn keep(
    house: &House,
    campaign: &Campaign,
    lines: Vec<HandOverLine>,
    file: Zeroizing<Vec<u8>>,
) -> Result<Bundle, Broken> {
    let (at, mut rng) = (house.now(), house.rng());
    let id = BundleId::new(at, &mut rng);
    let bundle = Bundle {
        id,
        campaign: campaign.id,
        made_at: at,
        portraits: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        sha256: hex::encode(Sha256::digest(&*file)),
        blob: BlobKey::bundle(id),
    };
    house.blobs.keep(&bundle.blob, house.vault.seal_bundle(id, &file, &mut rng)).await?;
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
