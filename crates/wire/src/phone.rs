//! The phone route 手机拍照: what it costs, the photo rules, and the shot that a phone sends.

use gradshot_domain::{Money, ShotId, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use gradshot_domain::ShotSource;

/// The phone route of a collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PhoneRoute {
    /// The price in fen.
    pub price: Money,
    /// Whether a picture from the album may be used.
    pub album_allowed: bool,
    /// Whether another photo is taken only at a studio once the money is here.
    pub no_retake_once_paid: bool,
    /// The version of the photo rules that is to be read.
    pub rules_version: String,
    /// Whether it was read.
    pub rules_read: bool,
    /// The largest shot, bytes.
    pub max_shot_bytes: u64,
    /// The largest piece of a shot in one request, bytes.
    pub max_piece_bytes: u64,
    /// The newest shot.
    pub shot: Option<PhoneShot>,
}

/// A shot that a phone sends or has sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PhoneShot {
    /// Opaque id.
    pub id: ShotId,
    /// Where it stands.
    pub state: ShotStateName,
    /// Bytes that have come.
    pub received_bytes: u64,
    /// Bytes that it has.
    pub total_bytes: u64,
    /// Shots before it in line, while it waits.
    pub ahead: u32,
    /// What was found out about one that became no portrait.
    pub verdict: Option<Verdict>,
}

/// States of a shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShotStateName {
    /// 上传中
    Uploading,
    /// 排队处理中
    Waiting,
    /// 已生成标准照
    Made,
    /// 照片中不是恰好一个人
    Unfit,
    /// 照片无法读取
    Unreadable,
    /// 处理失败
    Failed,
    /// 已取消
    Dropped,
}

/// The photo rules 拍摄须知.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoRules {
    /// Grows whenever one of the rules changes.
    #[schema(example = "2026-11-1")]
    pub version: String,
    /// The rules in the order in which they are read.
    pub rules: Vec<PhotoRule>,
}

/// One photo rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoRule {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Says that the photo rules were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadPhotoRules {
    /// The version that was read.
    pub version: String,
}
