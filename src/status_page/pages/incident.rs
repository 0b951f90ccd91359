//! One incident under its permalink: what happened, in order, and what was learned.

use leptos::prelude::*;

use super::age::age;
use crate::domain::component::ComponentId;
use crate::domain::course;
use crate::domain::incident::{Incident as Told, IncidentId, IncidentUpdate, touched_by_name};
use crate::domain::maintenance::Maintenance;
use crate::domain::page::Permalinked;
use crate::domain::promise;
use crate::domain::text::begins_as_markup;
use crate::status_page::link;
use crate::status_page::route::Route;
use crate::status_page::router::Router;
use crate::status_page::store::{PageState, PageStore, passing};
use crate::ui::{Button, PageHeading, Remote, Time, reactive, show_remote, whenever};
use crate::views::incident::names;
use crate::views::state::{StateWord, impact_shape, impact_tone};
use crate::views::told::as_text;
use crate::views::{
    Body, Markdown, PromiseLine, Timeline, sentence, sentence_at, words, work_line,
};

/// The page.
#[component]
pub fn Incident(
    store: PageStore,
    /// Where we are.
    router: Router,
    /// Whether the reader came by a link.
    focus: bool,
    id: IncidentId,
) -> impl IntoView {
    let shown = store.shown();
    let known = {
        let id = id.clone();
        move || shown.with(|shown| known(shown, &id))
    };
    let there = {
        let known = known.clone();
        Memo::new(move |_| matches!(known().value(), Some(Some(Permalinked::Incident(_)))))
    };
    let name = move || match known().value() {
        Some(Some(Permalinked::Incident(incident))) => words::title(&incident.name).to_owned(),
        Some(Some(Permalinked::Work(work))) => words::work_title(&work.name).to_owned(),
        Some(None) => words::later::say().no_such_incident.to_owned(),
        None => words::later::say().incident.to_owned(),
    };
    let heading = {
        let name = name.clone();
        reactive(move || name().into_any())
    };
    whenever(move || router.name(name()));
    let told_of = id.clone();
    let found = Memo::new(move |_| shown.with(|shown| self::known(shown, &told_of)));
    // What is read anew and is the same stays as it is.
    let drawn = reactive(move || {
        store.told().track();
        let found = found.get();
        shown.with_untracked(|shown| {
            show_remote(&found, |found| match found {
                Some(Permalinked::Incident(incident)) => tell(shown, incident, store),
                Some(Permalinked::Work(work)) => planned(shown, work, store),
                None => none(),
            })
        })
    });
    let said = RwSignal::new("");
    let ways = reactive(move || {
        let found = there.get();
        found.then(|| ways(store, id.clone(), said)).into_any()
    });
    view! {
        <PageHeading focus=focus><bdi>{heading}</bdi></PageHeading>
        {age(store)}
        {drawn}
        {ways}
    }
}

/// The ways to pass it on. They stand apart from the story, which is drawn anew with every reading.
fn ways(store: PageStore, id: IncidentId, said: RwSignal<&'static str>) -> AnyView {
    let say = words::later::say();
    let shown = store.shown();
    // What is passed on is what stands there when the button is pressed.
    let with = move |give: &dyn Fn(&PageState, &Told)| {
        shown.with_untracked(|shown| {
            if let Some(Some(Permalinked::Incident(incident))) = known(shown, &id).value() {
                give(shown, incident);
            }
        });
    };
    let share = {
        let with = with.clone();
        move |()| {
            with(&|_, incident| {
                let address = passing::permalink(&incident.id);
                passing::pass_on(words::title(&incident.name).to_owned(), address, said);
            });
        }
    };
    let copy = move |()| {
        with(&|shown, incident| {
            let page = shown.page.value();
            let components = page.map_or(&[][..], |page| page.components.as_slice());
            let touches = touched_by_name(&incident.components, &incident.updates, components);
            let address = passing::permalink(&incident.id);
            passing::copy(as_text(incident, &touches, &address, shown.typed()), said);
        });
    };
    view! {
        <div class="section no-print">
            <div class="section-body past-steps">
                <Button on_press=copy>{say.copy_as_text}</Button>
                <Button on_press=share>{say.pass_on}</Button>
                <span class="small quiet" aria-live="polite">
                    {reactive(move || said.get().into_any())}
                </span>
            </div>
        </div>
    }
    .into_any()
}

