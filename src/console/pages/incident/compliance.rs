//! How well the SOP was kept so far: promises, late first messages, silence, and how fast the public was
//! told (`docs/duties.md` rule 18).

use leptos::prelude::*;

use super::IncidentContext;
use crate::domain::duration;
use crate::sop::score::{Score, score};
use crate::ui::reactive;
use crate::words;

/// The card "SOP compliance"; nothing until there is something to say.
#[component]
pub fn ComplianceCard(open: IncidentContext) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let desk = open.desk;
        let playbook = desk.playbook()?;
        let id = open.id();
        let run = desk.runs().with(|runs| runs.get(&id).cloned())?;
        let lines = said(&score(&playbook, &run, desk.now_for(&run))?);
        (!lines.is_empty()).then_some(lines)
    });
    reactive(move || {
        lines
            .get()
            .map(|lines| {
                let rows = lines
                    .into_iter()
                    .map(|(what, how)| {
                        view! { <li><strong>{what}</strong> ": " {how}</li> }.into_any()
                    })
                    .collect_view();
                view! {
                    <section class="card stack" aria-labelledby="compliance-heading">
                        <h2 id="compliance-heading">"SOP compliance"</h2>
                        <ul class="stack-tight">{rows}</ul>
                    </section>
                }
            })
            .into_any()
    })
}

/// The score in sentences, each with what it is about.
fn said(score: &Score) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(after) = score.first_public_after_declared {
        let how = words::first_public(after, score.first_public_after_impact);
        lines.push(("First public update".to_owned(), how));
    }
    let (kept, broken) = (score.kept(), score.broken());
    if kept + broken > 0 {
        let how = format!("{kept} of {} kept", kept + broken);
        lines.push(("Promised updates".to_owned(), how));
    }
    if let Some(silence) = score.silences.iter().max_by_key(|silence| silence.length) {
        let how = duration::words(silence.length);
        lines.push(("Longest silence on the status page".to_owned(), how));
    }
    for late in &score.late_firsts {
        lines.push((words::duty(late.key), words::late_first(late.how)));
    }
    lines
}
