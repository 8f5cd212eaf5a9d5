//! States, rules and words of graduation-photo collection (毕业证照采集); no IO.
//!
//! Every word here means one thing, and the same thing in SQL, in TypeScript and on the screen. A state is an enum
//! whose variants hold exactly the facts true then; a transition is `fn verb(self, …, at) -> Result<Self, …>`. Time
//! and randomness are arguments: nothing in this crate reads a clock, a file or a socket.

mod business_day;
mod campaign;
mod clock;
mod consent;
mod conversation;
mod delivery;
mod file_naming;
mod grant;
mod id;
mod identity;
mod masked_name;
mod one_time_code;
mod order;
mod payment;
mod place;
mod portrait;
mod portrait_source;
mod print_order;
mod retention;
mod role;
mod roster;
mod roster_request;
mod shot;
mod ticket;
mod transition;
mod verdict;
mod working_days;

pub use business_day::{BusinessDay, InvalidBusinessDay};
pub use campaign::{
    CampaignState, Category, InvalidPolicy, Money, Payer, PaymentTime, Policy, RejectionRule, RetakeRule,
    Route, campaign_code, parse_campaign_code,
};
pub use clock::{Clock, SystemClock};
pub use consent::ConsentPurpose;
pub use conversation::Conversation;
pub use delivery::Delivery;
pub use file_naming::{FileNaming, InvalidFileNaming, NameFacts};
pub use grant::Grant;
pub use id::{
    AccountId, BundleId, CampaignId, CollectionId, ConversationId, ConversationLineId, IdentityId, InvalidId,
    JobId, MessageId, OrderId, PackageId, PayGroupId, PaymentId, PortraitId, PrintId, RefundId,
    RosterEntryId, RosterRequestId, SchoolId, SessionId, ShotId, SmsCodeId, StationId, StudioId, TicketId,
};
pub use identity::{IdentityKind, InvalidPhoneNumber, PhoneNumber};
pub use masked_name::MaskedName;
pub use one_time_code::{
    CODE_LIFETIME, CODE_LIMITS, CODE_TRIES, CodePurpose, next_code_at, one_time_code, parse_one_time_code,
};
pub use order::{Order, OrderState};
pub use payment::{MAX_REFUNDS, Payment, Refund, may_refund};
pub use place::{InvalidPlace, Place};
pub use portrait::{Portrait, PortraitState, RejectReason};
pub use portrait_source::PortraitSource;
pub use print_order::{PrintOrder, PrintProduct};
pub use retention::{KeptKind, Retention, days as retention_days};
pub use role::Role;
pub use roster::{IdLast4, InvalidRosterField, PersonName, StudentNumber};
pub use roster_request::RosterRequest;
pub use shot::{Shot, ShotSource, ShotState};
pub use ticket::{BackInLine, InvalidTicketNumber, Priority, Ticket, TicketNumber, TicketState};
pub use transition::InvalidTransition;
pub use verdict::{Finding, FindingId, Limit, Outcome, Question, Severity, Unit, Verdict};
pub use working_days::{after_working_days, is_working_day};
