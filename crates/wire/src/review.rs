//! A reviewer's work.

use gradshot_domain::{AccountId, BusinessDay, Category, PortraitId, RejectReason, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::portrait::PortraitStateName;

/// The next portrait to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReviewDesk {
    /// The one claimed for the caller; absent when nothing waits.
    pub item: Option<ReviewItem>,
    /// How many more wait, counted up to 1,001: so many mean more than a thousand.
    pub waiting: u32,
    /// How many the caller decided today.
    pub decided_today: u32,
}

/// A portrait claimed by a reviewer. Names are masked: a reviewer judges a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReviewItem {
    /// Which.
    pub portrait: PortraitId,
    /// The campaign's title.
    pub campaign_title: String,
    /// The school's name.
    pub school_name: String,
    /// Kind of studies.
    pub category: Category,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// When the claim ends.
    pub claimed_until: Timestamp,
    /// What was found out about it.
    pub verdict: Verdict,
    /// Where its JPEG is.
    pub picture_url: String,
    /// The last day on which the decision keeps the promise.
    pub due: BusinessDay,
    /// The portrait of the same student before this one, to compare with; absent when there is none, or its bytes are gone.
    #[serde(default)]
    pub earlier: Option<EarlierPortrait>,
}

/// An earlier portrait of the same collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EarlierPortrait {
    /// Which.
    pub portrait: PortraitId,
    /// How it ended.
    pub state: PortraitStateName,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// Where its JPEG is.
    pub picture_url: String,
    /// Why it was rejected; empty otherwise.
    pub reject_reasons: Vec<RejectReason>,
    /// What the reviewer wrote about it; absent otherwise.
    #[serde(default)]
    pub reject_note: Option<String>,
}

/// What reviewers did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewStats {
    /// How many wait now.
    pub waiting: u32,
    /// At most 50.
    pub reviewers: Vec<ReviewerStats>,
}

/// What one reviewer did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewerStats {
    /// Who.
    pub reviewer: AccountId,
    /// Approved.
    pub approved: u32,
    /// Rejected.
    pub rejected: u32,
}

/// A reviewer's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decide {
    /// 通过
    Approve,
    /// 不通过
    Reject {
        /// Why, at least one.
        reasons: Vec<RejectReason>,
        /// A word to the student, at most 200 characters.
        #[serde(default)]
        note: String,
    },
    /// 复核: another reviewer looks.
    SecondLook {
        /// What to look at, at most 200 characters.
        #[serde(default)]
        note: String,
    },
}
