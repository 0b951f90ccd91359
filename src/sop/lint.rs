//! Before you send: what is missing, untrue or unwise in a message, found before it leaves.

use super::facts::Fact;

/// A finding about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it keeps the message from leaving.
    pub blocks: bool,
    /// What is wrong and what to do, in one sentence.
    pub text: String,
    /// The fact to change, where there is one: the console moves the focus there.
    pub fact: Option<Fact>,
}
