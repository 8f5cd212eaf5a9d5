//! Makes a portrait of a phone's shot. The pixels are in clear only in memory here, and gone once the portrait is sealed.

use std::sync::Arc;

use gradshot_domain::{Portrait, PortraitId, PortraitSource, Route, ShotId, ShotState, Verdict};
use gradshot_seal::{CampaignPublicKey, Contents, EnvelopeHeader, Suite};
use gradshot_storage::{BlobKey, Job, KeptShot, StoredPortrait};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Done;
use crate::house::House;
use crate::limits;
use crate::live::Topic;
use crate::problem::Broken;
use crate::server::{StandardizeFault, StandardizedShot};
use crate::view::Standing;

/// What becomes of the shot.
enum End {
    Made(Box<StoredPortrait>),
    Unfit(Verdict),
    Unreadable,
    Failed,
}

pub(super) async fn perform(house: &House, job: &Job) -> Result<Done, Broken> {
    let id: ShotId = job.subject.parse().map_err(|_| Broken::Contradiction("a job's subject is no shot"))?;
    let mut work = house.storage.read().await?;
    let Some(kept) = work.shots().find(id).await? else { return Ok(Done::Finished) };
    if !matches!(kept.shot.state, ShotState::Waiting { .. }) {
        return Ok(Done::Finished);
    }
    let pieces = work.shots().pieces(id).await?;
    let collection = work.collections().find(kept.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a shot without collection"))?;
    let standing = Standing::load(&mut work, collection, house.now()).await?;
    drop(work);
    // One that took a server down each time is not tried for ever, and nobody waits for one that was given up.
    let made = if job.attempts > limits::JOB_TRIES {
        Err(Broken::Step("a shot ended its server too often"))
    } else {
        make(house, &standing, &kept, pieces).await
    };
    let end = match made {
        Err(error) if job.attempts >= limits::JOB_TRIES => {
            tracing::error!(shot = %id, %error, "a shot was given up");
            End::Failed
        }
        made => made?,
    };
    settle(house, id, end).await?;
    Ok(Done::Finished)
}

async fn make(
    house: &House,
    standing: &Standing,
    kept: &KeptShot,
    pieces: Vec<(u64, BlobKey)>,
) -> Result<End, Broken> {
    let shot = open(house, kept, pieces).await?;
    match standardize(house, shot, standing.campaign.policy.spec.clone()).await {
        Ok(StandardizedShot { portrait: Some(jpeg), verdict }) => {
            Ok(End::Made(Box::new(seal(house, standing, kept.id, jpeg, verdict).await?)))
        }
        Ok(StandardizedShot { portrait: None, verdict }) => Ok(End::Unfit(verdict)),
        Err(StandardizeFault::Unreadable) => Ok(End::Unreadable),
        Err(StandardizeFault::Engine) => Err(Broken::Step("the imaging engine failed")),
    }
}

async fn open(
    house: &House,
    kept: &KeptShot,
    pieces: Vec<(u64, BlobKey)>,
) -> Result<Zeroizing<Vec<u8>>, Broken> {
    let key = house.vault.shot_key(kept.id, &kept.sealed_key)?;
    let whole = usize::try_from(kept.shot.total_bytes).map_err(|_| Broken::Step("a shot is too large"))?;
    let mut shot = Zeroizing::new(Vec::with_capacity(whole));
    for (from_byte, blob) in pieces {
        let sealed = house.blobs.fetch(&blob).await?;
        shot.extend_from_slice(&key.open(from_byte, &sealed)?);
    }
    if shot.len() == whole { Ok(shot) } else { Err(Broken::Contradiction("a shot has lost a piece")) }
}

async fn standardize(
    house: &House,
    shot: Zeroizing<Vec<u8>>,
    spec: String,
) -> Result<StandardizedShot, StandardizeFault> {
    let standardizer = Arc::clone(house.standardizer.as_ref().ok_or(StandardizeFault::Engine)?);
    let made = tokio::task::spawn_blocking(move || standardizer.standardize(&shot, &spec)).await;
    made.unwrap_or(Err(StandardizeFault::Engine))
}

/// Seals a portrait as a station does, and keeps its bytes.
async fn seal(
    house: &House,
    standing: &Standing,
    shot: ShotId,
    jpeg: Vec<u8>,
    verdict: Verdict,
) -> Result<StoredPortrait, Broken> {
    let (at, mut rng) = (house.now(), house.rng());
    let campaign = &standing.campaign;
    let (id, outcome, source) =
        (PortraitId::new(at, &mut rng), verdict.outcome, PortraitSource::Phone { shot });
    let sealed_verdict = house.vault.seal_verdict(id, &verdict, &mut rng);
    let header = EnvelopeHeader {
        suite: Suite::X25519Aes256GcmEd25519,
        portrait: id,
        source,
        campaign: campaign.id,
        spec: campaign.policy.spec.clone(),
        outcome,
        sealed_at: at,
        sha256: String::new(),
    };
    let key = CampaignPublicKey::from_text(&campaign.public_key)?;
    let contents = Contents { portrait: jpeg, verdict };
    let sealed = house.vault.seal_portrait(&contents, header, &key, &mut rng);
    let sealed = sealed.map_err(|_| Broken::Step("a portrait could not be sealed"))?;
    let sha256: [u8; 32] = Sha256::digest(&sealed).into();
    let portrait = Portrait::seal(at).store(at);
    let stored = StoredPortrait {
        id,
        collection: standing.collection.id,
        campaign: campaign.id,
        source,
        spec: campaign.policy.spec.clone(),
        outcome,
        sealed_at: at,
        stored_at: at,
        confirmed_at: None,
        blob: BlobKey::portrait(campaign.id, id, &sha256),
        blob_sha256: hex::encode(sha256),
        blob_bytes: sealed.len() as u64,
        sealed_verdict,
        portrait: portrait.map_err(|_| Broken::Contradiction("a sealed portrait cannot be stored"))?,
        forgotten_at: None,
        version: 0,
    };
    house.blobs.keep(&stored.blob, sealed).await?;
    Ok(stored)
}

/// The portrait enters the table and the shot's key goes, both or neither.
async fn settle(house: &House, id: ShotId, end: End) -> Result<(), Broken> {
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let Some(kept) = work.shots().find(id).await? else { return Ok(()) };
    work.collections().lock(kept.collection).await?;
    // Read again now that nobody else changes it: it may have been dropped, or be done by another server.
    let Some(mut kept) = work.shots().find(id).await? else { return Ok(()) };
    if !matches!(kept.shot.state, ShotState::Waiting { .. }) {
        return Ok(());
    }
    let collection = work.collections().find(kept.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a shot without collection"))?;
    let standing = Standing::load(&mut work, collection, at).await?;
    let is_wanted = standing.collection.route == Some(Route::Phone)
        && standing.has_consented()
        && !standing.is_submitted();
    let shot = kept.shot.clone();
    let settled = if is_wanted {
        match end {
            End::Made(stored) => {
                work.portraits().add(&stored).await?;
                shot.make(stored.id, at)
            }
            End::Unfit(verdict) => {
                let sealed = house.vault.seal_shot_verdict(id, &verdict, &mut house.rng());
                kept.sealed_verdict = Some(sealed);
                shot.find_unfit(at)
            }
            End::Unreadable => shot.find_unreadable(at),
            End::Failed => shot.fail(at),
        }
    } else {
        shot.drop_it(at)
    };
    kept.shot = settled.map_err(|_| Broken::Contradiction("a shot that waits cannot be settled"))?;
    let pieces = work.shots().save(&mut kept).await?;
    let nearer = work.shots().first_in_line(limits::SHOTS_TOLD).await?;
    work.commit().await?;
    house.delete_pieces(&pieces).await;
    let topics: Vec<Topic> = std::iter::once(kept.collection).chain(nearer).map(Topic::Collection).collect();
    house.hub.tell(&topics);
    Ok(())
}
