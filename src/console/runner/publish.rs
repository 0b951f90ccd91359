//! Letting a status-page post leave, and finding out what became of one whose answer was lost.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::page::{Metadata, Post, WritePage};
use crate::console::desk::Desk;
use crate::console::desk::sharing::{Target, before_publish, look_for};
use crate::domain::incident::IncidentId;
use crate::platform::clock;
use crate::sop::event::{EventKind, Receipt, SendOutcome};
use crate::sop::message::Sendable;
use crate::sop::run::RunId;

use super::{answer, outcome_of};

/// When a lost post is looked for, in milliseconds after the look before: at once, and 10, 30 and 120
/// seconds after it was lost. Afterwards with every reading of the incident, also after a restart.
const LOOKS_MS: [u32; 4] = [0, 10_000, 20_000, 90_000];

/// How often a post is made that the service is too busy for; its text grows old meanwhile.
const TRIES: usize = 4;

pub(super) async fn publish(
    desk: Desk,
    run: &RunId,
    op: String,
    incident: Option<IncidentId>,
    message: &Sendable,
) {
    let record = message.record();
    let Some(page) = record.page.as_ref() else {
        let reason = "the message is not a status-page post".to_owned();
        return answer(desk, run, op, SendOutcome::Failed { reason }).await;
    };
    let service = desk.page_of(run);
    let shared = service.is_shared();
    let started_at = untrack(|| desk.view(run)).map(|view| view.state.first_impact_started);
    let mut tries = 1..=TRIES;
    let answered = loop {
        let way = if shared {
            match before_publish(desk, run, &op, incident.clone(), message).await {
                Ok(way) => way,
                Err(reason) => return answer(desk, run, op, SendOutcome::Failed { reason }).await,
            }
        } else {
            Target {
                incident: incident.clone(),
                attached: Vec::new(),
                metadata: Metadata::default(),
            }
        };
        let post = Post {
            op: op.clone(),
            incident: way.incident,
            name: record.title.clone().unwrap_or_default(),
            status: page.status.clone(),
            body: record.text.clone(),
            impact: page.impact.clone(),
            components: page
                .components
                .iter()
                .map(|change| (change.id.clone(), change.state.clone()))
                .collect(),
            attached: way.attached,
            started_at,
            notify_subscribers: page.notified_subscribers,
            metadata: way.metadata,
            now: desk.fresh_now(),
        };
        tries.next();
        match service.publish(&post).await {
            // It did nothing, and others may have posted meanwhile: the page is read again.
            Err(error) if shared && error.is_short_pause() && !tries.is_empty() => {}
            answered @ (Ok(_) | Err(_)) => break answered,
        }
    };
    match answered {
        Ok(receipt) => {
            let known = untrack(|| desk.view(run)).and_then(|view| view.state.page_incident);
            if known.as_ref() != Some(&receipt.incident) {
                desk.tell(
                    run,
                    EventKind::PageIncident {
                        id: receipt.incident.clone(),
                    },
                );
            }
            let receipt = Receipt {
                vendor_id: Some(receipt.update).filter(|id| !id.is_empty()),
                link: receipt.link,
            };
            answer(desk, run, op, SendOutcome::Accepted { receipt }).await;
            desk.has_posted(run);
        }
        Err(error) => {
            if let ApiError::Gone(_) = &error {
                desk.is_gone(run);
            }
            let lost = error.may_have_happened();
            answer(desk, run, op, outcome_of(&error)).await;
            if shared && lost {
                find_out(desk, run).await;
            }
        }
    }
}

/// Looks for lost posts on the page until they are found or it was looked for often enough.
pub async fn find_out(desk: Desk, run: &RunId) {
    for wait in LOOKS_MS {
        clock::sleep(wait).await;
        if !look_for(desk, run).await {
            return;
        }
    }
}
