//! The language that is spoken: one for the whole page, known here and nowhere else. The app sets it before
//! it draws, and draws anew after it has set another.

use std::cell::Cell;

use leptos::prelude::*;

use super::words;

/// A language that everything is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    English,
    German,
}

thread_local! {
    static SPOKEN: Cell<Lang> = const { Cell::new(Lang::English) };
}

impl Lang {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// As `<html lang>` has it, and as it is kept.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The locale whose dates and numbers go with it.
    pub fn locale(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Reads a tag; one that nobody speaks here is English.
    pub fn from_tag(tag: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag() == tag)
            .unwrap_or_default()
    }

    /// The language that is spoken.
    pub fn spoken() -> Self {
        SPOKEN.get()
    }

    /// From now on this one is spoken. What is drawn already has to be drawn anew.
    pub fn speak(self) {
        SPOKEN.set(self);
    }
}

/// The choice "Language": each under its own name.
#[component]
pub fn LanguageChoice(
    /// Told of the language that was chosen, to speak it and to keep it.
    #[prop(into)]
    on_change: Callback<Lang>,
) -> impl IntoView {
    let options: Vec<AnyView> = Lang::ALL
        .into_iter()
        .map(|lang| {
            view! {
                <option value=lang.tag() lang=lang.tag() prop:selected=lang == Lang::spoken()>
                    {lang.name()}
                </option>
            }
            .into_any()
        })
        .collect();
    view! {
        <select
            class="language no-print"
            aria-label=words::say().language
            on:change=move |event| on_change.run(Lang::from_tag(&event_target_value(&event)))
        >
            {options}
        </select>
    }
}
