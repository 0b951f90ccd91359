//! The region "Recipients": pasted or from a file, with what is wrong by line, who is left out and why.

use leptos::prelude::*;

use super::super::super::IncidentContext;
use super::super::Draft;
use super::never::NeverList;
use crate::sop::duty::DutyKind;
use crate::sop::recipients::{BadLine, Picked};
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Checkbox, Choice};
use crate::ui::field::{Field, FieldKind};
use crate::ui::file_field::FileField;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::select::Select;
use crate::words::sending::{left_out, people};

/// The files that hold a list of people.
pub(super) const TABLES: &str = ".csv,.tsv,.txt,text/csv,text/plain";

/// How many lines that cannot be used are shown at first, and how many more at each asking.
pub(super) const SHOWN: usize = 20;
const MORE: usize = 200;

/// What a list came to, in numbers: what the region shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Numbers {
    file: Option<String>,
    reading: Option<u64>,
    chosen: usize,
    never: usize,
    elsewhere: usize,
    has_services: bool,
    bad: Vec<BadLine>,
    bad_count: usize,
    left_out: usize,
}

/// Who gets it.
#[component]
pub fn RecipientsRegion(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let run = draft.open.run;
    desk.open_recipients(&draft.open.id());
    let most = RwSignal::new(SHOWN);
    let numbers = numbers(draft.open, most.into());
    let services = Memo::new(move |_| desk.affected_services(&run.get_value()));
    // Another service that is affected is another choice of people.
    Effect::new(move |before: Option<Vec<String>>| {
        let now = services.get();
        if before.is_some_and(|before| before != now) {
            desk.choose_recipients(&run.get_value());
        }
        now
    });
    let typed = Signal::derive(move || {
        desk.recipients()
            .of(&run.get_value())
            .filter(|loaded| loaded.about.file.is_none())
            .map_or_else(String::new, |loaded| loaded.text.to_string())
    });
    let loaded = move |file| {
        desk.load_text_file(file, move |name, text| {
            desk.set_recipients(&run.get_value(), Some(name), &text);
        });
    };
    let hint = Signal::derive(move || {
        Some(
            match numbers.with(|numbers| numbers.as_ref()?.file.clone()) {
                Some(file) => format!("The list comes from {file}. Typing here replaces it."),
                None => "One person a line: an address, or name and address.".to_owned(),
            },
        )
    });
    view! {
        <section class="recipients stack" aria-label="Recipients">
            <h3>"Recipients"</h3>
            <FileField label="Recipients CSV" accept=TABLES on_file=loaded />
            <Field
                label="Paste recipients"
                hint=hint
                kind=FieldKind::Long
                value=typed
                on_input=move |text: String| desk.set_recipients(&run.get_value(), None, &text)
            />
            <p role="status">{move || summary(desk.really_mails(&run.get_value()), numbers.get())}</p>
            {move || numbers.with(|numbers| numbers.as_ref().is_some_and(|n| n.has_services)).then(|| view! {
                <Checkbox
                    label="Only people whom the affected services concern"
                    checked=Signal::derive(move || !desk.recipients().is_everybody(&run.get_value()))
                    on_change=move |only: bool| desk.set_everybody(&run.get_value(), !only)
                />
            })}
            <ColumnChoice draft />
            {move || difference(draft).map(|words| view! { <Notice tone=NoticeTone::Warn announce=true>{words}</Notice> })}
            <LinesLeftOut label="Lines left out" most bad=Signal::derive(move || numbers.get().map(|n| (n.bad, n.bad_count)).unwrap_or_default()) />
            <NeverList desk />
            <Show when=move || numbers.with(Option::is_some)>
                <DeleteNow open=draft.open />
            </Show>
        </section>
    }
}

/// The list that is kept while no email is owed: in numbers, and to be deleted.
#[component]
pub fn KeptList(open: IncidentContext) -> impl IntoView {
    let (desk, run) = (open.desk, open.run);
    desk.open_recipients(&open.id());
    let numbers = numbers(open, Signal::stored(0));
    view! {
        <Show when=move || numbers.with(Option::is_some)>
            <section class="recipients stack" aria-label="Recipients">
                <h3>"Recipients"</h3>
                <p role="status">{move || summary(desk.really_mails(&run.get_value()), numbers.get())}</p>
                <DeleteNow open />
            </section>
        </Show>
    }
}

#[component]
fn DeleteNow(open: IncidentContext) -> impl IntoView {
    let delete = move |()| open.desk.delete_recipients(&open.id());
    view! { <Button kind=Kind::Quiet on_press=delete>"Delete recipients now"</Button> }
}

