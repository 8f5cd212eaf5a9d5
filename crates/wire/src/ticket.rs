//! A ticket 排号 as its student sees it.

use gradshot_domain::{CollectionId, TicketId, TicketNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Joins the queue of the studio whose code was scanned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckIn {
    /// The collection.
    pub collection: CollectionId,
}

/// A place in line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    /// Opaque id.
    pub id: TicketId,
    /// The number.
    pub number: TicketNumber,
    /// Where it stands.
    pub state: TicketStateName,
    /// People ahead; 0 when not waiting.
    pub ahead: u32,
    /// Expected wait in minutes; 0 when not waiting.
    pub expected_wait_minutes: u32,
    /// The station that called.
    pub station_name: Option<String>,
    /// The signed text for the arrival QR code.
    pub token: String,
}

/// States of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketStateName {
    /// 等待中
    Waiting,
    /// 已叫号
    Called,
    /// 已到场
    Arrived,
    /// 已拍摄
    Served,
    /// 已过号
    Skipped,
    /// 已转移
    Transferred,
    /// 已取消
    Cancelled,
    /// 已过期
    Expired,
}
