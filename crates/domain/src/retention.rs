//! How long each kind of personal data is kept, and why: the one table of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A kind of personal data that goes by itself once it is not needed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeptKind {
    /// Sealed bytes of portraits that were objected to, rejected, withdrawn or refused.
    UnusedPortraits,
    /// Sealed bytes of portraits that the registry has.
    RegisteredPortraits,
    /// Files of bundles whose portraits all have the registry's answer.
    BundleFiles,
    /// Lines of a closed campaign's roster that nobody registered for.
    RosterEntries,
    /// Name, numbers and image code of students who are registered, or whose campaign is closed and who wait for nothing.
    FinishedStudents,
    /// Answered requests to be added to a roster.
    RosterRequests,
    /// Names, phone numbers and addresses of parcels that are over.
    Recipients,
    /// Messages that were sent or given up.
    Messages,
    /// Conversations in which nobody waits for an answer.
    Conversations,
    /// Codes by SMS that are over.
    SmsCodes,
}

/// How long, within which limits, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Days unless it is set otherwise.
    pub days: u16,
    /// The fewest days that may be set: what is needed for the work.
    pub min_days: u16,
    /// The most days that may be set.
    pub max_days: u16,
    /// Why, in Chinese.
    pub zh_why: &'static str,
    /// Why, in English.
    pub en_why: &'static str,
}

impl KeptKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::UnusedPortraits,
        Self::RegisteredPortraits,
        Self::BundleFiles,
        Self::RosterEntries,
        Self::FinishedStudents,
        Self::RosterRequests,
        Self::Recipients,
        Self::Messages,
        Self::Conversations,
        Self::SmsCodes,
    ];

    /// How long and why. The law asks for the shortest time that the purpose needs (个人信息保护法 art. 19).
    pub const fn retention(self) -> Retention {
        let (days, min_days, max_days, zh_why, en_why) = match self {
            Self::UnusedPortraits => (
                30,
                7,
                180,
                "未采用的标准照只在申诉期内需要",
                "A portrait that is not used is needed only while somebody may complain",
            ),
            Self::RegisteredPortraits => (
                90,
                30,
                365,
                "上网后保留一个校对期，以便更正",
                "Once registered it is kept while the student may have it corrected",
            ),
            Self::BundleFiles => (
                30,
                7,
                365,
                "全部有结果的上网包不再需要",
                "A bundle is not needed once all of it was answered",
            ),
            Self::RosterEntries => (
                30,
                7,
                365,
                "批次结束后，未登记同学的名单不再需要",
                "Once a campaign is closed, nobody registers by its roster any more",
            ),
            Self::FinishedStudents => (
                180,
                90,
                730,
                "已上网或批次已结束的同学，身份信息与图像采集码仅在更正期内需要；姓名只留姓氏",
                "Who the student is and the image code are needed only while a registration may be corrected; of the name the \
                 first character stays",
            ),
            Self::RosterRequests => (
                90,
                30,
                365,
                "增补申请处理完毕后保留至可复核期满",
                "An answered request is kept while it may be asked about",
            ),
            Self::Recipients => (
                30,
                7,
                180,
                "包裹结束后，收件信息仅在售后期内需要",
                "An address is needed only until its parcel's complaints are over",
            ),
            Self::Messages => (
                90,
                7,
                365,
                "已发送的消息仅用于核对是否通知",
                "A message that was sent shows only that somebody was told",
            ),
            Self::Conversations => (
                180,
                30,
                1095,
                "已答复的咨询保留至可复核期满",
                "An answered conversation is kept while it may be asked about",
            ),
            Self::SmsCodes => (
                2,
                2,
                30,
                "过期的验证码仅用于限制发送次数",
                "A code that is over only limits how many more are sent",
            ),
        };
        Retention { days, min_days, max_days, zh_why, en_why }
    }
}

impl Retention {
    /// Whether so many days may be set.
    pub const fn allows(&self, days: u16) -> bool {
        self.min_days <= days && days <= self.max_days
    }
}

/// So many days.
pub const fn days(days: u16) -> Duration {
    Duration::from_hours(24 * days as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_kept_within_its_own_limits_and_no_longer_than_three_years() {
        for kind in KeptKind::ALL {
            let retention = kind.retention();
            assert!(retention.allows(retention.days), "{kind:?}");
            assert!(retention.max_days <= 1095 && retention.min_days > 0, "{kind:?}");
        }
    }
}
