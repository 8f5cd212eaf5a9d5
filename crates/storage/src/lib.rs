//! Where everything rests: rows in SQLite or PostgreSQL, sealed bytes in a folder.
//!
//! - [`Storage`] opens a database, brings it up to date and hands out [`UnitOfWork`]s: one transaction, one commit.
//! - A repository per aggregate hangs on the unit of work. Look-ups return `Option`; a row that cannot be understood
//!   is an error of its own that names table, column and row.
//! - States change only by the domain's verbs. A changed row is saved only if nobody else changed it meanwhile
//!   ([`StorageError::Stale`]).
//! - [`Blobs`] keeps sealed bytes; [`BlobKey`] is the one place that knows their names.
//!
//! What is absent: keys. Personal fields arrive sealed and leave sealed, and are found by keyed fingerprints that were
//! made elsewhere. One SQL text serves both databases, so only TEXT, BIGINT and bytes are used.

mod accounts;
mod announcements;
mod attempts;
mod audit;
mod blobs;
mod bundles;
mod campaigns;
mod collections;
mod consents;
mod conversations;
mod day_counts;
mod error;
mod expiry;
mod fields;
mod identities;
mod jobs;
mod kept_answers;
mod looks;
mod messages;
mod migrations;
mod openings;
mod order_search;
mod orders;
mod paying;
mod payments;
mod portrait_pieces;
mod portraits;
mod print_orders;
mod retention;
mod reviewing;
mod rights;
mod roster;
mod roster_requests;
mod seals;
mod sessions;
mod shots;
mod sms_codes;
mod stations;
mod storage;
mod studios;
mod tickets;
mod unit_of_work;

pub use accounts::{Account, Accounts};
pub use announcements::{Announcement, Announcements};
pub use attempts::{Attempt, AttemptRule, Attempts};
pub use audit::{Asked, Audit, AuditActor, AuditEntry, AuditFlaw, AuditProof};
pub use blobs::{BlobError, BlobKey, Blobs, KeptBlob, OpenBlobsError};
pub use bundles::{Bundle, Bundles, HandedOver};
pub use campaigns::{Campaign, Campaigns};
pub use collections::{Collection, Collections};
pub use consents::{Consent, Consents};
pub use conversations::{ConversationLine, Conversations, KeptConversation};
pub use day_counts::{DayCounts, Days};
pub use error::StorageError;
pub use expiry::Expiry;
pub use identities::{Identities, Identity};
pub use jobs::{Job, Jobs, JobsStanding};
pub use kept_answers::{AnswerStanding, KeptAnswers};
pub use looks::{Look, LookedAt, LooksWanted, SealedWhose};
pub use messages::{Message, Messages, NewMessage};
pub use openings::{Opener, Opening, OpeningReason, OpeningSubject, Openings, PersonalData};
pub use order_search::{FoundOrder, OrderKind, OrdersWanted};
pub use orders::{Orders, PlacedOrder};
pub use paying::{Invoice, PayGroup, Paying};
pub use payments::{KeptPayment, KeptRefund, Payments};
pub use portrait_pieces::{PortraitPiece, PortraitPieces};
pub use portraits::{HandOverLine, Portraits, StoredPortrait};
pub use print_orders::{KeptPrintOrder, PrintOrders, SealedRecipient};
pub use retention::{BareStudent, OverBlob, OverStudent, RetentionProof, RetentionRows};
pub use reviewing::Decided;
pub use rights::{Deleted, Rights};
pub use roster::{RosterEntries, RosterEntry};
pub use roster_requests::{KeptRosterRequest, RosterRequests};
pub use seals::{SealedColumn, SealedValue, Seals};
pub use sessions::{Session, Sessions};
pub use shots::{KeptShot, Shots};
pub use sms_codes::{SmsCode, SmsCodes};
pub use stations::{Station, Stations};
pub use storage::{CopyStorageError, OpenStorageError, Storage};
pub use studios::{Package, Studio, Studios};
pub use tickets::{InLine, QueuedTicket, Tickets};
pub use unit_of_work::UnitOfWork;
