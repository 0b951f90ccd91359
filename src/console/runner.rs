//! Performs what the rules command: one exhaustive match from a command to a request or a platform call,
//! and back to an event. Knows no rules. What it has begun is never cancelled by navigation.

use leptos::prelude::Set;

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Mail, MailResult, SendMail};
use crate::api::page::{Post, WritePage};
use crate::domain::incident::IncidentId;
use crate::platform::clock;
use crate::sop::channel::Channel;
use crate::sop::event::{Outcome, Receipt, What};
use crate::sop::message::Sendable;
use crate::sop::run::{Command, RunId};

use super::desk::recipients::Progress;
use super::desk::{Desk, keep};

/// Performs commands in their order: what is to be stored is stored before anything leaves.
pub fn perform(desk: Desk, run: RunId, commands: Vec<Command>) {
    leptos::task::spawn_local(async move {
        for command in commands {
            one(desk, &run, command).await;
        }
    });
}

async fn one(desk: Desk, run: &RunId, command: Command) {
    match command {
        Command::Save(event) => keep::save(desk, run, &event).await,
        Command::Send {
            op,
            page_incident,
            message,
        } => {
            send(desk, run, op, page_incident, &message).await;
        }
        Command::ChangeComponents(changes) => {
            let changes: Vec<_> = changes
                .into_iter()
                .map(|change| (change.id, change.state))
                .collect();
            if let Err(error) = desk.writer().set_components(&changes).await {
                desk.alarm(format!("The components could not be changed: {error}."));
            }
        }
        Command::PublishPostmortem {
            page_incident,
            text,
        } => {
            match desk
                .writer()
                .publish_postmortem(&page_incident, &text, clock::now())
                .await
            {
                Ok(()) => desk.say("The post-mortem is on the status page."),
                Err(error) => desk.alarm(format!(
                    "The post-mortem is recorded here, but could not be published: {error}."
                )),
            }
        }
    }
}

async fn send(
    desk: Desk,
    run: &RunId,
    op: String,
    page_incident: Option<IncidentId>,
    message: &Sendable,
) {
    match message.channel() {
        Channel::Page => publish(desk, run, op, page_incident, message).await,
        Channel::Email => mail(desk, run, op, message).await,
        // These leave by a person's hand; their events say so and command nothing to be sent.
        Channel::Team | Channel::X | Channel::LinkedIn => answer(
            desk,
            run,
            op,
            Outcome::Failed {
                reason: "this channel is posted by hand".to_owned(),
            },
        ),
    }
}

async fn publish(
    desk: Desk,
    run: &RunId,
    op: String,
    incident: Option<IncidentId>,
    message: &Sendable,
) {
    let record = message.record();
    let Some(page) = record.page.as_ref() else {
        let reason = "the message is not a status-page post".to_owned();
        return answer(desk, run, op, Outcome::Failed { reason });
    };
    let started_at = desk.view(run).map(|view| view.state.impact_started);
    let post = Post {
        op: op.clone(),
        incident,
        name: record.title.clone().unwrap_or_default(),
        status: page.status.clone(),
        body: record.text.clone(),
        impact: page.impact.clone(),
        components: page
            .components
            .iter()
            .map(|change| (change.id.clone(), change.state.clone()))
            .collect(),
        started_at,
        notify_subscribers: page.notified_subscribers,
        now: clock::now(),
    };
    match desk.writer().publish(&post).await {
        Ok(receipt) => {
            let known = desk.view(run).and_then(|view| view.state.page_incident);
            if known.as_ref() != Some(&receipt.incident) {
                desk.tell(
                    run,
                    What::PageIncident {
                        id: receipt.incident.clone(),
                    },
                );
            }
            let receipt = Receipt {
                vendor_id: Some(receipt.update),
                link: receipt.link,
            };
            answer(desk, run, op, Outcome::Accepted { receipt });
        }
        Err(error) => answer(desk, run, op, outcome_of(&error)),
    }
}

/// Sends a mail to everybody, batch by batch. The first batch that is accepted meets the duty; when
/// every recipient has a final state, it is done (`duties.md` rule 9).
async fn mail(desk: Desk, run: &RunId, op: String, message: &Sendable) {
    let outbox = desk.outbox();
    let (from, reply_to) = desk.sender();
    let mails: Vec<Mail> = desk
        .recipients
        .people(desk, run)
        .into_iter()
        .filter_map(|person| {
            let parts = message.email_for(person.name.as_deref())?;
            Some(Mail {
                to: person.address,
                name: person.name,
                subject: parts.subject,
                text: parts.text,
                html: parts.html,
            })
        })
        .collect();
    let all = mails.len();
    let progress = desk.recipients.progress();
    let mut answered = false;
    let (mut done, mut failed) = (0_usize, 0_u32);
    for (number, mails) in (0_u32..).zip(mails.chunks(outbox.batch_size().max(1))) {
        progress.set(Some(Progress { done, all }));
        let batch = Batch {
            op: op.clone(),
            number,
            from: from.clone(),
            reply_to: reply_to.clone(),
            mails: mails.to_vec(),
            now: clock::now(),
        };
        match outbox.send(&batch).await {
            Ok(results) => {
                failed += count_refused(&results);
                done += mails.len();
                if !answered {
                    answered = true;
                    let receipt = receipt_of(&results);
                    answer(desk, run, op.clone(), Outcome::Accepted { receipt });
                }
            }
            Err(error) => {
                progress.set(None);
                if answered {
                    desk.alarm(format!("Stopped after {done} of {all} mails: {error}."));
                } else {
                    answer(desk, run, op, outcome_of(&error));
                }
                return;
            }
        }
    }
    progress.set(None);
    desk.tell(run, What::EmailFinished { op, failed });
}

fn count_refused(results: &[MailResult]) -> u32 {
    let refused = results.iter().filter(|result| match result {
        MailResult::Accepted(_) => false,
        MailResult::Refused(_) => true,
    });
    u32::try_from(refused.count()).unwrap_or(u32::MAX)
}

fn receipt_of(results: &[MailResult]) -> Receipt {
    let vendor_id = results.iter().find_map(|result| match result {
        MailResult::Accepted(id) => Some(id.clone()),
        MailResult::Refused(_) => None,
    });
    Receipt {
        vendor_id,
        link: None,
    }
}

/// What a failed request means for the ledger: certainly not delivered, or unknown.
fn outcome_of(error: &ApiError) -> Outcome {
    let reason = error.to_string();
    match error {
        ApiError::Refused(_) | ApiError::NotSent(_) => Outcome::Failed { reason },
        ApiError::Lost(_) | ApiError::Garbled(_) => Outcome::Unknown { reason },
    }
}

fn answer(desk: Desk, run: &RunId, op: String, outcome: Outcome) {
    match &outcome {
        Outcome::Accepted { .. } => desk.say("Sent."),
        Outcome::Failed { reason } => desk.alarm(format!("Not sent: {reason}. Nobody got it.")),
        Outcome::Unknown { reason } => {
            desk.alarm(format!(
                "No answer: {reason}. It may already have been delivered."
            ));
        }
    }
    desk.tell(run, What::SendAnswered { op, outcome });
}
