//! Values of a table: each is read with its problem, where it has one.

use chrono::{NaiveDate, TimeDelta};
use toml::de::DeValue;

use crate::config::words::{nearest, span};

use super::{Diagnostics, Span, TableReader, kind_of, short};

impl TableReader<'_> {
    /// A text that has to be there and not be blank.
    pub(crate) fn text(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        right: &str,
    ) -> Option<String> {
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key} = {right}"));
            return None;
        }
        self.text_if_any(notes, key, right)
    }

    /// A text that need not be there, but may not be blank.
    pub(crate) fn text_if_any(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        right: &str,
    ) -> Option<String> {
        let value = self.ask(key)?.get_ref();
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.refuse(
                    notes,
                    key,
                    "it is blank".to_owned(),
                    format!("{key} = {right}"),
                );
                None
            }
            None => {
                let wrong = format!("it is {}, and a text is needed", kind_of(value));
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
        }
    }

    /// A yes or no that has to be there.
    pub(crate) fn flag(&mut self, notes: &mut Diagnostics, key: &'static str) -> Option<bool> {
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key} = true, or {key} = false"));
            return None;
        }
        self.flag_if_any(notes, key)
    }

    /// A yes or no that need not be there.
    pub(crate) fn flag_if_any(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
    ) -> Option<bool> {
        let value = self.ask(key)?.get_ref();
        let flag = value.as_bool();
        if flag.is_none() {
            let wrong = format!("it is {}, and true or false is needed", kind_of(value));
            self.refuse(
                notes,
                key,
                wrong,
                format!("{key} = true, or {key} = false, without quotes"),
            );
        }
        flag
    }

    /// One of some words.
    pub(crate) fn choice<T: Clone>(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let listed: Vec<String> = choices
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        let listed = format!("one of {}", listed.join(", "));
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key}: {listed}"));
            return None;
        }
        let text = self.text_if_any(notes, key, &listed)?;
        self.chosen(notes, key, &text, choices)
    }

    /// The choice that a word names.
    pub(crate) fn chosen<T: Clone>(
        &mut self,
        notes: &mut Diagnostics,
        key: &str,
        text: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let found = choices
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| value.clone());
        if found.is_none() {
            let listed: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("\"{word}\""))
                .collect();
            let right = match nearest(text, choices.iter().map(|(word, _)| *word)) {
                Some(near) => format!("\"{near}\"; possible are {}", listed.join(", ")),
                None => format!("one of {}", listed.join(", ")),
            };
            self.refuse(
                notes,
                key,
                format!("\"{}\" is not a word it knows", short(text)),
                right,
            );
        }
        found
    }

    /// A span of time that has to be there.
    pub(crate) fn span(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        example: &str,
    ) -> Option<TimeDelta> {
        let text = self.text(notes, key, &format!("\"{example}\""))?;
        self.spanned(notes, key, &text, &format!("\"{example}\""))
    }

    /// A span of time, or the word that says there is none.
    pub(crate) fn span_or(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        example: &str,
        none: &str,
    ) -> Option<Span> {
        let right = format!("\"{example}\", or \"{none}\"");
        let text = self.text(notes, key, &right)?;
        if text == none {
            return Some(Span::None);
        }
        self.spanned(notes, key, &text, &right).map(Span::Of)
    }

    fn spanned(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        text: &str,
        right: &str,
    ) -> Option<TimeDelta> {
        let found = span(text);
        if found.is_none() {
            let wrong = format!("\"{}\" is not a span of time", short(text));
            self.refuse(notes, key, wrong, format!("{key} = {right}"));
        }
        found
    }

    /// A whole number within bounds that has to be there.
    pub(crate) fn number(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let right = format!(
            "{key} = a number from {} to {}",
            bounds.start(),
            bounds.end()
        );
        let Some(value) = self.ask(key) else {
            self.miss(notes, key, &right);
            return None;
        };
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        let found = number.filter(|number| bounds.contains(number));
        if found.is_none() {
            let wrong = match value.get_ref() {
                DeValue::Integer(_) => "it is out of bounds".to_owned(),
                other => format!("it is {}, and a whole number is needed", kind_of(other)),
            };
            self.refuse(notes, key, wrong, right);
        }
        found
    }

    /// A date that has to be there.
    pub(crate) fn date(&mut self, notes: &mut Diagnostics, key: &'static str) -> Option<NaiveDate> {
        let right = format!("{key} = 2024-01-15, without quotes");
        let Some(value) = self.ask(key) else {
            self.miss(notes, key, &right);
            return None;
        };
        let found = value.get_ref().as_datetime().and_then(|at| {
            let date = at.date?;
            let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
            day.filter(|_| at.time.is_none())
        });
        if found.is_none() {
            let wrong = format!("it is {}, and a date is needed", kind_of(value.get_ref()));
            self.refuse(notes, key, wrong, right);
        }
        found
    }

    /// A list of texts that need not be there.
    pub(crate) fn texts(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
        right: &str,
    ) -> Option<Vec<String>> {
        let value = self.ask(key)?.get_ref();
        let found = value.as_array().map(|items| {
            items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        });
        match found {
            Some(Some(texts)) if texts.iter().all(|text| !text.trim().is_empty()) => Some(texts),
            Some(_) => {
                let wrong = "one of its items is not a text, or is blank".to_owned();
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
            None => {
                let wrong = format!("it is {}, and a list of texts is needed", kind_of(value));
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
        }
    }
}
