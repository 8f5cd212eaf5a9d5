//! Who of the staff looked at what, for those who answer for it.

use gradshot_domain::{AccountId, CampaignId, MaskedName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rights::{AccessReason, AccessedBy, AccessedData};

/// Looks of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Looks {
    /// The newest first, at most 50.
    pub looks: Vec<Look>,
    /// Give it as `before` for the next page; absent on the last.
    pub next: Option<String>,
}

/// One look of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Look {
    /// Opaque id, sorted by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Whose account.
    pub staff: AccountId,
    /// The account's user name; absent when the account is closed.
    #[schema(example = "reviewer.lin")]
    pub staff_login: Option<String>,
    /// In which role.
    pub by: AccessedBy,
    /// What was opened.
    pub what: AccessedData,
    /// Why.
    pub reason: AccessReason,
    /// Whose; absent for a bundle, which holds many, and for somebody who is on no roster.
    pub masked_name: Option<MaskedName>,
    /// Of which campaign.
    pub campaign: Option<CampaignId>,
    /// Its title.
    pub campaign_title: Option<String>,
    /// Its school.
    pub school_name: Option<String>,
}

/// What was looked at, roughly; to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookedKind {
    /// 标准照
    Portrait,
    /// 上网包
    Bundle,
    /// 个人信息
    Person,
}
