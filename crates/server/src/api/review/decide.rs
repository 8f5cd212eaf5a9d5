//! `POST /api/review/portraits/{id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gradshot_domain::{PortraitId, RejectionRule};
use gradshot_storage::{StoredPortrait, UnitOfWork};
use gradshot_wire::review::{Decide, ReviewDesk};

use crate::caller::Reviewer;
use crate::house::House;
use crate::input::{Body, InPath};
use crate::limits;
use crate::live::Topic;
use crate::message::{self, Notice};
use crate::pay::{self, RefundFault};
use crate::problem::{Broken, faults};

faults! {
    /// Why a decision was not taken.
    DecideReviewFault { ReasonsMissing, ReviewNote, PortraitNotFound, ReviewNotYours }
}

const NOTE_CHARS: usize = 200;

/// Approves or rejects the claimed portrait, or passes it on to another reviewer, and claims the next one. The student
/// is told; by the campaign's policy a rejection gives the money back.
#[utoipa::path(
    post, path = "/api/review/portraits/{id}", tag = "review", params(("id" = PortraitId, Path)),
    request_body = Decide, security(("session" = []), ("cookie" = [])),
    responses((status = 200, description = "The next portrait, if one waits", body = ReviewDesk), DecideReviewFault)
)]
pub(crate) async fn decide_review(
    State(house): State<Arc<House>>,
    reviewer: Reviewer,
    InPath(id): InPath<PortraitId>,
    Body(mut decision): Body<Decide>,
) -> Result<Json<ReviewDesk>, DecideReviewFault> {
    understand(&mut decision)?;
    let at = house.now();
    let mut work = house.storage.begin().await?;
    let mut stored = work.portraits().find(id).await?.ok_or(DecideReviewFault::PortraitNotFound)?;
    let is_approved = matches!(decision, Decide::Approve);
    let is_decided = !matches!(decision, Decide::SecondLook { .. });
    let decided = match decision {
        Decide::Approve => stored.portrait.approve(reviewer.id, at),
        Decide::Reject { reasons, note } => stored.portrait.reject(reviewer.id, reasons, note, at),
        Decide::SecondLook { note } => stored.portrait.pass_on(reviewer.id, note, at),
    };
    stored.portrait = decided.map_err(|_| DecideReviewFault::ReviewNotYours)?;
    work.portraits().save(&mut stored).await?;
    if is_decided {
        tell_student(&house, &mut work, &stored, is_approved).await?;
    }
    work.commit().await?;
    house.hub.tell(&Topic::of_portrait(&stored));
    pay::send_refunds(&house).await;
    message::deliver_due(&house).await;
    Ok(Json(super::desk(&house, &reviewer, &[]).await?))
}

fn understand(decision: &mut Decide) -> Result<(), DecideReviewFault> {
    let note = match decision {
        Decide::Approve => return Ok(()),
        Decide::Reject { reasons, note } => {
            reasons.dedup();
            if reasons.is_empty() || reasons.len() > limits::REJECT_REASONS {
                return Err(DecideReviewFault::ReasonsMissing);
            }
            note
        }
        Decide::SecondLook { note } => note,
    };
    *note = note.trim().to_owned();
    if note.chars().count() > NOTE_CHARS || note.chars().any(char::is_control) {
        return Err(DecideReviewFault::ReviewNote);
    }
    Ok(())
}

/// Queues the message and, where the policy says so, the refund.
async fn tell_student(
    house: &House,
    work: &mut UnitOfWork,
    stored: &StoredPortrait,
    is_approved: bool,
) -> Result<(), Broken> {
    let collection = work.collections().find(stored.collection).await?;
    let collection = collection.ok_or(Broken::Contradiction("a portrait without collection"))?;
    let campaign = work.campaigns().find(stored.campaign).await?;
    let campaign = campaign.ok_or(Broken::Contradiction("a portrait without campaign"))?;
    let notice = match (is_approved, campaign.policy.rejection) {
        (true, _) => Notice::Approved,
        (false, RejectionRule::Refund) if give_back(house, work, stored).await? => {
            Notice::RejectedAndRefunded
        }
        (false, _) => Notice::Rejected,
    };
    message::queue_to_account(house, work, collection.account, &notice).await
}

/// Asks for the order's money back; says whether there was any.
async fn give_back(house: &House, work: &mut UnitOfWork, stored: &StoredPortrait) -> Result<bool, Broken> {
    work.collections().lock(stored.collection).await?;
    let Some(mut placed) = work.orders().newest(stored.collection).await? else { return Ok(false) };
    match pay::ask_refund(house, work, &mut placed, None, "照片未通过审核", None).await {
        Ok(_) => Ok(true),
        Err(RefundFault::NotPaid | RefundFault::TooMuch) => Ok(false),
        Err(RefundFault::Broken(broken)) => Err(broken),
    }
}
