//! Typed ids: UUID version 7, so that they sort by time and need no server to be unique.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use rand::Rng;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not one of our ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind} id")]
pub struct InvalidId {
    /// Which kind of id was expected.
    pub kind: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident $kind:literal)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String, format = "uuid"))]
        pub struct $name(Uuid);

        impl $name {
            /// A new id for something that came to be at `at`.
            pub fn new(at: Timestamp, rng: &mut impl Rng) -> Self {
                Self(version_7(at, rng))
            }

            /// The 16 bytes of the id.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// When it was made, to the millisecond; `None` for an id that was not made by [`Self::new`].
            pub fn made_at(&self) -> Option<Timestamp> {
                let millis = (self.0.as_u128() >> 80) as i64;
                (self.0.get_version_num() == 7).then(|| Timestamp::from_millisecond(millis).ok()).flatten()
            }

            /// The id from its 16 bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($kind, ":{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text).map(Self).map_err(|_| InvalidId { kind: $kind })
            }
        }
    )+};
}

ids! {
    /// A school 学校.
    SchoolId "school"
    /// A campaign 采集批次: one school's collection with its policy.
    CampaignId "campaign"
    /// A line of a school's roster 名单.
    RosterEntryId "roster entry"
    /// A request to be added to a roster 增补名单.
    RosterRequestId "roster request"
    /// An account: one person, whatever the ways in.
    AccountId "account"
    /// An identity: a way into an account.
    IdentityId "identity"
    /// A session of an account.
    SessionId "session"
    /// A code by SMS 验证码.
    SmsCodeId "code"
    /// A message 短信 in the outbox.
    MessageId "message"
    /// A collection 采集任务: one student, one 学籍.
    CollectionId "collection"
    /// A studio 照相馆.
    StudioId "studio"
    /// A package 服务套餐 of a studio.
    PackageId "package"
    /// A station 机位: one camera with its computer.
    StationId "station"
    /// A ticket 排号.
    TicketId "ticket"
    /// A shot 原片.
    ShotId "shot"
    /// A portrait 标准照.
    PortraitId "portrait"
    /// A print 打印 from a desk: copies of one portrait's sheet.
    PrintId "print"
    /// An order 订单.
    OrderId "order"
    /// A payment 支付: the number that a provider knows it by.
    PaymentId "payment"
    /// A refund 退款: the number that a provider knows it by.
    RefundId "refund"
    /// A group whose orders a class leader pays together.
    PayGroupId "group"
    /// A conversation 客服 with support.
    ConversationId "conversation"
    /// One thing that was said in a conversation.
    ConversationLineId "line"
    /// A hand-over bundle 上网包.
    BundleId "bundle"
    /// A job: work that the server does later.
    JobId "job"
}

fn version_7(at: Timestamp, rng: &mut impl Rng) -> Uuid {
    let mut random = [0u8; 10];
    rng.fill_bytes(&mut random);
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn later_ids_sort_later_and_survive_text() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        let early = TicketId::new(Timestamp::from_second(1_700_000_000).unwrap(), &mut rng);
        let late = TicketId::new(Timestamp::from_second(1_700_000_001).unwrap(), &mut rng);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert_eq!("A012".parse::<TicketId>(), Err(InvalidId { kind: "ticket" }));
    }
}
