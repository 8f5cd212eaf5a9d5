//! One transaction with a repository per aggregate.

use sqlx::{Any, Transaction};

use crate::storage::Dialect;
use crate::{
    Accounts, Asked, Attempts, Audit, Bundles, Campaigns, Collections, Consents, Conversations, Days, Expiry,
    Identities, Jobs, KeptAnswers, Messages, Openings, Orders, Paying, Payments, PortraitPieces, Portraits,
    PrintOrders, RetentionRows, Rights, RosterEntries, RosterRequests, Seals, Sessions, Shots, SmsCodes,
    Stations, StorageError, Studios, Tickets,
};

/// One transaction. Dropped without [`UnitOfWork::commit`] it leaves no trace.
#[must_use = "nothing is kept without `commit`"]
pub struct UnitOfWork {
    tx: Transaction<'static, Any>,
    dialect: Dialect,
}

macro_rules! repositories {
    ($($(#[$doc:meta])+ $name:ident $repository:ident)+) => {
        impl UnitOfWork {$(
            $(#[$doc])+
            pub fn $name(&mut self) -> $repository<'_> {
                $repository { connection: &mut self.tx }
            }
        )+}
    };
}

repositories! {
    /// Accounts and what they may do.
    accounts Accounts
    /// Tries at secrets.
    attempts Attempts
    /// Who changed what.
    audit Audit
    /// Hand-over bundles.
    bundles Bundles
    /// Schools and their campaigns.
    campaigns Campaigns
    /// Collections.
    collections Collections
    /// Consents.
    consents Consents
    /// Conversations with support.
    conversations Conversations
    /// What happened on each day.
    days Days
    /// Ways into accounts.
    identities Identities
    /// The outbox of messages.
    messages Messages
    /// What is over.
    expiry Expiry
    /// Answers to requests that may be sent twice.
    kept_answers KeptAnswers
    /// Who opened what.
    openings Openings
    /// Orders.
    orders Orders
    /// Who else pays, and invoices' data.
    paying Paying
    /// Payments and refunds.
    payments Payments
    /// Pieces of sealed portraits that are on their way.
    portrait_pieces PortraitPieces
    /// Portraits.
    portraits Portraits
    /// Orders of prints.
    print_orders PrintOrders
    /// What was kept long enough.
    retention RetentionRows
    /// Closing accounts.
    rights Rights
    /// Roster entries.
    roster RosterEntries
    /// Requests to be added to a roster.
    roster_requests RosterRequests
    /// Sealed values, wherever they rest.
    seals Seals
    /// Sessions.
    sessions Sessions
    /// Shots from phones.
    shots Shots
    /// Codes by SMS.
    sms_codes SmsCodes
    /// Stations and the codes that pair them.
    stations Stations
    /// Studios and their packages.
    studios Studios
    /// Tickets.
    tickets Tickets
}

impl UnitOfWork {
    pub(crate) const fn new(tx: Transaction<'static, Any>, dialect: Dialect) -> Self {
        Self { tx, dialect }
    }

    /// Work to be done later.
    pub fn jobs(&mut self) -> Jobs<'_> {
        Jobs { dialect: self.dialect, connection: &mut self.tx }
    }

    /// Keeps everything, and who asked for it.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        let Some((asked, actor)) = Asked::unwritten() else { return Ok(self.tx.commit().await?) };
        self.audit().append(&asked, actor).await?;
        self.tx.commit().await?;
        asked.note_written();
        Ok(())
    }
}
