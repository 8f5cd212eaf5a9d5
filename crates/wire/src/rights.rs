//! A person's rights over the own data: a copy of all of it, and its deletion.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Closes the caller's account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CloseAccount {
    /// A code by SMS for closing the account.
    #[schema(example = "482109")]
    pub code: String,
}

/// How much was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountClosed {
    /// Ways in: phone number.
    pub identities: u64,
    /// Sessions.
    pub sessions: u64,
    /// Messages.
    pub messages: u64,
    /// Lines of conversations, with their attachments.
    pub conversation_lines: u64,
    /// Requests to be added to a roster.
    pub roster_requests: u64,
    /// Data for invoices.
    pub invoices: u64,
    /// Names, phone numbers and addresses that prints were sent to.
    #[serde(default)]
    pub recipients: u64,
    /// What stays and why, in Chinese.
    pub zh_kept: String,
    /// What stays and why, in English.
    pub en_kept: String,
}

impl fmt::Debug for CloseAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CloseAccount(…)")
    }
}

/// Who looked at what is kept of the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccessesPage {
    /// The newest first.
    pub accesses: Vec<Access>,
    /// Give it as `before` for the next page; absent on the last.
    pub next: Option<String>,
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Access {
    /// Opaque id, sorted by time.
    pub id: String,
    /// What was opened.
    pub what: AccessedData,
    /// Who, by role; nobody is named.
    pub by: AccessedBy,
    /// Why.
    pub reason: AccessReason,
    /// When.
    pub at: Timestamp,
}

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessedData {
    /// 标准照
    Portrait,
    /// 含标准照的上网包
    Bundle,
    /// 全部个人信息
    Everything,
    /// 名单增补信息
    RosterRequest,
    /// 收件信息
    Recipient,
    /// 客服会话
    Conversation,
    /// 采集进度
    Progress,
    /// 订单与付款
    Orders,
}

/// Who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessedBy {
    /// 本人
    Yourself,
    /// 机位上传核验
    Station,
    /// 审核员
    Reviewer,
    /// 学校
    School,
    /// 客服
    Support,
    /// 管理员
    Admin,
}

/// Why somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessReason {
    /// 上传时核对
    Arrival,
    /// 本人查看
    ShownToOwner,
    /// 人工审核
    Review,
    /// 打包上网
    HandOver,
    /// 下载上网包
    Download,
    /// 导出个人信息
    Export,
    /// 加印
    Print,
    /// 客服处理
    Support,
    /// 按手机号或姓名查询
    PhoneSearch,
    /// 学校处理名单增补
    RosterRequest,
}
