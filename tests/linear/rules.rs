//! The rules that read what people type, each held to it.

use allclear::domain::incident::IncidentStatus;
use allclear::domain::{markdown, promise, text};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::lint::{self, Checked};
use allclear::sop::message::{PageOptions, preview, render};
use allclear::sop::recipients::{List, Never};
use allclear::sop::report::escaped;
use allclear::sop::template::Template;
use allclear::sop::x_length;
use std::hint::black_box;

use super::{LONG, holds};
use crate::playbook::common::{plain, shipped, usual};

const MARKUP: &[&str] = &[
    "<a ", "<a href=\"", "</", "<script>", "<!--", "<div><p>", "<x a=\"", "&", "&#x", "**", "** a", "https://", "[a](https://a.example", "</a>",
];
const PROMISES: &[&str] = &["Next update by ", "Next update by 25:99 UTC ", "Next update by <", "\u{201c}", "<br", "next "];
const TEMPLATES: &[&str] = &["[Name] ", "[Service Name]", "[service name] ", "[[", "]", "{{", "[symptom"];
const ADDRESSES: &[&str] = &["a.é", "a.b.c/", "https://a.b/", ".", "a.", "中", "-", "\u{200d}"];
const LISTS: &[&str] = &["a@b.c,", "a@b.example\n", "<a@b.example>, ", "\"a\" <", "\"\n", ";", "a;b\n", "a\tb\n"];
const MARKDOWN: &[&str] = &[
    "**", "*a", "__a", "_", "`", "``", "` ``", "[]", "[a](", "[a](https://a.example", "![", "\\", ">", "> ", "- ", "- a\n", "  - a\n", "1. a\n\n", "#", "# a\n",
    "```\n", "---\n", "https://", "- **",
];
const SENTENCES: &[&str] = &["every ", "every 15 ", "all systems are ", "all is well. ", "Next update by ", "in 2 hours. ", "[SERVICE] ", "{{a", "<a>", "everyone "];

#[test]
fn texts_of_a_page() {
    holds("text::pieces", LONG, MARKUP, |long| {
        black_box(text::pieces(long));
        black_box(text::pieces(&format!("<p>{long}</p>")));
    });
}

#[test]
fn promises() {
    let created = noon();
    holds("promise::read", LONG, PROMISES, |long| {
        black_box(promise::read(long, created));
    });
}

#[test]
fn templates() {
    let playbook = shipped();
    holds("Template::parse", LONG / 4, TEMPLATES, |long| {
        drop(black_box(Template::parse(
            long,
            &playbook.placeholders,
            &[],
        )));
    });
}

#[test]
fn the_length_on_x() {
    holds("x_length::weight", LONG, ADDRESSES, |long| {
        black_box(x_length::weight(long));
    });
}

#[test]
fn lists_of_recipients() {
    holds("List::parse", LONG / 2, LISTS, |long| {
        black_box(List::parse(long));
        black_box(List::parse(&format!("Name,Email\n{long}")));
        black_box(Never::parse(long));
    });
}

#[test]
fn markdown() {
    holds("markdown::blocks", LONG, MARKDOWN, |long| {
        black_box(markdown::blocks(long));
        black_box(escaped(long));
    });
}

#[test]
fn the_markup_of_mails() {
    let playbook = shipped();
    holds("message::render", LONG, MARKDOWN, |long| {
        let mut filling = plain(IncidentStatus::Investigating);
        filling.facts.set(Fact::Description, format!("a{long}"));
        let made = render(
            &playbook,
            usual(Channel::Email, DutyKind::First),
            &filling,
            &PageOptions::default(),
        );
        drop(black_box(made));
    });
}

#[test]
fn the_lint() {
    let playbook = shipped();
    holds("lint::findings", LONG / 4, SENTENCES, |long| {
        let mut filling = plain(IncidentStatus::Investigating);
        filling.facts = Facts::default();
        filling.facts.set(Fact::Service, "Checkout".to_owned());
        filling.facts.set(Fact::Symptom, format!("a{long}"));
        let purpose = usual(Channel::X, DutyKind::First);
        let shown = preview(&playbook, purpose, &filling);
        black_box(lint::findings(&Checked {
            playbook: &playbook,
            purpose,
            filling: &filling,
            preview: shown.as_ref(),
            incident_type: "breach",
            components: &[],
            page: None,
            own: None,
            touched: &[],
            needs_approval: false,
            team: None,
        }));
    });
}

fn noon() -> chrono::DateTime<chrono::Utc> {
    crate::playbook::common::at("2026-03-09T12:00:00Z")
}
