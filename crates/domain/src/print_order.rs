//! Print order 加印: prints of one's own portrait, sent by courier. What is owed for it is an [`Order`] of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InvalidTransition, Money, Order, Portrait, PortraitState};

/// Prints that a campaign offers. Most offer none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrintProduct {
    /// Short name of 1 to 32 lower-case letters, digits and hyphens, for example `one-inch-8`.
    pub id: String,
    /// What the student reads, for example `一寸 8 张`.
    pub title: String,
    /// The same in English, for pages that speak it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en_title: Option<String>,
    /// Which layout the sheet is printed with, as the command `gradshot sheet` knows it.
    pub layout: String,
    /// Prints on one sheet.
    pub copies: u16,
    /// Price of a sheet in fen.
    pub price: Money,
    /// Postage of a parcel in fen, whatever the number of sheets.
    pub postage: Money,
}

impl PrintProduct {
    /// Sheets that one order may have.
    pub const MAX_SHEETS: u8 = 20;

    /// What so many sheets cost with their postage; `None` for none, too many, or too much money.
    pub fn total(&self, sheets: u8) -> Option<Money> {
        let fits = (1..=Self::MAX_SHEETS).contains(&sheets);
        let sum = self.price.as_fen().checked_mul(u32::from(sheets))?.checked_add(self.postage.as_fen())?;
        fits.then_some(Money::from_fen(sum))
    }

    /// Whether names and numbers are within their limits.
    pub fn is_valid(&self) -> bool {
        let short = |text: &str| {
            (1..=32).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let readable = |text: &str| {
            (1..=40).contains(&text.chars().count())
                && !text.trim().is_empty()
                && !text.chars().any(char::is_control)
        };
        short(&self.id)
            && short(&self.layout)
            && readable(&self.title)
            && self.en_title.as_deref().is_none_or(readable)
            && self.copies > 0
    }
}

/// Where a print order's parcel stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PrintOrder {
    /// Nothing was printed yet.
    Ordered,
    /// Being printed and packed.
    Printing {
        /// Since when.
        since: Timestamp,
    },
    /// With the courier.
    Sent {
        /// The courier's company.
        courier: String,
        /// The parcel's number there.
        number: String,
        /// When it was given to the courier.
        at: Timestamp,
    },
    /// The student has it.
    Received {
        /// When the student said so.
        at: Timestamp,
    },
    /// Given up before anything was printed.
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

impl PrintOrder {
    /// The state's name, as in the database and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Printing { .. } => "printing",
            Self::Sent { .. } => "sent",
            Self::Received { .. } => "received",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// Whether prints of a portrait in this state may be ordered: it was given in.
    pub const fn is_for(state: &PortraitState) -> bool {
        state.is_final()
            || matches!(
                state,
                PortraitState::Confirmed { .. }
                    | PortraitState::InReview { .. }
                    | PortraitState::SecondLook { .. }
            )
    }

    /// Whether the recipient's address is still needed for an order whose money stands like this.
    pub const fn needs_address(&self, order: &Order) -> bool {
        match self {
            Self::Ordered => order.is_paid(),
            Self::Printing { .. } | Self::Sent { .. } => true,
            Self::Received { .. } | Self::Cancelled { .. } => false,
        }
    }

    /// Printing begins: the money is here, and a reviewer approved the portrait.
    pub fn print(self, order: &Order, portrait: &Portrait, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Ordered if order.is_paid() && portrait.state.is_final() => Ok(Self::Printing { since: at }),
            state => Err(refused(&state, "be printed before it is paid and the portrait approved")),
        }
    }

    /// The courier has the parcel.
    pub fn send(self, courier: String, number: String, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Printing { .. } => Ok(Self::Sent { courier, number, at }),
            state => Err(refused(&state, "be sent")),
        }
    }

    /// The student has the parcel.
    pub fn receive(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Sent { .. } => Ok(Self::Received { at }),
            state => Err(refused(&state, "be received")),
        }
    }

    /// Given up; what was paid goes back.
    pub fn cancel(self, at: Timestamp) -> Result<Self, InvalidTransition> {
        match self {
            Self::Ordered => Ok(Self::Cancelled { at }),
            state => Err(refused(&state, "be cancelled")),
        }
    }
}

const fn refused(state: &PrintOrder, verb: &'static str) -> InvalidTransition {
    InvalidTransition { thing: "print order", state: state.name(), verb }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountId;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn paid() -> Order {
        Order::place(Money::from_fen(2300), AT).pay(AT).unwrap()
    }

    fn approved() -> Portrait {
        Portrait { state: PortraitState::Approved { reviewer: AccountId::from_bytes([1; 16]), at: AT } }
    }

    #[test]
    fn nothing_is_printed_before_it_is_paid_and_approved() {
        let unpaid = Order::place(Money::from_fen(2300), AT);
        assert!(PrintOrder::Ordered.print(&unpaid, &approved(), AT).is_err());
        assert!(PrintOrder::Ordered.print(&paid(), &Portrait::seal(AT), AT).is_err());
        let printing = PrintOrder::Ordered.print(&paid(), &approved(), AT).unwrap();
        assert!(printing.clone().cancel(AT).is_err(), "what is printed is not given up");
        let sent = printing.send("示范快递".to_owned(), "SF0001".to_owned(), AT).unwrap();
        assert!(sent.needs_address(&paid()));
        assert!(!sent.receive(AT).unwrap().needs_address(&paid()));
    }

    #[test]
    fn a_parcel_costs_its_sheets_and_its_postage_once() {
        let product = PrintProduct {
            id: "one-inch-8".to_owned(),
            title: "一寸 8 张".to_owned(),
            en_title: Some("One inch, 8 prints".to_owned()),
            layout: "one-inch".to_owned(),
            copies: 8,
            price: Money::from_fen(800),
            postage: Money::from_fen(1200),
        };
        assert!(
            product.is_valid() && !PrintProduct { layout: "../a".to_owned(), ..product.clone() }.is_valid()
        );
        assert!(!PrintProduct { en_title: Some(" ".to_owned()), ..product.clone() }.is_valid());
        assert_eq!(product.total(2), Some(Money::from_fen(2800)));
        assert_eq!((product.total(0), product.total(21)), (None, None));
    }
}
