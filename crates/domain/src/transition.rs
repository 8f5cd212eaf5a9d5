//! The one error of every state machine.

/// A verb that the present state does not know.
///
/// Carries only names of states and verbs, never personal data, so it may be logged and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{thing} is {state}: cannot {verb}")]
pub struct InvalidTransition {
    /// What the machine describes: `ticket`, `portrait`, `order`.
    pub thing: &'static str,
    /// Name of the state it was in.
    pub state: &'static str,
    /// The verb that was refused.
    pub verb: &'static str,
}
