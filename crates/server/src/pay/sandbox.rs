//! A provider that moves no money: for demonstrations and tests, and labelled as such on every page.

use std::collections::{BTreeMap, HashMap};
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures::future::BoxFuture;
use gradshot_domain::Money;
use jiff::Timestamp;

use super::provider::{PayError, PaySheet, PaymentProvider, Prepay, RefundOrder, Refunded, SANDBOX, Trade};

/// Payments that are remembered; a demonstration makes far fewer.
const REMEMBERED: usize = 100_000;

/// Pretended payments, forgotten when the server stops.
#[derive(Debug, Default)]
pub(crate) struct Sandbox {
    trades: Mutex<HashMap<String, Pretended>>,
}

#[derive(Debug, Clone)]
struct Pretended {
    total: Money,
    trade: Trade,
    refunds: HashMap<String, Money>,
}

impl Sandbox {
    /// Pretends that somebody paid; again changes nothing.
    pub(crate) fn pay(&self, number: &str, at: Timestamp) -> Result<(), PayError> {
        let mut trades = self.trades();
        let pretended = trades.get_mut(number).ok_or_else(unknown)?;
        match pretended.trade {
            Trade::Waiting => {
                let transaction = format!("sandbox-{number}");
                pretended.trade = Trade::Paid { transaction, total: pretended.total, at };
                Ok(())
            }
            Trade::Paid { .. } => Ok(()),
            Trade::Closed => Err(PayError::Refused("closed".to_owned())),
        }
    }

    fn trades(&self) -> MutexGuard<'_, HashMap<String, Pretended>> {
        self.trades.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn found(&self, number: &str) -> Result<Trade, PayError> {
        self.trades().get(number).map(|pretended| pretended.trade.clone()).ok_or_else(unknown)
    }
}

fn unknown() -> PayError {
    PayError::Refused("unknown".to_owned())
}

impl PaymentProvider for Sandbox {
    fn prepay<'a>(&'a self, prepay: &'a Prepay) -> BoxFuture<'a, Result<PaySheet, PayError>> {
        let mut trades = self.trades();
        if trades.len() >= REMEMBERED {
            return Box::pin(ready(Err(PayError::Unreachable("full".to_owned()))));
        }
        trades.entry(prepay.number.clone()).or_insert_with(|| Pretended {
            total: prepay.total,
            trade: Trade::Waiting,
            refunds: HashMap::new(),
        });
        let sheet =
            [("provider".to_owned(), SANDBOX.to_owned()), ("number".to_owned(), prepay.number.clone())];
        Box::pin(ready(Ok(sheet.into())))
    }

    fn read_callback(
        &self,
        _: &BTreeMap<String, String>,
        body: &[u8],
        _: Timestamp,
    ) -> Result<(String, Trade), PayError> {
        // What is said is not believed, only what is remembered.
        let number = std::str::from_utf8(body).map_err(|_| PayError::Forged)?.trim();
        let trade = self.found(number).map_err(|_| PayError::Forged)?;
        Ok((number.to_owned(), trade))
    }

    fn query<'a>(&'a self, number: &'a str) -> BoxFuture<'a, Result<Trade, PayError>> {
        Box::pin(ready(self.found(number)))
    }

    fn close<'a>(&'a self, number: &'a str) -> BoxFuture<'a, Result<(), PayError>> {
        let mut trades = self.trades();
        let closed = match trades.get_mut(number) {
            Some(Pretended { trade: Trade::Paid { .. }, .. }) => Err(PayError::Refused("paid".to_owned())),
            Some(pretended) => {
                pretended.trade = Trade::Closed;
                Ok(())
            }
            None => Ok(()),
        };
        Box::pin(ready(closed))
    }

    fn refund<'a>(&'a self, refund: &'a RefundOrder) -> BoxFuture<'a, Result<Refunded, PayError>> {
        let mut trades = self.trades();
        let refunded = match trades.get_mut(&refund.payment) {
            Some(Pretended { trade: Trade::Paid { .. }, refunds, total }) => {
                refunds.insert(refund.number.clone(), refund.amount);
                let gone: u32 = refunds.values().map(|money| money.as_fen()).sum();
                if gone <= total.as_fen() { Ok(Refunded::Done) } else { Ok(Refunded::Refused) }
            }
            // Forgotten when the server stopped: pretended money need not come back.
            None => Ok(Refunded::Done),
            Some(_) => Ok(Refunded::Refused),
        };
        Box::pin(ready(refunded))
    }

    fn query_refund<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Refunded, PayError>> {
        Box::pin(ready(Ok(Refunded::Done)))
    }
}
