//! The ways that messages go.

use std::fmt;

use futures::future::BoxFuture;
use zeroize::Zeroizing;

/// A message on its way.
pub struct Outgoing {
    /// The phone number.
    pub to: Zeroizing<String>,
    /// The text.
    pub text: Zeroizing<String>,
    /// The template's name, by which a provider knows the text.
    pub template: String,
}

/// Does not show what it holds.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({}, …)", self.template)
    }
}

/// Why a message was not taken. It is tried again later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message was not taken: {0}")]
pub struct SendError(pub String);

/// A way for messages to go. A message may be sent twice when a server dies between sending and noting it.
pub trait Sender: Send + Sync {
    /// Its name, as staff see it.
    fn name(&self) -> &'static str;

    /// Whether staff may read texts in the office, because they go nowhere else.
    fn stays_here(&self) -> bool {
        false
    }

    /// Sends one message.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), SendError>>;
}

/// Sends nothing: staff read the messages in the office and tell people. For a studio without a provider of messages,
/// and for demonstrations.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalSender;

impl Sender for LocalSender {
    fn name(&self) -> &'static str {
        "local"
    }

    fn stays_here(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, _: &'a Outgoing) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
