//! What a mail service allows after its answer to a batch was lost: a fact of the service that says what the
//! sending may do by itself.

/// What may be done when the answer to a batch was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterLoss {
    /// The same batch may be sent again by itself for some minutes: the service takes it once by its key, which it
    /// remembers for at least an hour.
    SendAgain,
    /// The service can be asked what it has, so long after the loss each time.
    ReadBack {
        /// Seconds after the loss, ascending.
        after_seconds: &'static [u32],
    },
    /// Nothing can be found out: a person decides.
    Offer,
}
