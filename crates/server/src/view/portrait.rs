//! Portraits as their student and their station see them.

use gradshot_domain::{BusinessDay, PortraitId, PortraitState, RejectReason, after_working_days};
use gradshot_storage::StoredPortrait;
use gradshot_wire::portrait::{self, PortraitStateName};
use gradshot_wire::review::EarlierPortrait;
use gradshot_wire::station::PortraitReceipt;

use crate::problem::Broken;
use crate::vault::Vault;

/// A portrait with its verdict, as its student sees it.
pub(crate) fn portrait(
    vault: &Vault,
    stored: &StoredPortrait,
    promise_days: u8,
) -> Result<portrait::Portrait, Broken> {
    Ok(portrait::Portrait {
        id: stored.id,
        state: portrait_state(&stored.portrait.state),
        sealed_at: stored.sealed_at,
        verdict: vault.open_verdict(stored.id, &stored.sealed_verdict)?,
        picture_url: picture_url(stored.id),
        reject_reasons: reject_reasons(&stored.portrait.state).to_vec(),
        reject_note: reject_note(&stored.portrait.state),
        review_due: is_reviewed(&stored.portrait.state).then(|| review_due(stored, promise_days)),
    })
}

/// Where a portrait's JPEG is, for its owner and its reviewer.
pub(crate) fn picture_url(id: PortraitId) -> String {
    format!("/api/portraits/{id}/picture.jpg")
}

/// An earlier portrait, as the reviewer of a later one sees it.
pub(crate) fn earlier_portrait(stored: &StoredPortrait) -> EarlierPortrait {
    EarlierPortrait {
        portrait: stored.id,
        state: portrait_state(&stored.portrait.state),
        sealed_at: stored.sealed_at,
        picture_url: picture_url(stored.id),
        reject_reasons: reject_reasons(&stored.portrait.state).to_vec(),
        reject_note: reject_note(&stored.portrait.state),
    }
}

/// The last day on which a decision keeps the promise.
pub(crate) fn review_due(stored: &StoredPortrait, promise_days: u8) -> BusinessDay {
    after_working_days(BusinessDay::of(stored.confirmed_at.unwrap_or(stored.stored_at)), promise_days)
}

const fn is_reviewed(state: &PortraitState) -> bool {
    matches!(
        state,
        PortraitState::Confirmed { .. } | PortraitState::InReview { .. } | PortraitState::SecondLook { .. }
    )
}

/// That the server has a portrait.
pub(crate) fn receipt(stored: &StoredPortrait) -> PortraitReceipt {
    PortraitReceipt { portrait: stored.id, state: portrait_state(&stored.portrait.state) }
}

/// The state's name on the wire.
pub(crate) const fn portrait_state(state: &PortraitState) -> PortraitStateName {
    match state {
        PortraitState::Sealed { .. } => PortraitStateName::Sealed,
        PortraitState::Stored { .. } => PortraitStateName::Stored,
        PortraitState::Confirmed { .. } => PortraitStateName::Confirmed,
        PortraitState::Objected { .. } => PortraitStateName::Objected,
        PortraitState::InReview { .. } | PortraitState::SecondLook { .. } => PortraitStateName::InReview,
        PortraitState::Approved { .. } => PortraitStateName::Approved,
        PortraitState::Rejected { .. } => PortraitStateName::Rejected,
        PortraitState::Withdrawn { .. } => PortraitStateName::Withdrawn,
        PortraitState::HandedOver { .. } => PortraitStateName::HandedOver,
        PortraitState::Registered { .. } => PortraitStateName::Registered,
        PortraitState::Refused { .. } => PortraitStateName::Refused,
    }
}

fn reject_note(state: &PortraitState) -> Option<String> {
    match state {
        PortraitState::Rejected { note, .. } if !note.is_empty() => Some(note.clone()),
        _ => None,
    }
}

fn reject_reasons(state: &PortraitState) -> &[RejectReason] {
    match state {
        PortraitState::Rejected { reasons, .. } => reasons,
        _ => &[],
    }
}
