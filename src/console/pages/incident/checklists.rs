//! The checklists "During incident" and "After incident": ticked by the ledger where it can know, by hand
//! where not.

use leptos::prelude::*;

use super::IncidentContext;
use crate::domain::ordered::ShortSet;
use crate::sop::checklist::{Tick, Ticked, checklists};
use crate::sop::event::EventKind;
use crate::ui::choice::Checkbox;

/// One box as it stands.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    id: String,
    text: String,
    tick: Tick,
}

/// Both lists.
#[component]
pub fn IncidentChecklists(open: IncidentContext) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let playbook = open.desk.playbook()?;
        let id = open.id();
        let run = open.desk.runs().with(|runs| runs.get(&id).cloned())?;
        let marked = checklists(
            &playbook,
            &run,
            open.desk.now_for(&run),
            &ShortSet::default(),
        );
        Some((own(&marked.during), own(&marked.after)))
    });
    let during = Signal::derive(move || rows.get().unwrap_or_default().0);
    let after = Signal::derive(move || rows.get().unwrap_or_default().1);
    view! {
        <section class="card stack" aria-label="Checklists">
            <Checklist open name="During incident" rows=during />
            <Checklist open name="After incident" rows=after />
        </section>
    }
}

fn own(items: &[Ticked<'_>]) -> Vec<Row> {
    items
        .iter()
        .map(|ticked| Row {
            id: ticked.item.id.clone(),
            text: ticked.item.text.clone(),
            tick: ticked.tick,
        })
        .collect()
}

#[component]
fn Checklist(open: IncidentContext, name: &'static str, rows: Signal<Vec<Row>>) -> impl IntoView {
    view! {
        <h2>{name}</h2>
        <ul class="checklist" aria-label=name>
            <For
                each=move || rows.get()
                key=|row| row.id.clone()
                children=move |row| view! { <Box open rows row /> }
            />
        </ul>
    }
}

#[component]
fn Box(open: IncidentContext, rows: Signal<Vec<Row>>, row: Row) -> impl IntoView {
    let id = StoredValue::new(row.id);
    let tick = Memo::new(move |_| {
        rows.with(|rows| {
            rows.iter()
                .find(|row| row.id == id.get_value())
                .map(|row| row.tick)
        })
        .unwrap_or(Tick::Open)
    });
    let fixed_by = Signal::derive(move || match tick.get() {
        Tick::ByLedger => Some("Ticked by what was done".to_owned()),
        Tick::ByHand | Tick::Open | Tick::NotAsked => None,
    });
    let note = Signal::derive(move || match tick.get() {
        Tick::NotAsked => Some("Not asked for so far".to_owned()),
        Tick::ByLedger | Tick::ByHand | Tick::Open => None,
    });
    let toggle = move |on: bool| {
        open.desk.tell(
            &open.id(),
            EventKind::Ticked {
                item: id.get_value(),
                on,
            },
        );
    };
    view! {
        <li>
            <Checkbox
                label=row.text
                checked=Signal::derive(move || tick.get().is_ticked())
                fixed_by
                note
                on_change=toggle
            />
        </li>
    }
}
