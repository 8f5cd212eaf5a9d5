//! Money: preparing payments, who else pays, refunds, and data for invoices.

use std::collections::BTreeMap;
use std::fmt;

use gradshot_domain::{CampaignId, MaskedName, Money, OrderId, PaymentId, RefundId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::collection::{OrderStateName, PaymentProvider};

/// A payment that a provider waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Prepaid {
    /// Opaque id.
    pub payment: PaymentId,
    /// The provider.
    pub provider: PaymentProvider,
    /// What the page hands to the provider's own script.
    pub sheet: BTreeMap<String, String>,
}

/// How a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentStatus {
    /// Which.
    pub payment: PaymentId,
    /// Where it stands.
    pub state: PaymentStateName,
}

/// States of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStateName {
    /// 待支付
    Prepared,
    /// 支付成功
    Succeeded,
    /// 已关闭
    Closed,
}

/// A link by which a friend pays 找好友代付.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PayLink {
    /// The token in it; whoever has it may pay, and see what [`LinkedOrder`] shows.
    pub token: String,
    /// The page's address.
    #[schema(example = "https://photo.example.edu.cn/phone/#/pay/…")]
    pub url: String,
}

/// What a friend sees: an amount and a masked name, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LinkedOrder {
    /// For whom.
    pub masked_name: MaskedName,
    /// How much, in fen.
    pub total: Money,
    /// Where it stands.
    pub state: OrderStateName,
    /// When it closes if nobody pays.
    pub closes_at: Option<Timestamp>,
    /// Whether payments are pretended here.
    pub sandbox: bool,
}

/// Makes a group whose orders a class leader pays together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPayGroup {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Title, 1 to 30 characters.
    #[schema(example = "软件工程 2 班")]
    pub title: String,
}

/// A group as its leader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PayGroup {
    /// What classmates type to join.
    #[schema(example = "K7RT2M")]
    pub code: String,
    /// Title.
    pub title: String,
    /// Its orders, at most 200.
    pub orders: Vec<GroupOrder>,
    /// What is still to be paid, in fen.
    pub unpaid_total: Money,
}

/// A class leader's groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PayGroups {
    /// The newest first, at most 20.
    pub groups: Vec<PayGroup>,
}

/// One classmate's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupOrder {
    /// Which.
    pub order: OrderId,
    /// Whose.
    pub masked_name: MaskedName,
    /// How much, in fen.
    pub total: Money,
    /// Where it stands.
    pub state: OrderStateName,
}

/// Puts one's own order into a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JoinPayGroup {
    /// Which order.
    pub order: OrderId,
}

/// Orders that a studio's counter may take money for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CounterOrders {
    /// The newest first, at most 50.
    pub orders: Vec<GroupOrder>,
}

/// Gives money back; for support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AskRefund {
    /// How much, in fen; all that is left when absent.
    #[serde(default)]
    pub amount: Option<Money>,
    /// Why, 1 to 60 characters; the payer reads it. Names nobody.
    #[schema(example = "照相馆临时停业")]
    pub reason: String,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Refund {
    /// Opaque id.
    pub id: RefundId,
    /// How much, in fen.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RefundStateName,
}

/// States of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundStateName {
    /// 退款处理中
    Asked,
    /// 已退款
    Done,
    /// 退款失败
    Failed,
}

/// An order's refunds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Refunds {
    /// The oldest first, at most 100.
    pub refunds: Vec<Refund>,
}

/// For whom an order's invoice is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvoiceData {
    /// Title 抬头, 1 to 60 characters.
    #[schema(example = "示范科技有限公司")]
    pub title: String,
    /// Tax number 税号 of 15 to 20 letters and digits; absent for a person.
    #[serde(default)]
    #[schema(example = "91350000000000000X")]
    pub tax_number: Option<String>,
    /// Where the invoice is sent.
    #[schema(example = "student@example.com")]
    pub email: String,
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

secretive! { PayLink InvoiceData }
