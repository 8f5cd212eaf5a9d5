//! A student as support sees him or her: how far things have come, without what support does not need.

use std::fmt;

use gradshot_domain::{
    BusinessDay, Category, CollectionId, MaskedName, OrderId, PortraitId, RejectReason, TicketNumber,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::collection::{BookedStudio, NextStep, Order};
use crate::portrait::PortraitStateName;
use crate::prints::PrintOrderStateName;
use crate::ticket::TicketStateName;

/// Looks for a student by the phone number that he or she named.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindStudent {
    /// The whole number; nothing is found by a part of it.
    #[schema(example = "13900000001")]
    pub phone: String,
}

/// A student with everything that is under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SupportedStudent {
    /// The phone number, masked.
    #[schema(example = "139****0001")]
    pub masked_student: String,
    /// Until when the student lets support see the portrait.
    pub picture_until: Option<Timestamp>,
    /// The oldest first, at most 20.
    pub collections: Vec<SupportedCollection>,
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SupportedCollection {
    /// Opaque id.
    pub id: CollectionId,
    /// The school's name.
    pub school_name: String,
    /// The campaign's title.
    pub campaign_title: String,
    /// Kind of studies.
    pub category: Category,
    /// The student's name, masked.
    pub masked_name: MaskedName,
    /// What the student's page asks for now.
    pub next_step: NextStep,
    /// The studio booked.
    pub studio: Option<BookedStudio>,
    /// The order.
    pub order: Option<Order>,
    /// Today's ticket.
    pub ticket: Option<SupportedTicket>,
    /// The newest portrait.
    pub portrait: Option<SupportedPortrait>,
    /// Orders of prints, the newest first.
    pub prints: Vec<SupportedPrints>,
}

/// A ticket without its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportedTicket {
    /// The number.
    pub number: TicketNumber,
    /// Where it stands.
    pub state: TicketStateName,
    /// How many are called before.
    pub ahead: u32,
    /// Expected wait.
    pub expected_wait_minutes: u32,
}

/// A portrait without its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportedPortrait {
    /// Opaque id.
    pub id: PortraitId,
    /// Where it stands.
    pub state: PortraitStateName,
    /// Why a reviewer rejected it.
    pub reject_reasons: Vec<RejectReason>,
    /// What the reviewer wrote to the student.
    pub reject_note: Option<String>,
    /// Until when the review is promised.
    pub review_due: Option<BusinessDay>,
    /// Where the picture is, while the student lets support see it.
    pub picture_url: Option<String>,
}

/// Prints without their recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportedPrints {
    /// The order.
    pub order: OrderId,
    /// What was ordered.
    pub title: String,
    /// The same in English, where they have an English name.
    #[serde(default)]
    #[schema(example = "One inch, 8 prints")]
    pub en_title: Option<String>,
    /// Where it stands.
    pub state: PrintOrderStateName,
}

/// Lets support see the caller's newest portraits, or not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetSupportSee {
    /// Whether support may see them, for 24 hours.
    pub allowed: bool,
}

impl fmt::Debug for FindStudent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FindStudent(…)")
    }
}
