//! A student's collection 采集任务: one student, one 学籍.

use std::fmt;

use gradshot_domain::{
    CampaignId, Category, CollectionId, MaskedName, Money, OrderId, PackageId, Policy, Route, StudioId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use gradshot_domain::ConsentPurpose;

use crate::phone::PhoneRoute;
use crate::portrait::Portrait;
use crate::ticket::Ticket;

/// Registers an image code 图像采集码 and ties it to the person by the last four of the ID number.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RegisterImageCode {
    /// The campaign chosen by school and category.
    pub campaign: CampaignId,
    /// Kind of studies.
    pub category: Category,
    /// Either a picture of the code, base64, at most 6 MB; or, when a scanner read it, what it read.
    #[serde(flatten)]
    pub image_code: ImageCode,
    /// Last four of the ID number.
    #[schema(example = "012X")]
    pub id_last4: String,
    /// The student's full name as in the school's roster.
    pub name: String,
}

/// The two ways an image code comes in. Its content is opaque: kept sealed, never interpreted.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImageCode {
    /// A picture (JPEG or PNG) with the code in it, base64.
    ImageCodePicture(String),
    /// The code's text.
    ImageCodeText(String),
}

/// Does not show what it holds.
impl fmt::Debug for RegisterImageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegisterImageCode({:?}, …)", self.campaign)
    }
}

/// A collection as its student sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Collection {
    /// Opaque id.
    pub id: CollectionId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The school's name.
    pub school_name: String,
    /// The campaign's title.
    pub campaign_title: String,
    /// Kind of studies.
    pub category: Category,
    /// The student's own name, masked.
    pub masked_name: MaskedName,
    /// What the student does next.
    pub next_step: NextStep,
    /// What the campaign's policy decides, also once it is closed.
    pub policy: Policy,
    /// Routes to choose from.
    pub routes: Vec<Route>,
    /// The route chosen.
    pub route: Option<Route>,
    /// The phone route, where it is offered.
    #[serde(default)]
    pub phone: Option<PhoneRoute>,
    /// The studio booked.
    pub studio: Option<BookedStudio>,
    /// The order.
    pub order: Option<Order>,
    /// Today's ticket.
    pub ticket: Option<Ticket>,
    /// The newest portrait.
    pub portrait: Option<Portrait>,
}

/// The one thing to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// Read and give the consents.
    Consent,
    /// Choose a route.
    ChooseRoute,
    /// Pay.
    Pay,
    /// Read the photo rules.
    ReadRules,
    /// Have the photo taken with the phone and upload it.
    TakePhoto,
    /// Go to the studio and scan its code.
    CheckIn,
    /// Wait for the number.
    Wait,
    /// Go to the station that called.
    Come,
    /// Wait for the portrait that was just taken.
    WaitForPortrait,
    /// Look at the portrait: confirm or object.
    Decide,
    /// Wait for the reviewer.
    WaitForReview,
    /// Approved: wait for the registry.
    WaitForRegistry,
    /// Done.
    Done,
}

/// All collections of the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Collections {
    /// At most 20.
    pub collections: Vec<Collection>,
}

/// The studio a collection is booked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookedStudio {
    /// Opaque id.
    pub id: StudioId,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Phone number.
    pub phone: String,
    /// Name of the package.
    pub package_name: String,
    /// The same in English, where it has an English name.
    #[serde(default)]
    #[schema(example = "Graduation ID photo")]
    pub en_package_name: Option<String>,
}

/// What is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// Opaque id.
    pub id: OrderId,
    /// Total in fen.
    pub total: Money,
    /// Where it stands.
    pub state: OrderStateName,
    /// When an unpaid order closes.
    pub closes_at: Option<Timestamp>,
}

/// States of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStateName {
    /// 待支付
    Unpaid,
    /// 已支付
    Paid,
    /// 退款中
    Refunding,
    /// 已退款
    Refunded,
    /// 已关闭
    Closed,
}

/// Gives a consent 授权.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GiveConsent {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Version of the text that was read.
    #[schema(example = "2026-11-1")]
    pub text_version: String,
}

/// Books the studio route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookStudio {
    /// The studio.
    pub studio: StudioId,
    /// One of its packages.
    pub package: PackageId,
}

/// Pays an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PayOrder {
    /// How.
    pub provider: PaymentProvider,
}

/// Ways to pay that this server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentProvider {
    /// A stand-in for demonstrations that moves no money; refused unless the server was started with it.
    Sandbox,
}
