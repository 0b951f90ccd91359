//! A field for a moment: it shows what `domain::said` makes of its text, and asks where that is not plain.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::kept::drafts::Typed;
use crate::domain::said::{self, Entry, Reading, Said, Wrong};
use crate::sop::event::EventKind;
use crate::sop::run::RunId;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Checkbox, Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::ui::moment::zone;
use crate::ui::time;

/// Where the text of a field is.
#[derive(Clone, Copy)]
enum Held {
    /// As long as the form stands.
    Here(RwSignal<Option<String>>),
    /// Through a reload; told when somebody types.
    Kept(Typed, Callback<()>),
}

/// What stands in a field before anybody typed.
#[derive(Clone, Copy)]
enum Before {
    Now,
    Known(DateTime<Utc>),
    NotKnown,
}

/// A field for a moment, and what was answered about its text.
#[derive(Clone, Copy)]
pub struct MomentField {
    desk: Desk,
    label: &'static str,
    held: Held,
    before: Before,
    /// Which of two moments was chosen, for this text.
    reading: RwSignal<Option<(String, Reading)>>,
    /// The text of which it was said that so long ago is meant.
    sure: RwSignal<Option<String>>,
}

impl MomentField {
    /// A field that means the moment of acting until somebody types.
    pub fn now(desk: Desk, label: &'static str) -> Self {
        Self {
            desk,
            label,
            held: Held::Here(RwSignal::new(None)),
            before: Before::Now,
            reading: RwSignal::new(None),
            sure: RwSignal::new(None),
        }
    }

    /// A field that shows a moment as it is known, or none.
    pub fn known(desk: Desk, label: &'static str, before: Option<DateTime<Utc>>) -> Self {
        Self {
            before: before.map_or(Before::NotKnown, Before::Known),
            ..Self::now(desk, label)
        }
    }

    /// The same, kept through a reload; `noted` is told when somebody types.
    pub fn kept(self, typed: Typed, noted: impl Into<Callback<()>>) -> Self {
        Self {
            held: Held::Kept(typed, noted.into()),
            ..self
        }
    }

    /// What it says at a moment.
    pub fn said(self, now: DateTime<Utc>) -> Said {
        let text = self.text();
        let subject = self.subject();
        let answered = |about: Option<&String>| about.is_some() && about == subject.as_ref();
        self.reading.with(|reading| {
            let chosen = reading.as_ref().filter(|(about, _)| answered(Some(about)));
            let entry = Entry {
                text: text.as_deref().filter(|text| !self.is_still_unknown(text)),
                before: match self.before {
                    Before::Known(at) => Some(at),
                    Before::Now | Before::NotKnown => None,
                },
                reading: chosen.map(|(_, reading)| *reading),
                is_sure: self.sure.with(|sure| answered(sure.as_ref())),
            };
            said::said(entry, now, &zone)
        })
    }

    /// The moment it was changed to; `None` where it says what it said before.
    pub fn changed(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match (self.said(now), self.before) {
            (Said::At(at), Before::Known(before)) => (at != before).then_some(at),
            (Said::At(at), Before::Now | Before::NotKnown) => Some(at),
            (Said::Now | Said::Wrong(_), _) => None,
        }
    }

    /// Why it cannot be taken, with the field's name; `None` where it can.
    pub fn refusal(self, now: DateTime<Utc>) -> Option<String> {
        match self.said(now) {
            Said::Now | Said::At(_) => None,
            Said::Wrong(why) => Some(format!("{}: {}", self.label, words(why, self.before))),
        }
    }

    /// Why what happened then may not be entered into this incident's log: the moment cannot be taken, or the log
    /// refuses `what`.
    pub fn why_not_entered(
        self,
        run: &RunId,
        what: impl FnOnce(DateTime<Utc>) -> EventKind,
    ) -> Option<String> {
        let now = self.desk.now().get();
        self.refusal(now)
            .or_else(|| self.desk.refusal(run, &what(now)))
    }

    /// Enters what happened then into this incident's log; whether it was taken.
    pub fn enter(self, run: &RunId, what: impl FnOnce(DateTime<Utc>) -> EventKind) -> bool {
        let now = self.desk.fresh_now();
        untrack(|| self.refusal(now)).is_none() && self.desk.tell(run, untrack(|| what(now)))
    }

    fn text(self) -> Option<String> {
        match self.held {
            Held::Here(text) => text.get(),
            Held::Kept(typed, _) => typed.text(),
        }
    }

    fn set(self, text: String) {
        match self.held {
            Held::Here(held) => held.set(Some(text)),
            Held::Kept(typed, noted) => {
                typed.set(text);
                noted.run(());
            }
        }
    }

    /// The text that questions are about: what is typed, or the moment that stands there.
    fn subject(self) -> Option<String> {
        self.text().or_else(|| match self.before {
            Before::Known(at) => Some(said::typed(at, &zone)),
            Before::Now | Before::NotKnown => None,
        })
    }

