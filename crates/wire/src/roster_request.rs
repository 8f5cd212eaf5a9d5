//! A student's request to be added to a roster 增补名单, and the school's answer.

use std::fmt;

use gradshot_domain::{CampaignId, Category, RosterRequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Asks the school to add the caller to its roster.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct AskForRoster {
    /// The campaign.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// Full name.
    #[schema(example = "林小雨")]
    pub name: String,
    /// Student number 学号.
    #[schema(example = "S20270001")]
    pub student_number: String,
    /// Last four of the ID number.
    #[schema(example = "012X")]
    pub id_last4: String,
    /// What the school should know; at most 300 characters.
    #[serde(default)]
    pub note: String,
}

/// A request as its student sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterRequest {
    /// Opaque id.
    pub id: RosterRequestId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The school's name.
    pub school_name: String,
    /// Kind of studies.
    pub category: Category,
    /// Where it stands.
    pub state: RosterRequestStateName,
    /// Why the school declined; absent otherwise.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// States of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RosterRequestStateName {
    /// 待学校处理
    Open,
    /// 已增补
    Accepted,
    /// 未通过
    Declined,
    /// 已撤回
    Withdrawn,
}

/// The caller's requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterRequests {
    /// The newest first, at most 50.
    pub requests: Vec<RosterRequest>,
}

/// A request as the school sees it: whom the school knows, it sees in clear.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SchoolRosterRequest {
    /// Opaque id.
    pub id: RosterRequestId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// Full name.
    pub name: String,
    /// Student number 学号.
    pub student_number: String,
    /// Last four of the ID number.
    pub id_last4: String,
    /// What the student wrote.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Requests that wait for a school's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SchoolRosterRequests {
    /// The oldest first, at most 50.
    pub requests: Vec<SchoolRosterRequest>,
    /// Asks for the next page; absent on the last one.
    pub next: Option<RosterRequestId>,
}

/// Says no to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeclineRosterRequest {
    /// Why, for the student; 1 to 200 characters.
    #[schema(example = "学号与学校记录不一致，请核对")]
    pub reason: String,
}

/// Tries at the last four of the ID number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VerificationTries {
    /// How many are left.
    pub left: u32,
    /// Until when no further one is taken; absent when there is no lock.
    pub locked_until: Option<Timestamp>,
}

/// Schools that were found, with what they collect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Schools {
    /// By name, at most 50.
    pub schools: Vec<School>,
}

/// A school with its campaigns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct School {
    /// Opaque id.
    pub id: gradshot_domain::SchoolId,
    /// Name.
    #[schema(example = "示范大学")]
    pub name: String,
    /// Its campaigns with their categories, the newest first.
    pub campaigns: Vec<crate::campaign::Campaign>,
}

macro_rules! secretive {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secretive! { AskForRoster SchoolRosterRequest }
