//! A portrait 标准照 as its student and its reviewer see it.

use gradshot_domain::{BusinessDay, PortraitId, RejectReason, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A portrait. The picture itself is at `picture_url`, for its owner and its reviewer only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Portrait {
    /// Opaque id.
    pub id: PortraitId,
    /// Where it stands.
    pub state: PortraitStateName,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// What was found out about it.
    pub verdict: Verdict,
    /// Where its JPEG is.
    pub picture_url: String,
    /// Why it was rejected; empty otherwise.
    pub reject_reasons: Vec<RejectReason>,
    /// What the reviewer wrote about it; absent otherwise.
    #[serde(default)]
    pub reject_note: Option<String>,
    /// While it is reviewed: the last day on which the decision keeps the promise.
    #[serde(default)]
    pub review_due: Option<BusinessDay>,
}

/// States of a portrait that the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortraitStateName {
    /// 已封存，待上传
    Sealed,
    /// 待确认
    Stored,
    /// 已确认
    Confirmed,
    /// 申请重拍
    Objected,
    /// 审核中
    InReview,
    /// 审核通过
    Approved,
    /// 审核未通过
    Rejected,
    /// 已撤回
    Withdrawn,
    /// 上网中
    HandedOver,
    /// 已上网
    Registered,
    /// 学信网退回
    Refused,
}
