//! The severities: the SOP's words beside what the console makes of them, and the SOP's timeline.

use leptos::prelude::*;

use crate::console::pages::documents::{Addition, hours};
use crate::domain::impact::Impact;
use crate::sop::duty::Mode;
use crate::sop::playbook::{Severities, SeverityRules};
use crate::sop::severity::Severity;
use crate::words;

/// The four severities.
#[component]
pub fn SeverityLevels(
    /// Their rules.
    severities: Severities,
) -> impl IntoView {
    view! {
        <section aria-labelledby="sop-severities">
            <h2 id="sop-severities">"Severity levels"</h2>
            <p class="small quiet">
                "Left the SOP’s own words; right the windows that the console counts. Windows run from declaring, or from a raise."
            </p>
            {Severity::ALL
                .map(|severity| view! { <Level severity rules=severities.of(severity).clone() /> })
                .collect_view()}
        </section>
    }
}

#[component]
fn Level(severity: Severity, rules: SeverityRules) -> impl IntoView {
    let optional = match rules.page {
        Mode::Required => "",
        Mode::Conditional => ", or a reason why not",
        Mode::Optional | Mode::Offered => ", optional",
    };
    let response = format!("Within {}{optional}", hours(rules.response));
    let email = if rules.email {
        format!("Within {}", hours(rules.response))
    } else {
        "Not asked for".to_owned()
    };
    let cadence = rules.cadence.map_or_else(
        || "On change, no clock".to_owned(),
        |cadence| format!("Every {}", hours(cadence)),
    );
    let social = rules.social.map_or_else(
        || "None".to_owned(),
        |window| format!("Within {}, while it is open", hours(window)),
    );
    let report = if rules.report { "Required" } else { "Offered" };
    let postmortem = if rules.postmortem_required {
        "Required"
    } else {
        "Offered"
    };
    let mails = if rules.notify_subscribers {
        "Mailed with the first post and at resolution"
    } else {
        "Not mailed"
    };
    view! {
        <section class="level" aria-label=format!("{} ({})", rules.name, severity.word())>
            <h3>{rules.name.clone()} " (" {severity.word()} ")"</h3>
            <div class="level-sides">
                <div>
                    <h4>"The SOP says"</h4>
                    <dl class="pairs">
                        <dt>"Impact"</dt>
                        <dd>{rules.impact_text}</dd>
                        <dt>"Response time"</dt>
                        <dd>{rules.response_text}</dd>
                        <dt>"Communication"</dt>
                        <dd>{rules.communication_text}</dd>
                        <dt>"Examples"</dt>
                        <dd>{rules.examples}</dd>
                    </dl>
                </div>
                <div>
                    <h4>"The console counts"</h4>
                    <dl class="pairs">
                        <dt>"First status-page post (R)"</dt>
                        <dd>{response}</dd>
                        <dt>"First email (R)"</dt>
                        <dd>{email}</dd>
                        <dt>"Status-page updates (C)"</dt>
                        <dd>{cadence}</dd>
                        <dt>"X and LinkedIn (S)"</dt>
                        <dd>{social}</dd>
                        <dt>"Messages promise updates"</dt>
                        <dd>{rules.cadence_words}</dd>
                        <dt>"Report, post-mortem"</dt>
                        <dd>{report} ", " {postmortem.to_ascii_lowercase()}</dd>
                        <dt>"Impact shown to readers " <Addition /></dt>
                        <dd>{impact(&rules.public_impact)}</dd>
                        <dt>"Proposed for components " <Addition /></dt>
                        <dd>{words::component_state(&rules.component_state).to_owned()}</dd>
                        <dt>"The page’s own subscribers " <Addition /></dt>
                        <dd>{mails}</dd>
                    </dl>
                </div>
            </div>
        </section>
    }
}

fn impact(impact: &Impact) -> String {
    match impact {
        Impact::None => "None",
        Impact::Maintenance => "Maintenance",
        Impact::Minor => "Minor",
        Impact::Major => "Major",
        Impact::Critical => "Critical",
        Impact::Unknown(raw) => raw,
    }
    .to_owned()
}

/// The SOP's communication timeline, by severity.
#[component]
pub fn Timelines(
    /// Their rules.
    severities: Severities,
) -> impl IntoView {
    let lines = Severity::ALL
        .map(|severity| {
            let rules = severities.of(severity);
            let lines: Vec<_> = rules
                .timeline
                .iter()
                .map(|line| view! { <dt>{line.when.clone()}</dt> <dd>{line.what.clone()}</dd> })
                .collect();
            view! {
                <h3>{rules.name.clone()} " (" {severity.word()} ") incident"</h3>
                <dl class="pairs">{lines}</dl>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sop-timeline">
            <h2 id="sop-timeline">"Communication timeline"</h2>
            {lines}
        </section>
    }
}
