//! What a payment provider does, in the shape of WeChat Pay's third interface: prepay, a signed call back with a query
//! beside it, close, and refunds with numbers of their own.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use gradshot_domain::Money;
use jiff::Timestamp;

/// The name of money that a counter takes; no provider is asked.
pub(crate) const COUNTER: &str = "counter";
/// The name of pretended money.
pub(crate) const SANDBOX: &str = "sandbox";

/// What a provider is asked to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepay {
    /// Our number for the payment; asked again it means the same one.
    pub number: String,
    /// How much.
    pub total: Money,
    /// What the payer reads; names nobody.
    pub description: String,
    /// When the provider stops waiting.
    pub until: Timestamp,
    /// Where the provider calls back.
    pub notify_url: String,
}

/// What a page hands to the provider's own script.
pub type PaySheet = BTreeMap<String, String>;

/// What a provider says of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trade {
    /// Nobody has paid yet.
    Waiting,
    /// The money is there.
    Paid {
        /// The provider's number.
        transaction: String,
        /// How much came.
        total: Money,
        /// When.
        at: Timestamp,
    },
    /// It takes no money any more.
    Closed,
}

/// What a provider says of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refunded {
    /// It will be done.
    Asked,
    /// The money is back.
    Done,
    /// It will not be done.
    Refused,
}

/// What a provider is asked to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundOrder {
    /// Our number for the payment.
    pub payment: String,
    /// Our number for the refund; asked again it means the same one.
    pub number: String,
    /// How much of it.
    pub amount: Money,
    /// What was paid.
    pub total: Money,
    /// What the payer reads.
    pub reason: String,
}

/// Why a provider did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// It cannot be reached, or is too busy: ask again.
    #[error("the payment provider cannot be reached: {0}")]
    Unreachable(String),
    /// It says no.
    #[error("the payment provider refused: {0}")]
    Refused(String),
    /// A call back that is not from the provider.
    #[error("the call is not from the payment provider")]
    Forged,
}

/// A way for money to come. Every call may be made again with the same numbers.
pub trait PaymentProvider: Send + Sync {
    /// Prepares a payment and gives what the page needs.
    fn prepay<'a>(&'a self, prepay: &'a Prepay) -> BoxFuture<'a, Result<PaySheet, PayError>>;

    /// Reads a call back: which payment it is about and how that stands. Headers by lower-case name.
    fn read_callback(
        &self,
        headers: &BTreeMap<String, String>,
        body: &[u8],
        at: Timestamp,
    ) -> Result<(String, Trade), PayError>;

    /// Asks how a payment stands.
    fn query<'a>(&'a self, number: &'a str) -> BoxFuture<'a, Result<Trade, PayError>>;

    /// Closes a payment that nobody made; one that is paid meanwhile is refused.
    fn close<'a>(&'a self, number: &'a str) -> BoxFuture<'a, Result<(), PayError>>;

    /// Gives money back, in part or whole.
    fn refund<'a>(&'a self, refund: &'a RefundOrder) -> BoxFuture<'a, Result<Refunded, PayError>>;

    /// Asks how a refund stands.
    fn query_refund<'a>(&'a self, number: &'a str) -> BoxFuture<'a, Result<Refunded, PayError>>;
}
