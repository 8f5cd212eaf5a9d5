//! Prints 加印 of one's own portrait, sent by courier.

use std::fmt;

use gradshot_domain::{MaskedName, Money, OrderId, PrintProduct};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To whom a parcel goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recipient {
    /// Name, 1 to 40 characters.
    #[schema(example = "林小雨")]
    pub name: String,
    /// Mobile phone number, which the courier calls.
    #[schema(example = "13900000001")]
    pub phone: String,
    /// Address, 5 to 120 characters.
    #[schema(example = "示范省示范市示范路 1 号示范大学 3 号楼")]
    pub address: String,
}

/// Orders prints of the caller's portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderPrints {
    /// Which of the products offered.
    #[schema(example = "one-inch-8")]
    pub product: String,
    /// How many sheets, 1 to 20.
    pub sheets: u8,
    /// To whom they go.
    pub recipient: Recipient,
}

/// What is offered and what was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Prints {
    /// What the campaign offers; nothing when empty.
    pub products: Vec<PrintProduct>,
    /// Whether prints may be ordered now: a portrait was given in.
    pub may_order: bool,
    /// The newest first, at most 20.
    pub orders: Vec<PrintOrder>,
}

/// A print order as its student sees it. It is paid like any order of this id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrintOrder {
    /// The order to pay.
    pub order: OrderId,
    /// What was ordered.
    pub product: PrintProduct,
    /// How many sheets.
    pub sheets: u8,
    /// What it comes to with its postage, in fen.
    pub total: Money,
    /// Where it stands.
    pub state: PrintOrderStateName,
    /// When an unpaid one closes.
    pub closes_at: Option<Timestamp>,
    /// When its parcel's state changed last.
    pub changed_at: Timestamp,
    /// The courier's company, once it was sent.
    pub courier: Option<String>,
    /// The parcel's number there.
    pub courier_number: Option<String>,
    /// To whom it goes; absent once it is not needed any more.
    pub recipient: Option<Recipient>,
}

/// States of a print order, its money's among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintOrderStateName {
    /// 待支付
    Unpaid,
    /// 待制作
    Paid,
    /// 制作中
    Printing,
    /// 已寄出
    Sent,
    /// 已收到
    Received,
    /// 已取消
    Cancelled,
    /// 退款中
    Refunding,
    /// 已退款
    Refunded,
}

/// Which print orders staff see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintWorkState {
    /// Paid, nothing printed.
    #[default]
    Ordered,
    /// Being printed and packed.
    Printing,
    /// With the courier.
    Sent,
    /// With the student.
    Received,
}

/// Print orders as staff see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrintWorkPage {
    /// The oldest first.
    pub orders: Vec<PrintWork>,
    /// Give it as `after` for the next page; absent on the last.
    pub next: Option<OrderId>,
}

/// One print order as staff see it: no address until it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrintWork {
    /// The order.
    pub order: OrderId,
    /// Whose portrait, masked.
    pub masked_name: MaskedName,
    /// What is printed, with its layout.
    pub product: PrintProduct,
    /// How many sheets.
    pub sheets: u8,
    /// Where it stands.
    pub state: PrintOrderStateName,
    /// Whether a reviewer approved the portrait, so that it may be printed.
    pub may_print: bool,
    /// When its parcel's state changed last.
    pub changed_at: Timestamp,
    /// The courier's company, once it was sent.
    pub courier: Option<String>,
    /// The parcel's number there.
    pub courier_number: Option<String>,
}

/// Says that the courier has a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SendPrints {
    /// The courier's company, 1 to 20 characters.
    #[schema(example = "示范快递")]
    pub courier: String,
    /// The parcel's number, 6 to 40 letters, digits and hyphens.
    #[schema(example = "SF0000000001")]
    pub number: String,
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recipient(…)")
    }
}
