//! The repair patterns' texts: what is said when a conversation leaves its path.
//!
//! What happens is in `advance`; these only name the words, so that a shop can have its own.

/// Text ids of repair, the same for all flows (from `common/patterns/*.toml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// Cancel: asks for confirmation when something would be lost.
    pub cancel: Cancel,
    /// Correct: said when an answer was changed from the review.
    pub corrected: String,
    /// Clarify: said with the step's example when an answer was not understood.
    pub unclear: String,
    /// Resume: said for an old button.
    pub resumed: String,
    /// Resume: said when the step of a running conversation is gone.
    pub step_gone: String,
    /// Hand off: said when the engine gives up on a step.
    pub hand_off: String,
}

/// The words of cancelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancel {
    /// The question.
    pub ask: String,
    /// The button that cancels.
    pub yes: String,
    /// The button that goes on.
    pub no: String,
    /// Said afterwards.
    pub done: String,
}
