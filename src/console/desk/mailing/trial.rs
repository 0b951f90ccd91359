//! A test mail to oneself, and what the list of the report is compared with.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Mail, MailResult, SendMail};
use crate::api::provider::Mailer;
use crate::config::is_mail_address;
use crate::console::desk::Desk;
use crate::platform::{clock, id};
use crate::sop::channel::Channel;
use crate::sop::message::EmailParts;
use crate::sop::run::{LedgerState, RunId};

/// To whom the first email of an incident went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstEmail {
    /// To how many.
    pub people: usize,
    /// The fingerprint of its list, where it left from this browser.
    pub hash: Option<String>,
}

impl Desk {
    /// Has the service check a mail, then really sends it to one address. Counts as nothing.
    pub fn send_test(
        self,
        run: RunId,
        to: String,
        parts: EmailParts,
        outcome: RwSignal<Option<String>>,
    ) {
        let to = to.trim().to_owned();
        if !is_mail_address(&to) {
            outcome.set(Some("This is not an email address.".to_owned()));
            return;
        }
        leptos::task::spawn_local(async move {
            let mailer = self.mailer_of(&run);
            outcome.set(Some(self.tested(&mailer, to, parts).await));
        });
    }

    async fn tested(self, mailer: &Mailer, to: String, parts: EmailParts) -> String {
        let Ok(op) = id::random() else {
            return "Not sent: this browser gives no random numbers.".to_owned();
        };
        let (from, reply_to) = self.sender();
        let batch = Batch {
            op: format!("test-{op}"),
            number: 0,
            from,
            reply_to,
            mails: vec![Mail {
                to: to.clone(),
                name: None,
                subject: format!("[Test] {}", parts.subject),
                text: parts.text,
                html: parts.html,
            }],
            now: clock::now(),
        };
        if let Err(error) = all_taken(mailer.rehearse(&batch).await) {
            return format!(
                "{} would not take it: {error}. Nothing was sent.",
                mailer.name()
            );
        }
        match all_taken(mailer.send(&batch).await) {
            Ok(()) => format!("{} took it. Look into the mailbox of {to}.", mailer.name()),
            Err(error) if error.may_have_happened() => format!(
                "The check went well. The mail may have arrived all the same: {error}. Look into the mailbox of {to} before you send another."
            ),
            Err(error) => {
                format!("The check went well, but the mail was not sent: {error}.")
            }
        }
    }

    /// To whom the first email of an incident went that reached somebody.
    pub fn first_email(self, run: &RunId) -> Option<FirstEmail> {
        let here = self.mailings.of(run).into_iter().rev();
        let mut reached = here.filter(|shown| shown.summary.tally.accepted > 0);
        reached
            .next()
            .map(|shown| FirstEmail {
                people: shown.summary.tally.all,
                hash: shown.summary.hash,
            })
            .or_else(|| {
                let view = self.view(run)?;
                let mut emails = view.state.ledger.iter();
                let first = emails.find(|row| {
                    row.message.channel == Channel::Email
                        && matches!(row.state, LedgerState::Sent { .. })
                })?;
                Some(FirstEmail {
                    people: usize::try_from(first.message.recipients?).ok()?,
                    hash: None,
                })
            })
    }
}

fn all_taken(results: Result<Vec<MailResult>, ApiError>) -> Result<(), ApiError> {
    for result in results? {
        match result {
            MailResult::Accepted(_) => {}
            MailResult::Refused(why) => return Err(ApiError::Refused(why)),
            MailResult::Lost(why) => return Err(ApiError::Unanswered(why)),
        }
    }
    Ok(())
}
