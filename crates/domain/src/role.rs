//! What an account may do.

use serde::{Deserialize, Serialize};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 学生
    Student,
    /// 照相馆操作员
    Operator,
    /// 审核员
    Reviewer,
    /// 学校
    School,
    /// 客服
    Support,
    /// 管理员
    Admin,
}
