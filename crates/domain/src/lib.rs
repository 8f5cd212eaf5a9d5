//! States, rules and words of graduation-photo collection (毕业证照采集); no IO.
//!
//! Every word here means one thing, and the same thing in SQL, in TypeScript and on the screen. A state is an enum
//! whose variants hold exactly the facts true then; a transition is `fn verb(self, …, at) -> Result<Self, …>`. Time
//! and randomness are arguments: nothing in this crate reads a clock, a file or a socket.

mod business_day;
mod campaign;
mod clock;
mod consent;
mod id;
mod masked_name;
mod order;
mod portrait;
mod role;
mod roster;
mod ticket;
mod transition;
mod verdict;

pub use business_day::{BusinessDay, InvalidBusinessDay};
pub use campaign::{
    Category, InvalidPolicy, Money, Payer, PaymentTime, Policy, RetakeRule, Route, campaign_code,
    parse_campaign_code,
};
pub use clock::{Clock, SystemClock};
pub use consent::ConsentPurpose;
pub use id::{
    AccountId, BundleId, CampaignId, CollectionId, InvalidId, JobId, OrderId, PackageId, PortraitId,
    RosterEntryId, SchoolId, ShotId, StationId, StudioId, TicketId,
};
pub use masked_name::MaskedName;
pub use order::{Order, OrderState};
pub use portrait::{Portrait, PortraitState, RejectReason};
pub use role::Role;
pub use roster::{IdLast4, InvalidRosterField, PersonName, StudentNumber};
pub use ticket::{BackInLine, InvalidTicketNumber, Priority, Ticket, TicketNumber, TicketState};
pub use transition::InvalidTransition;
pub use verdict::{Finding, FindingId, Limit, Outcome, Severity, Unit, Verdict};