/// What the list of an incident came to, with so many of the lines that cannot be used.
fn numbers(open: IncidentContext, most: Signal<usize>) -> Memo<Option<Numbers>> {
    let (desk, run) = (open.desk, open.run);
    Memo::new(move |_| {
        let loaded = desk.recipients().of(&run.get_value())?;
        Some(Numbers {
            file: loaded.about.file,
            reading: loaded.reading,
            chosen: loaded.chosen.people.len(),
            never: loaded.chosen.never,
            elsewhere: loaded.chosen.elsewhere,
            has_services: loaded.list.has_services,
            bad: loaded.list.bad.iter().take(most.get()).cloned().collect(),
            bad_count: loaded.list.bad.len(),
            left_out: loaded.list.left_out(),
        })
    })
}

/// Which columns of a table are gone by, and the choice of others.
#[component]
fn ColumnChoice(draft: Draft) -> impl IntoView {
    let (desk, run) = (draft.open.desk, draft.open.run);
    let table = Memo::new(move |_| desk.recipients().of(&run.get_value())?.list.table.clone());
    let titles = Memo::new(move |_| table.get().map(|table| table.titles));
    let picked = move || table.get().map(|table| table.picked);
    let pick = move |change: &dyn Fn(&mut Picked)| {
        if let Some(mut picked) = untrack(picked) {
            change(&mut picked);
            desk.pick_columns(&run.get_value(), picked);
        }
    };
    let to_address = move |at: usize| pick(&|picked: &mut Picked| picked.address = at);
    let to_name = move |at: Option<usize>| pick(&|picked: &mut Picked| picked.name = at);
    move || {
        titles.get().map(|titles| {
            let columns = || titles.iter().enumerate();
            let addresses: Vec<Choice<usize>> = columns()
                .map(|(at, title)| Choice::new(at, title))
                .collect();
            let names: Vec<Choice<Option<usize>>> = columns()
                .map(|(at, title)| Choice::new(Some(at), title))
                .chain([Choice::new(None, "None: “Hi there,”")])
                .collect();
            view! {
                <div class="form-pair">
                    <Select
                        label="Address column"
                        options=addresses
                        value=Signal::derive(move || picked().map(|picked| picked.address))
                        on_change=to_address
                    />
                    <Select
                        label="Name column"
                        options=names
                        value=Signal::derive(move || picked().map(|picked| picked.name))
                        on_change=to_name
                    />
                </div>
            }
        })
    }
}

fn summary(hosted: bool, numbers: Option<Numbers>) -> String {
    let Some(numbers) = numbers else {
        return if hosted {
            "No list yet: load or paste the people to mail."
        } else {
            "No list yet. The embedded outbox gets one sample copy, to a reader without a name."
        }
        .to_owned();
    };
    if let Some(percent) = numbers.reading {
        return format!("Reading the list: {percent} %.");
    }
    let mut sentences = vec![format!("{}.", people(numbers.chosen))];
    sentences.extend(left_out(numbers.left_out).map(|words| format!("{words}.")));
    if numbers.never > 0 {
        sentences.push(format!("{} never mailed.", numbers.never));
    }
    if numbers.elsewhere > 0 {
        sentences.push(format!(
            "{} left out: other services only.",
            numbers.elsewhere
        ));
    }
    sentences.join(" ")
}

/// The lines of a list that cannot be used: as many as were asked for, and how many there are.
#[component]
pub(super) fn LinesLeftOut(
    label: &'static str,
    most: RwSignal<usize>,
    bad: Signal<(Vec<BadLine>, usize)>,
) -> impl IntoView {
    let more = Memo::new(move |_| bad.with(|(shown, count)| count.saturating_sub(shown.len())));
    view! {
        <ul class="problems" aria-label=label>
            {move || {
                let (shown, _) = bad.get();
                shown
                    .into_iter()
                    .map(|bad| view! { <li>{format!("Line {}: {}.", bad.line, bad.wrong)}</li> })
                    .collect_view()
            }}
        </ul>
        <Show when=move || { more.get() > 0 }>
            <Button kind=Kind::Quiet on_press=move |()| most.update(|most| *most += MORE)>
                {move || format!("Show {} more", more.get().min(MORE))}
            </Button>
        </Show>
    }
}

/// What is different about the list of the report, beside the one that the first email went to.
fn difference(draft: Draft) -> Option<String> {
    let desk = draft.open.desk;
    if draft.purpose.get()?.kind != DutyKind::Report {
        return None;
    }
    let id = draft.open.id();
    let list = desk
        .recipients()
        .of(&id)
        .filter(|list| list.reading.is_none())?;
    let (now, first) = (list.chosen.people.len(), desk.first_email(&id)?);
    let other_list = list.hash.is_some() && first.hash.is_some() && list.hash != first.hash;
    if now != first.people {
        Some(format!(
            "The first email went to {}; this list has {}.",
            people(first.people),
            people(now)
        ))
    } else if other_list {
        Some(format!(
            "The first email went to {} as well, but they are not the same ones.",
            people(first.people)
        ))
    } else {
        None
    }
}