    /// What is not known and was left empty again.
    fn is_still_unknown(self, text: &str) -> bool {
        matches!(self.before, Before::NotKnown) && text.is_empty()
    }

    /// What the browser's field shows.
    fn shown(self) -> String {
        self.text().unwrap_or_else(|| match self.before {
            Before::Now => said::typed(self.desk.now().get(), &zone),
            Before::Known(at) => said::typed(at, &zone),
            Before::NotKnown => String::new(),
        })
    }

    fn hint(self) -> Option<String> {
        match (self.said(self.desk.now().get()), self.before) {
            (Said::Now, Before::Now) => Some("Now: the moment in which you press.".to_owned()),
            (Said::Now, Before::Known(_) | Before::NotKnown) => Some("Not known.".to_owned()),
            (Said::At(at), _) => Some(format!(
                "{}. {}",
                time::local(at, time::Form::Full),
                time::utc(at, time::Form::Full)
            )),
            (Said::Wrong(_), _) => None,
        }
    }

    fn take_now(self) {
        match (self.before, self.held) {
            (Before::Now, Held::Here(text)) => text.set(None),
            (Before::Now, Held::Kept(typed, _)) => typed.clear(),
            (Before::Known(_) | Before::NotKnown, _) => {
                self.set(said::typed(self.desk.fresh_now(), &zone));
            }
        }
    }
}

/// What is wrong, and what would be right.
fn words(why: Wrong, before: Before) -> String {
    let or_now = match before {
        Before::Now => ", or press “Now”",
        Before::Known(_) | Before::NotKnown => "",
    };
    match why {
        Wrong::Empty => format!("Give the day and the time{or_now}."),
        Wrong::NoTime => "Not a time: give the day and the time, as 2026-11-23 14:05.".to_owned(),
        Wrong::Skipped => {
            "There was no such time: the clocks were put forward over it. Give a time before or after."
                .to_owned()
        }
        Wrong::Twice => {
            "That time came twice, because the clocks were put back: say which is meant.".to_owned()
        }
        Wrong::Future => "That time is in the future.".to_owned(),
        Wrong::LongAgo(at) => format!(
            "That is more than a year ago ({}): correct the year, or say that it is meant.",
            time::local(at, time::Form::Day)
        ),
        Wrong::OtherAge => "The year cannot be right: give all four digits of it.".to_owned(),
    }
}

/// The field, and under it what has to be answered.
#[component]
pub fn Moment(field: MomentField) -> impl IntoView {
    let desk = field.desk;
    let shown = Memo::new(move |_| field.shown());
    let wrong = Memo::new(move |_| match field.said(desk.now().get()) {
        Said::Now | Said::At(_) => None,
        Said::Wrong(why) => Some(why),
    });
    let hint = Memo::new(move |_| field.hint());
    let both = Memo::new(move |_| said::both(&field.subject()?, &zone));
    let asks_year = Memo::new(move |_| {
        let sure = field
            .sure
            .with(|sure| sure.is_some() && *sure == field.subject());
        sure || matches!(wrong.get(), Some(Wrong::LongAgo(_)))
    });
    let chosen = Signal::derive(move || match field.said(desk.now().get()) {
        Said::At(at) => Some(said::reading_of(at, both.get()?)),
        Said::Now | Said::Wrong(_) => None,
    });
    view! {
        <div class="moment">
            <Field
                label=field.label
                hint
                error=Signal::derive(move || wrong.get().map(|why| words(why, field.before)))
                value=shown
                kind=FieldKind::DateTime
                on_input=move |text: String| field.set(text)
            />
            <Button kind=Kind::Quiet on_press=move |()| field.take_now()>
                "Now" <span class="sr-only">{format!(", for {}", field.label)}</span>
            </Button>
            {move || choices(both.get()).filter(|_| wrong.get() != Some(Wrong::Future)).map(|choices| view! {
                <RadioGroup
                    legend="Which of the two"
                    options=choices
                    value=chosen
                    on_change=move |reading| {
                        field.reading.set(field.subject().map(|text| (text, reading)));
                    }
                />
            })}
            <Show when=move || asks_year.get()>
                <Checkbox
                    label="Yes, more than a year ago"
                    checked=Signal::derive(move || field.sure.with(Option::is_some))
                    on_change=move |on| field.sure.set(field.subject().filter(|_| on))
                />
            </Show>
        </div>
    }
}

/// The two moments of a time that comes twice.
fn choices(both: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Option<Vec<Choice<Reading>>> {
    let (earlier, later) = both?;
    Some(vec![
        Choice::new(Reading::Earlier, in_both_zones(earlier)),
        Choice::new(Reading::Later, in_both_zones(later)),
    ])
}

/// "02:30 CEST (00:30 UTC)".
fn in_both_zones(at: DateTime<Utc>) -> String {
    format!(
        "{} ({})",
        time::local(at, time::Form::Clock),
        time::utc(at, time::Form::Clock)
    )
}
