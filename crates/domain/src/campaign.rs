//! Campaign 采集批次: a school's collection and its policy.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InvalidTransition, PrintProduct};

/// Kind of studies 学历类别.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 专科
    Associate,
    /// 本科
    Bachelor,
    /// 硕士研究生
    Master,
    /// 博士研究生
    Doctor,
    /// 成人高等教育
    Continuing,
}

/// Whether a campaign still takes students.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// Students register.
    Open,
    /// Nobody registers any more; who has goes on to the end.
    Closed {
        /// Since when.
        at: Timestamp,
    },
}

impl CampaignState {
    /// The campaign is over.
    pub const fn close(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Open => Ok(Self::Closed { at }),
            Self::Closed { .. } => {
                Err(InvalidTransition { thing: "campaign", state: "closed", verb: "be closed" })
            }
        }
    }

    /// Whether students may register.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }
}

/// How the photo is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// 手机拍照: by a friend's hands with the student's phone.
    Phone,
    /// 照相馆拍摄: at a studio.
    Studio,
}

/// When the student pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentTime {
    /// Once, before the first shot; any number of shots until submitted.
    BeforeCapture,
    /// After the portrait was seen; an unpaid order closes by itself.
    AfterPreview,
}

/// Until when a student may have the photo taken again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RetakeRule {
    /// Until the portrait is submitted.
    UntilSubmitted,
    /// Until the order is paid; afterwards only at a studio.
    UntilPaid,
}

/// What happens to the money when a reviewer rejects a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionRule {
    /// It stays; shooting again is free.
    #[default]
    RetakeFree,
    /// It goes back by itself; the student collects and pays again.
    Refund,
}

/// Who may pay an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The student.
    Student,
    /// A friend through a link 找好友代付.
    Friend,
    /// A class leader for a group.
    ClassLeader,
    /// The studio's counter takes the money.
    Counter,
}

/// An amount of money in fen (1/100 yuan). Shown as ￥35.00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = u32, example = 3500))]
#[serde(transparent)]
pub struct Money(u32);

impl Money {
    /// An amount of so many fen.
    pub const fn from_fen(fen: u32) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    pub const fn as_fen(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "￥{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// What a campaign decides. The manuals of different schools differ here and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// When the student pays.
    pub payment: PaymentTime,
    /// Until when a retake is allowed.
    pub retakes: RetakeRule,
    /// The routes offered, at least one.
    pub routes: Vec<Route>,
    /// Whether a picture from the album may be used on the phone route.
    pub album_allowed: bool,
    /// Whether the student may withdraw a portrait that is in review.
    pub withdraw_in_review: bool,
    /// Promised duration of the review in working days.
    pub review_promise_days: u8,
    /// Minutes after which an unpaid order closes by itself.
    pub unpaid_order_minutes: u16,
    /// Who may pay, at least one.
    pub payers: Vec<Payer>,
    /// Id of the photo spec, for example `chsi`.
    pub spec: String,
    /// What happens to the money when a reviewer rejects a portrait.
    #[serde(default)]
    pub rejection: RejectionRule,
    /// Prints that may be ordered; none when empty.
    #[serde(default)]
    pub prints: Vec<PrintProduct>,
    /// What the phone route costs; without a price it is not offered.
    #[serde(default)]
    pub phone_price: Option<Money>,
}

/// What is wrong with a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPolicy {
    /// No way to take the photo.
    #[error("a policy has to offer at least one route")]
    NoRoute,
    /// Nobody may pay.
    #[error("a policy has to name at least one payer")]
    NoPayer,
    /// An order would close the moment it was made.
    #[error("an unpaid order has to live for at least one minute")]
    NoTimeToPay,
    /// Names that are there twice, or out of their limits.
    #[error("prints need different short names, a title and at least one copy; at most 20 are offered")]
    Prints,
}

impl Policy {
    /// Checks what the types cannot say.
    pub fn validated(self) -> Result<Self, InvalidPolicy> {
        if self.routes.is_empty() {
            Err(InvalidPolicy::NoRoute)
        } else if self.payers.is_empty() {
            Err(InvalidPolicy::NoPayer)
        } else if self.unpaid_order_minutes == 0 {
            Err(InvalidPolicy::NoTimeToPay)
        } else if !prints_are_valid(&self.prints) {
            Err(InvalidPolicy::Prints)
        } else {
            Ok(self)
        }
    }

    /// Whether students may choose this route. The phone route needs a price.
    pub fn offers(&self, route: Route) -> bool {
        self.routes.contains(&route) && (route == Route::Studio || self.phone_price.is_some())
    }

    /// A college's own campaign: pay first, shoot until content, studio and phone.
    pub fn pay_first() -> Self {
        Self {
            payment: PaymentTime::BeforeCapture,
            retakes: RetakeRule::UntilSubmitted,
            routes: vec![Route::Phone, Route::Studio],
            album_allowed: true,
            withdraw_in_review: true,
            review_promise_days: 2,
            unpaid_order_minutes: 30,
            payers: vec![Payer::Student, Payer::Friend, Payer::Counter],
            spec: "chsi".to_owned(),
            rejection: RejectionRule::RetakeFree,
            prints: Vec::new(),
            phone_price: Some(Money::from_fen(1500)),
        }
    }

    /// A photo company's online campaign: see the portrait, then pay; once paid no retake but at a studio.
    pub fn pay_after_preview() -> Self {
        Self {
            payment: PaymentTime::AfterPreview,
            retakes: RetakeRule::UntilPaid,
            album_allowed: false,
            withdraw_in_review: false,
            payers: vec![Payer::Student],
            rejection: RejectionRule::Refund,
            ..Self::pay_first()
        }
    }
}

/// Print products of one campaign.
const PRINTS: usize = 20;

fn prints_are_valid(prints: &[PrintProduct]) -> bool {
    let is_first =
        |(place, print): (usize, &PrintProduct)| prints[..place].iter().all(|before| before.id != print.id);
    prints.len() <= PRINTS
        && prints.iter().all(PrintProduct::is_valid)
        && prints.iter().enumerate().all(is_first)
}

/// The campaign's code 特征码 as people type it: 4 to 8 letters and digits, upper and lower case told apart.
pub fn parse_campaign_code(text: &str) -> Option<String> {
    let code = text.trim();
    ((4..=8).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| code.to_owned())
}

/// Makes a campaign code of six characters that are not mistaken for each other when read aloud.
pub fn campaign_code(rng: &mut impl rand::Rng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    use rand::RngExt;
    (0..6).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_the_way_people_write_it() {
        assert_eq!(Money::from_fen(3500).to_string(), "￥35.00");
        assert_eq!(Money::from_fen(1350).to_string(), "￥13.50");
        assert_eq!(Money::from_fen(5).to_string(), "￥0.05");
    }

    #[test]
    fn a_policy_without_a_way_is_refused() {
        assert!(Policy::pay_first().validated().is_ok());
        assert!(Policy::pay_after_preview().validated().is_ok());
        let nowhere = Policy { routes: vec![], ..Policy::pay_first() };
        assert_eq!(nowhere.validated(), Err(InvalidPolicy::NoRoute));
    }

    #[test]
    fn codes_keep_their_case() {
        assert_eq!(parse_campaign_code(" aatt7m ").as_deref(), Some("aatt7m"));
        assert_eq!(parse_campaign_code("EK43").as_deref(), Some("EK43"));
        assert_eq!(parse_campaign_code("采集码"), None);
        assert_eq!(parse_campaign_code("abc"), None);
    }
}
