//! The ledger: everything that was sent, exactly as it went out, with its receipt.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use crate::domain::web_link::behind;
use crate::sop::channel::Channel;
use crate::sop::run::{LedgerRow, LedgerState};
use crate::ui::button::{Button, Kind};
use crate::ui::link::in_new_tab;
use crate::ui::table::Table;
use crate::ui::time::Time;
use crate::words;

const COLUMNS: [&str; 6] = ["Channel", "Message", "When", "By", "State", "Receipt"];

/// What tells a row from every other: its operation, when it left, through what, and how many older ones are the same.
type Key = (Option<String>, DateTime<Utc>, Channel, usize);

fn keyed(ledger: &[LedgerRow]) -> Vec<(Key, LedgerRow)> {
    let mut rows = Vec::<(Key, LedgerRow)>::new();
    for row in ledger {
        let (op, at, channel) = (row.op.clone(), row.at, row.message.channel);
        let same = rows
            .iter()
            .filter(|((o, a, c, _), _)| (o, *a, *c) == (&op, at, channel));
        let key = (op.clone(), at, channel, same.count());
        rows.push((key, row.clone()));
    }
    rows
}

/// The table "Sent".
#[component]
pub fn Ledger(open: IncidentContext) -> impl IntoView {
    let rows = open.slice(|view| keyed(&view.state.ledger));
    let keys = move || {
        rows.with(|rows| {
            let rows = rows.iter().flatten().rev();
            rows.map(|(key, _)| key.clone()).collect::<Vec<_>>()
        })
    };
    let not_yet = Memo::new(move |_| open.desk.not_yet_shared(&open.id()));
    view! {
        <section class="card ledger" aria-labelledby="sent-heading">
            <div class="card-head"><h2 id="sent-heading">"Sent"</h2></div>
            <Show
                when=move || rows.get().is_some_and(|rows| !rows.is_empty())
                fallback=|| view! { <p class="empty">"Nothing was sent yet."</p> }
            >
                <Table
                    caption="Sent"
                    hide_caption=true
                    columns=COLUMNS.map(str::to_owned).to_vec()
                >
                    // What somebody reads stays open in its own row while newer ones come.
                    <For
                        each=keys
                        key=Key::clone
                        children=move |key| {
                            let live = Memo::new(move |_| rows.with(|rows| {
                                let mut rows = rows.iter().flatten();
                                rows.find(|(other, _)| *other == key).map(|(_, row)| row.clone())
                            }));
                            move || live.get().map(|row| {
                                let waits = row.op.as_ref().is_some_and(|op| not_yet.with(|not_yet| not_yet.contains(op)));
                                let link = row.link(&open.desk.link_hosts()).map(str::to_owned);
                                view! { <Row open row link waits /> }
                            })
                        }
                    />
                </Table>
            </Show>
        </section>
    }
}

#[component]
fn Row(
    open: IncidentContext,
    row: LedgerRow,
    /// Where its receipt leads, where that may be followed.
    link: Option<String>,
    waits: bool,
) -> impl IntoView {
    let (state, reason) = match &row.state {
        LedgerState::Queued => ("queued", None),
        LedgerState::Sent { .. } if row.is_partly_sent() => ("queued", None),
        LedgerState::Sent { .. } => ("sent", None),
        LedgerState::Failed { reason } => ("failed", Some(format!(": {reason}"))),
        LedgerState::Unknown { reason } => (
            "unknown",
            Some(format!(": {reason}. It may already have been delivered.")),
        ),
    };
    let word = words::ledger::state(&row);
    let people = words::ledger::people(&row);
    view! {
        <tr role="row">
            <td role="cell" data-label="Channel">{words::channel(row.message.channel)}</td>
            <td role="cell" data-label="Message">
                <details>
                    <summary>
                        {row.message.title.clone().unwrap_or_else(|| words::kind(row.message.kind).to_owned())}
                        {people}
                    </summary>
                    <pre class="preview-text">{row.message.text.clone()}</pre>
                    {row.message.text.is_empty().then(|| view! { <p>"The text is with whoever sent it."</p> })}
                </details>
            </td>
            <td role="cell" data-label="When"><Time at=row.at /></td>
            <td role="cell" data-label="By">{row.who.clone()}</td>
            <td role="cell" data-label="State"><span class="state-word" data-state=state>{word}</span>
                {reason}
                {waits.then_some(" · not yet shared")}
                {row.is_partly_sent().then(|| view! { <LeaveIt open row=row.clone() /> })}
            </td>
            <td role="cell" data-label="Receipt"><Proof row=row.clone() link /></td>
        </tr>
    }
}

/// Closes an email whose sender is waited for no more; one that was sent from here has its own buttons, at the sending.
#[component]
fn LeaveIt(open: IncidentContext, row: LedgerRow) -> impl IntoView {
    let (desk, row) = (open.desk, StoredValue::new(row));
    let is_ours = move |op: &str| {
        let ours = desk.mailings().of(&open.id());
        ours.iter().any(|shown| shown.summary.op == op)
    };
    let may = Memo::new(move |_| {
        let now = desk.now().get();
        row.with_value(|row| {
            row.left_at_that(now).is_some() && !row.op.as_deref().is_some_and(is_ours)
        })
    });
    let leave = move |()| {
        if let Some(what) = row.with_value(|row| row.left_at_that(desk.fresh_now())) {
            desk.tell(&open.id(), what);
        }
    };
    view! {
        <Show when=move || may.get()>
            <Button kind=Kind::Quiet on_press=leave>{words::ledger::LEAVE_IT}</Button>
        </Show>
    }
}

/// The receipt: the vendor's id, and a link where it may be followed.
#[component]
fn Proof(row: LedgerRow, link: Option<String>) -> impl IntoView {
    let (id, text) = (row.receipt.vendor_id, row.receipt.link);
    match (id, link, text) {
        (None, None, None) => "–".into_any(),
        (Some(id), None, None) => view! { <code>{id}</code> }.into_any(),
        (id, Some(link), _) => {
            let words = id.map_or_else(|| link.clone(), |id| id.chars().take(12).collect());
            let real = behind(&words, &link);
            in_new_tab(link, words, real)
        }
        (_, None, Some(text)) => text.into_any(),
    }
}
