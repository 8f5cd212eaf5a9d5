//! One transaction with a repository per aggregate.

use sqlx::{Any, Transaction};

use crate::{
    Accounts, Attempts, Bundles, Campaigns, Collections, Openings, Orders, Portraits, RosterEntries,
    Sessions, Stations, StorageError, Studios, Tickets,
};

/// One transaction. Dropped without [`UnitOfWork::commit`] it leaves no trace.
#[must_use = "nothing is kept without `commit`"]
pub struct UnitOfWork {
    tx: Transaction<'static, Any>,
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
    /// Accounts.
    accounts Accounts
    /// Tries at secrets.
    attempts Attempts
    /// Hand-over bundles.
    bundles Bundles
    /// Schools and their campaigns.
    campaigns Campaigns
    /// Collections and consents.
    collections Collections
    /// Who opened what.
    openings Openings
    /// Orders.
    orders Orders
    /// Portraits.
    portraits Portraits
    /// Roster entries.
    roster RosterEntries
    /// Sessions.
    sessions Sessions
    /// Stations and the codes that pair them.
    stations Stations
    /// Studios and their packages.
    studios Studios
    /// Tickets.
    tickets Tickets
}

impl UnitOfWork {
    pub(crate) const fn new(tx: Transaction<'static, Any>) -> Self {
        Self { tx }
    }

    /// Keeps everything.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.tx.commit().await?)
    }
}
