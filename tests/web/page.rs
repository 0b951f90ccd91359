//! The status page's views while the clock goes on and nothing is read.

use std::sync::Arc;

use allclear::domain::contradiction::Contradiction;
use allclear::domain::incident::{IncidentId, IncidentStatus, IncidentUpdate};
use allclear::domain::maintenance::{Maintenance, MaintenanceStatus};
use allclear::domain::page::{Overall, Stated};
use allclear::domain::uptime::{Day, Told, Track};
use allclear::views::{
    Bars, Body, Item, MaintenanceCard, Minutes, Portions, PromiseLine, Timeline, portions,
    sentence_of, words,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::text;

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

/// Takes away what is shown.
struct Gone;

impl Drop for Gone {
    fn drop(&mut self) {
        text("document.getElementById('shown').remove(); ''");
    }
}

/// What a view says at the end of the page, and of its marks; it is taken away when this is dropped.
fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> impl Drop {
    leptos::mount::mount_to_body(move || view! { <div id="shown">{view()}</div> });
    Gone
}

fn said() -> String {
    text("document.getElementById('shown').textContent.replace(/\\s+/g, ' ').trim()")
}

#[wasm_bindgen_test]
async fn the_bars_grow_with_the_clock_and_what_was_opened_stays_open() {
    let seconds = RwSignal::new(3_600_u32);
    let track = move || {
        let day = Day {
            day: at("2026-03-10T00:00:00Z").date_naive(),
            told: Told::Trouble {
                worst: Overall::MajorOutage,
                seconds: seconds.get(),
            },
        };
        Some(Track {
            days: vec![day],
            share: Some(9_000),
            known: 1,
        })
    };
    let _shown = show(move || view! { <Bars name="API".to_owned() track=Arc::new(track) /> });
    let mark = || text("document.querySelector('#shown path').getAttribute('d')");
    text("document.querySelector('#shown details').open = true; ''");
    let before = mark();
    seconds.set(43_200);
    tick().await;
    assert_ne!(mark(), before);
    assert_eq!(
        text("String(document.querySelector('#shown details').open)"),
        "true"
    );
}

#[wasm_bindgen_test]
async fn an_update_that_nobody_read_of_is_not_called_overdue() {
    let promise = at("2026-03-10T14:45:00Z");
    let now = RwSignal::new(at("2026-03-10T15:30:00Z"));
    let heard = RwSignal::new(at("2026-03-10T14:44:00Z"));
    let _shown = show(move || {
        view! { <PromiseLine promise=promise now=now known=heard.into() /> }
    });
    assert!(
        said().starts_with("It is not known whether an update came"),
        "{}",
        said()
    );
    assert!(!said().contains("overdue"), "{}", said());
    heard.set(at("2026-03-10T15:30:00Z"));
    tick().await;
    assert!(
        said().starts_with("Update overdue by 45 minutes"),
        "{}",
        said()
    );
    assert!(!said().contains("2026"), "{}", said());
    // On another day the minute would be read as one of today.
    now.set(at("2026-03-12T14:20:00Z"));
    tick().await;
    let day = "It was due by 10 Mar 2026, 14:45 UTC";
    assert!(said().contains(day), "{}", said());
}

#[wasm_bindgen_test]
async fn planned_work_says_when_it_should_have_ended_and_isolates_each_name() {
    let known = RwSignal::new(at("2026-03-10T21:59:00Z"));
    let minute = RwSignal::new(0);
    let told = |status: &str, body: &str| IncidentUpdate {
        id: String::new(),
        status: IncidentStatus::from(status.to_owned()),
        body: body.to_owned(),
        created_at: at("2026-03-10T20:00:00Z"),
        told_at: None,
        affected: Vec::new(),
    };
    let work = Maintenance {
        id: IncidentId("m".to_owned()),
        name: String::new(),
        status: MaintenanceStatus::InProgress,
        updates: vec![
            told("in_progress", "It has begun."),
            told("scheduled", ""),
            told("scheduled", "It begins in an hour."),
            told("scheduled", "We move."),
        ],
        from: at("2026-03-10T20:00:00Z"),
        until: Some(at("2026-03-10T22:00:00Z")),
        components: Vec::new(),
        demo: false,
    };
    let updates = work.updates.clone();
    let touches = vec!["API".to_owned(), "Web".to_owned()];
    let shown = show(move || {
        view! { <MaintenanceCard maintenance=work touches=touches href=Some("incidents/m".to_owned()) minutes=Minutes { known: known.into(), minute } /> }
    });
    assert!(
        said().starts_with("Maintenance without a title"),
        "{}",
        said()
    );
    assert!(said().contains("Until 10 Mar 2026"), "{}", said());
    assert_eq!(
        text("[...document.querySelectorAll('#shown bdi')].map(each => each.textContent).join()"),
        "API,Web"
    );
    // Ten minutes in which nobody read of it.
    minute.set(10);
    tick().await;
    assert!(said().contains("Until 10 Mar 2026"), "{}", said());
    known.set(at("2026-03-10T22:00:01Z"));
    minute.set(11);
    tick().await;
    assert!(
        said().contains("Should have ended at 10 Mar 2026"),
        "{}",
        said()
    );
    assert!(!said().contains("Until"), "{}", said());
    // What was said last, and what announced it.
    assert!(said().ends_with("It has begun.We move."), "{}", said());
    drop(shown);
    let _shown = show(move || view! { <Timeline updates=updates typed=false /> });
    assert!(said().starts_with("In progress"), "{}", said());
    assert!(said().contains("Scheduled"), "{}", said());
}

#[wasm_bindgen_test]
fn a_sentence_isolates_each_name_in_its_place() {
    let _shown = show(|| sentence_of("“{1}” is not “{0}”.", &["API", "\u{5d0}"]));
    assert_eq!(said(), "“\u{5d0}” is not “API”.");
    assert_eq!(
        text("[...document.querySelectorAll('#shown bdi')].map(each => each.textContent).join()"),
        "\u{5d0},API"
    );
}

/// Which contradictions there are is a matter of the domain.
#[wasm_bindgen_test]
fn a_source_that_contradicts_itself_is_quoted_in_its_own_words_or_else_in_ours() {
    let stated = |state, words: &str| Stated {
        state,
        words: words.to_owned(),
    };
    for (found, sentence) in [
        (
            Contradiction::Greener(stated(Overall::Operational, "All Systems Operational")),
            "The source of this page says “All Systems Operational”, but its parts are worse. The worse state is shown.",
        ),
        (
            Contradiction::Greener(stated(Overall::Operational, " ")),
            "The source of this page says “All systems operational”, but its parts are worse. The worse state is shown.",
        ),
        (
            Contradiction::Worse(stated(Overall::PartialOutage, "Partial System Outage")),
            "The source of this page says “Partial System Outage”, but none of its parts is that bad.",
        ),
        (
            Contradiction::Untouched("API - Investigating Issue".to_owned()),
            "“API - Investigating Issue” is called an outage, and every component that it names is called operational.",
        ),
    ] {
        let _shown = show(move || {
            let (words, names) = words::contradiction(&found);
            sentence_of(words, &names)
        });
        assert_eq!(said(), sentence);
    }
}

#[wasm_bindgen_test]
async fn a_long_list_is_drawn_in_portions_and_what_stands_is_not_drawn_again() {
    let drawn = RwSignal::new(0_u32);
    let _shown = show(move || {
        let items = (0..250).map(|place: u32| -> Item {
            Box::new(move || {
                drawn.update_untracked(|drawn| *drawn += 1);
                view! { <li>{place}</li> }.into_any()
            })
        });
        let Portions { items, more } = portions(items.collect(), 100);
        view! { <ul>{items}</ul> {more} }
    });
    let rows = || text("String(document.querySelectorAll('#shown li').length)");
    let press = "document.querySelector('#shown button').click(); ''";
    assert_eq!((rows().as_str(), drawn.get_untracked()), ("100", 100));
    assert!(said().ends_with("Show more"), "{}", said());
    text("document.querySelector('#shown button').focus(); ''");
    text(press);
    tick().await;
    assert_eq!((rows().as_str(), drawn.get_untracked()), ("200", 200));
    text(press);
    tick().await;
    assert_eq!((rows().as_str(), drawn.get_untracked()), ("250", 250));
    assert!(said().ends_with("All are shown."), "{}", said());
    let focus = "String(document.activeElement === document.querySelector('#shown button'))";
    assert_eq!(text(focus), "true", "the focus has not fallen");
}

#[wasm_bindgen_test]
async fn a_text_of_a_megabyte_is_shown_in_part_and_whole_when_asked() {
    let long = "A sentence of an update. ".repeat(40_000);
    let length = long.trim_end().len();
    let _shown = show(move || view! { <Body text=long typed=false /> });
    assert!(said().len() < 20_100 && said().ends_with("Show more"));
    text("document.querySelector('#shown button').click(); ''");
    tick().await;
    assert!(said().len() >= length && said().contains("All are shown."));
}

#[wasm_bindgen_test]
fn a_host_in_another_script_stands_there_as_the_browser_reads_it_too() {
    // The first letter of the second host is a Cyrillic one.
    for (address, shown) in [
        ("https://status.example/a", "https://status.example/a"),
        (
            "https://\u{455}tatus.example/a",
            "https://\u{455}tatus.example/a (xn--tatus-g2e.example)",
        ),
        (
            "https://m\u{fc}nchen.example",
            "https://m\u{fc}nchen.example",
        ),
        (
            "https://status.example/\u{4e2d}",
            "https://status.example/\u{4e2d}",
        ),
    ] {
        let _shown = show(move || view! { <Body text=address typed=false /> });
        assert_eq!(said(), shown);
    }
}
