//! The phone route as its student sees it.

use gradshot_domain::{RetakeRule, Route, ShotState};
use gradshot_storage::{KeptShot, UnitOfWork};
use gradshot_wire::phone::{PhoneRoute, PhoneShot, ShotStateName};

use super::Standing;
use crate::house::House;
use crate::problem::Broken;
use crate::{limits, photo_rules};

/// The phone route of a collection, where it is offered.
pub(crate) async fn phone_route(
    house: &House,
    work: &mut UnitOfWork,
    standing: &Standing,
) -> Result<Option<PhoneRoute>, Broken> {
    let policy = &standing.campaign.policy;
    let Some(price) = policy.phone_price.filter(|_| house.offers(policy, Route::Phone)) else {
        return Ok(None);
    };
    let shot = match &standing.shot {
        Some(kept) => Some(shot(house, work, kept).await?),
        None => None,
    };
    Ok(Some(PhoneRoute {
        price,
        album_allowed: policy.album_allowed,
        no_retake_once_paid: policy.retakes == RetakeRule::UntilPaid,
        rules_version: photo_rules::current().version.clone(),
        rules_read: standing.has_read_rules(),
        max_shot_bytes: limits::SHOT_BYTES,
        max_piece_bytes: limits::SHOT_PIECE_BYTES as u64,
        shot,
    }))
}

async fn shot(house: &House, work: &mut UnitOfWork, kept: &KeptShot) -> Result<PhoneShot, Broken> {
    let sealed = kept.sealed_verdict.as_deref();
    Ok(PhoneShot {
        id: kept.id,
        state: match kept.shot.state {
            ShotState::Uploading { .. } => ShotStateName::Uploading,
            ShotState::Waiting { .. } => ShotStateName::Waiting,
            ShotState::Made { .. } => ShotStateName::Made,
            ShotState::Unfit { .. } => ShotStateName::Unfit,
            ShotState::Unreadable { .. } => ShotStateName::Unreadable,
            ShotState::Failed { .. } => ShotStateName::Failed,
            ShotState::Dropped { .. } => ShotStateName::Dropped,
        },
        received_bytes: kept.shot.received_bytes(),
        total_bytes: kept.shot.total_bytes,
        ahead: work.shots().ahead_of(kept).await?,
        verdict: sealed.map(|sealed| house.vault.open_shot_verdict(kept.id, sealed)).transpose()?,
    })
}
