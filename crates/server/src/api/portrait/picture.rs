//! `GET /api/portraits/{id}/picture.jpg`

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};
use gradshot_domain::{PortraitId, PortraitState, Role};
use gradshot_storage::{Opener, OpeningReason, StoredPortrait, UnitOfWork};

use crate::caller::SignedIn;
use crate::house::House;
use crate::input::InPath;
use crate::limits;
use crate::problem::{Broken, faults};

faults! {
    /// Why a picture was not shown.
    PortraitPictureFault { PortraitNotFound }
}

/// The picture itself, for its owner and for the reviewer who holds the claim, who also sees the student's earlier ones. Each look is written down.
#[utoipa::path(
    get, path = "/api/portraits/{id}/picture.jpg", tag = "portraits", params(("id" = PortraitId, Path)),
    security(("session" = []), ("cookie" = [])),
    responses(
        (status = 200, description = "The portrait", body = Vec<u8>, content_type = "image/jpeg"),
        PortraitPictureFault
    )
)]
pub(crate) async fn portrait_picture(
    State(house): State<Arc<House>>,
    caller: SignedIn,
    InPath(id): InPath<PortraitId>,
) -> Result<([(HeaderName, &'static str); 2], Bytes), PortraitPictureFault> {
    let mut work = house.storage.read().await?;
    let stored = work.portraits().find(id).await?.filter(|stored| stored.forgotten_at.is_none());
    let stored = stored.ok_or(PortraitPictureFault::PortraitNotFound)?;
    let reason =
        why(&house, &mut work, &caller, &stored).await?.ok_or(PortraitPictureFault::PortraitNotFound)?;
    let campaign = work.campaigns().find(stored.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a portrait without campaign"))?;
    drop(work);
    let opened = house.open_portrait(&stored, &campaign, Opener::Account(caller.account.id), reason).await?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store, private")];
    Ok((headers, Bytes::from(opened.jpeg.to_vec())))
}

/// Why the caller may see the portrait, if so.
async fn why(
    house: &House,
    work: &mut UnitOfWork,
    caller: &SignedIn,
    stored: &StoredPortrait,
) -> Result<Option<OpeningReason>, Broken> {
    let me = caller.account.id;
    let collection = work.collections().find(stored.collection).await?;
    if collection.is_some_and(|collection| collection.account == me) {
        return Ok(Some(OpeningReason::ShownToOwner));
    }
    match &stored.portrait.state {
        _ if !caller.account.has(Role::Reviewer) => Ok(None),
        PortraitState::InReview { reviewer, until } => {
            Ok((*reviewer == me && *until > house.now()).then_some(OpeningReason::Review))
        }
        // To compare with: one that came before the portrait in the reviewer's hands.
        _ => {
            let all =
                work.portraits().of_collection(stored.collection, limits::PORTRAITS_OF_COLLECTION).await?;
            let holds = |state: &PortraitState| matches!(state, PortraitState::InReview { reviewer, until } if *reviewer == me && *until > house.now());
            Ok(all.iter().any(|other| holds(&other.portrait.state)).then_some(OpeningReason::Review))
        }
    }
}