/// The page as it is now knows best, whatever became of its list of incidents; what it does not tell of is asked for by
/// itself.
fn known(shown: &PageState, id: &IncidentId) -> Remote<Option<Permalinked>> {
    let told = shown.page.value().and_then(|page| page.permalinked(id));
    told.map_or_else(
        || shown.one.clone(),
        |told| Remote::Ready(Box::new(Some(told))),
    )
}

fn tell(shown: &PageState, incident: &Told, store: PageStore) -> AnyView {
    let say = words::later::say();
    let began = incident.is_dated().then(|| {
        view! {
            <dt>{say.started}</dt>
            <dd><Time at=incident.began_at() /></dd>
        }
        .into_any()
    });
    let over = course::ended(incident);
    let touches = affected(shown, &incident.components, &incident.updates);
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::say().demonstration}</span> }.into_any());
    let promise = promise::of(incident);
    let typed = shown.typed();
    let learned = incident.postmortem.clone().map(|postmortem| {
        view! {
            <section class="section" aria-labelledby="postmortem">
                <h2 id="postmortem">{words::say().postmortem}</h2>
                <div class="section-body stack">
                    <div class="article-text">
                        {written(postmortem.body, typed)}
                    </div>
                    <p class="small quiet">{sentence_at(say.published, postmortem.published_at)}</p>
                </div>
            </section>
        }
        .into_any()
    });
    let over = over.map(|ended| {
        view! {
            <dt>{words::say().resolved}</dt>
            <dd>
                <Time at=ended.at />
            </dd>
            <dt>{say.lasted}</dt>
            <dd>{words::later::length(&ended)}</dd>
        }
        .into_any()
    });
    let touches = touches.map(|names| {
        view! {
            <dt>{say.affected}</dt>
            <dd>{names}</dd>
        }
        .into_any()
    });
    let promise = promise.map(|promise| {
        view! { <PromiseLine promise=promise now=store.now() known=store.known() /> }.into_any()
    });
    view! {
        <div class="page-lead">
            <StateWord
                shape=impact_shape(&incident.impact)
                tone=impact_tone(&incident.impact)
                words=words::impact(&incident.impact)
            />
            <span>{words::status(&incident.status())}</span>
            {demo}
        </div>
        <section class="section" aria-labelledby="facts">
            <h2 id="facts">{say.at_a_glance}</h2>
            <div class="section-body">
                <dl class="facts-list">
                    {began}
                    {over}
                    {touches}
                </dl>
                {promise}
            </div>
        </section>
        {learned}
        {told(incident.updates.clone(), typed)}
    }
    .into_any()
}

/// What readers were told, newest first.
fn told(updates: Vec<IncidentUpdate>, typed: bool) -> AnyView {
    view! {
        <section class="section" aria-labelledby="updates">
            <h2 id="updates">{words::later::say().updates}</h2>
            <div class="section-body">
                <Timeline updates=updates typed=typed />
            </div>
        </section>
    }
    .into_any()
}

/// The names of what something touches, where the page or an update of it tells them.
fn affected(
    shown: &PageState,
    touches: &[ComponentId],
    updates: &[IncidentUpdate],
) -> Option<AnyView> {
    let components = &shown.page.value()?.components;
    let touches = touched_by_name(touches, updates, components);
    (!touches.is_empty()).then(|| names(touches))
}

/// Planned work has a permalink as incidents have.
fn planned(shown: &PageState, work: &Maintenance, store: PageStore) -> AnyView {
    let components = shown
        .page
        .value()
        .map_or(&[][..], |page| page.components.as_slice());
    let touches = touched_by_name(&work.components, &work.updates, components);
    let line = work_line(work, touches, store.minutes());
    view! {
        <p class="page-lead">{line}</p>
        {told(work.updates.clone(), false)}
    }
    .into_any()
}

fn none() -> AnyView {
    let say = words::later::say();
    let past = view! { <a href=link::to(&Route::History)>{say.list_of_incidents}</a> };
    view! {
        <section class="section">
            <h2>{say.what_now}</h2>
            <p class="section-body measure">{sentence(say.no_incident_here, past.into_any())}</p>
        </section>
    }
    .into_any()
}

/// A post-mortem as its source wrote it: in Markdown, or in markup that is read and never obeyed.
fn written(text: String, typed: bool) -> AnyView {
    if !typed && begins_as_markup(&text) {
        view! { <Body text /> }.into_any()
    } else {
        view! { <Markdown text /> }.into_any()
    }
}
