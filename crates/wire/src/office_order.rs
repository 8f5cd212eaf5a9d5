//! Orders as the office finds them: with payments, refunds and what happened when.

use std::fmt;

use gradshot_domain::{
    BusinessDay, CampaignId, MaskedName, Money, OrderId, Payer, PaymentId, RefundId, StudioId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::collection::OrderStateName;
use crate::pay::{PaymentStateName, RefundStateName};

/// Looks for orders. What is absent does not narrow the search. It goes in a body, so that no phone number stands in an
/// address.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindOrders {
    /// The order's number or that of one of its payments, or its last 6 characters and more.
    #[serde(default)]
    #[schema(example = "c9d4768111")]
    pub number: Option<String>,
    /// The student's whole phone number.
    #[serde(default)]
    #[schema(example = "13900000001")]
    pub phone: Option<String>,
    /// The student's whole name; with `id_last4`.
    #[serde(default)]
    #[schema(example = "林小雨")]
    pub name: Option<String>,
    /// The last four of the student's ID number; with `name`.
    #[serde(default)]
    #[schema(example = "012X")]
    pub id_last4: Option<String>,
    /// Where the order stands.
    #[serde(default)]
    pub state: Option<OrderStateName>,
    /// What it is for.
    #[serde(default)]
    pub kind: Option<OrderKind>,
    /// Of a package of this studio.
    #[serde(default)]
    pub studio: Option<StudioId>,
    /// Of this campaign.
    #[serde(default)]
    pub campaign: Option<CampaignId>,
    /// Placed on this day or after.
    #[serde(default)]
    pub from: Option<BusinessDay>,
    /// Placed on this day or before.
    #[serde(default)]
    pub to: Option<BusinessDay>,
    /// `next` of the page before.
    #[serde(default)]
    pub before: Option<OrderId>,
}

/// Does not show whom it looks for.
impl fmt::Debug for FindOrders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FindOrders(…)")
    }
}

/// What an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// 手机拍照
    Phone,
    /// 照相馆拍摄
    Studio,
    /// 加印
    Prints,
}

/// Orders found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundOrders {
    /// The newest first, at most 50.
    pub orders: Vec<OfficeOrder>,
    /// Give it as `before` for the next page; absent on the last.
    pub next: Option<OrderId>,
}

/// An order as the office lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeOrder {
    /// Its number.
    pub id: OrderId,
    /// Whose.
    pub masked_name: MaskedName,
    /// The school.
    pub school_name: String,
    /// The campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// What it is for.
    pub kind: OrderKind,
    /// The package or the prints; absent on the phone route.
    #[schema(example = "毕业证照采集")]
    pub title: Option<String>,
    /// The same in English, where it has an English name.
    #[schema(example = "Graduation ID photo")]
    pub en_title: Option<String>,
    /// Sheets of prints.
    pub sheets: Option<u8>,
    /// The studio.
    pub studio_name: Option<String>,
    /// How much, in fen.
    pub total: Money,
    /// What went back of it or is about to, in fen.
    pub refunded: Money,
    /// Where it stands.
    pub state: OrderStateName,
    /// When it was placed.
    pub placed_at: Timestamp,
}

/// One order with everything that is known of its money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderFile {
    /// The order.
    pub order: OfficeOrder,
    /// What may still go back, in fen; 0 where nothing may.
    pub refundable: Money,
    /// Its payments, the newest first, at most 20.
    pub payments: Vec<OfficePayment>,
    /// Its refunds, the oldest first, at most 100.
    pub refunds: Vec<OfficeRefund>,
    /// What happened, the oldest first.
    pub events: Vec<OrderEvent>,
}

/// A payment as the office sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficePayment {
    /// The number that the provider knows it by.
    pub id: PaymentId,
    /// The provider's name.
    #[schema(example = "counter")]
    pub provider: String,
    /// Who pays.
    pub payer: Payer,
    /// How much, in fen; of all orders that it pays.
    pub total: Money,
    /// How many orders it pays.
    pub orders: u32,
    /// Where it stands.
    pub state: PaymentStateName,
    /// The provider's own number for the money that came.
    #[schema(example = "4200001234202705181234567890")]
    pub transaction: Option<String>,
    /// When it was prepared.
    pub created_at: Timestamp,
}

/// A refund as the office sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeRefund {
    /// The number that the provider knows it by.
    pub id: RefundId,
    /// How much, in fen.
    pub amount: Money,
    /// Why.
    #[schema(example = "照相馆临时停业")]
    pub reason: String,
    /// Where it stands.
    pub state: RefundStateName,
    /// Who asked for it; absent when the campaign's rules did.
    #[schema(example = "support.lin")]
    pub asked_by: Option<String>,
    /// Since when it stands there.
    pub since: Timestamp,
}

/// Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: OrderEventName,
    /// How much, in fen, where money moved.
    pub amount: Option<Money>,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderEventName {
    /// 下单
    Placed,
    /// 发起支付
    PaymentPrepared,
    /// 支付成功
    Paid,
    /// 支付关闭
    PaymentClosed,
    /// 订单关闭
    Closed,
    /// 发起退款
    RefundAsked,
    /// 退款到账
    RefundDone,
    /// 退款失败
    RefundFailed,
}
