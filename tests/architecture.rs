//! The shape of the house, proved by reading its sources: who may know whom, where the browser, the clock,
//! the network and the colours live, and a few manners. A failure names the file and the line, and says
//! where the code should go. The checker itself is proved on samples that are bad on purpose.
#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/finders.rs"]
mod finders;
#[path = "architecture/literals.rs"]
mod literals;
#[path = "architecture/matches.rs"]
mod matches;
#[path = "architecture/modules.rs"]
mod modules;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/samples.rs"]
mod samples;
#[path = "architecture/source.rs"]
mod source;

use finders::breaches;
use rules::RULES;
use source::{Source, read_tree};

/// What is ours to read.
const PLACES: &[&str] = &[
    ".ci",
    "Cargo.toml",
    "Makefile",
    "README.md",
    "Trunk.toml",
    "badge",
    "build.rs",
    "console",
    "deploy",
    "docs",
    "examples",
    "first",
    "index.html",
    "package.json",
    "playwright.config.mjs",
    "public",
    "src",
    "style",
    "tests",
    "tools",
    "worker",
];

fn house() -> Vec<Source> {
    let mut sources = read_tree(PLACES);
    sources.retain(|source| !source.is_in(&["tests/e2e/results"]));
    sources
}

#[test]
fn every_rule_of_the_house_holds() {
    let sources = house();
    let found: Vec<String> = RULES
        .iter()
        .flat_map(|rule| {
            sources
                .iter()
                .flat_map(move |source| breaches(rule, source))
        })
        .collect();
    assert!(
        found.is_empty(),
        "{} breaches:\n{}\n",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn the_house_was_read() {
    let sources = house();
    for place in [
        "src/domain",
        "src/sop",
        "src/api",
        "tests/architecture",
        "tools",
        "first",
        "badge",
        "worker",
        "deploy",
    ] {
        assert!(
            sources.iter().any(|source| source.is_in(&[place])),
            "nothing was read of {place}"
        );
    }
    let seen = sources
        .iter()
        .filter(|source| source.is_in(&["src"]) && !source.code.trim().is_empty());
    assert!(seen.count() > 10, "the code of src/ was not seen");
}

#[test]
fn every_rule_finds_its_bad_sample_and_only_there() {
    for (name, path, text, line) in samples::BAD {
        let rule = RULES.iter().find(|rule| rule.name == *name);
        let rule = rule.unwrap_or_else(|| panic!("no rule is called {name:?}"));
        let found = breaches(rule, &Source::new(path, text));
        let expected = format!("{path}:{line}: {name}: {}", rule.instead);
        assert_eq!(found, [expected], "sample:\n{text}");
    }
}

#[test]
fn a_file_too_long_is_found() {
    let text = format!("//! X.\n{}", "// x\n".repeat(400));
    let rule = RULES
        .iter()
        .find(|rule| rule.name == "a file fits in a head")
        .expect("the rule");
    assert_eq!(breaches(rule, &Source::new("src/x.rs", &text)).len(), 1);
}

#[test]
fn every_rule_has_a_bad_sample() {
    for rule in RULES
        .iter()
        .filter(|rule| rule.name != "a file fits in a head")
    {
        assert!(
            samples::BAD.iter().any(|(name, ..)| *name == rule.name),
            "no sample breaks: {}",
            rule.name
        );
    }
}

#[test]
fn good_samples_break_nothing() {
    for (path, text) in samples::GOOD {
        let source = Source::new(path, text);
        let found: Vec<String> = RULES
            .iter()
            .flat_map(|rule| breaches(rule, &source))
            .collect();
        assert_eq!(found, Vec::<String>::new(), "sample:\n{text}");
    }
}

#[test]
fn the_lints_stand_in_the_manifest() {
    let manifest = include_str!("../Cargo.toml");
    for lint in [
        "unsafe_code = \"forbid\"",
        "pedantic = ",
        "unwrap_used = ",
        "expect_used = ",
        "panic = ",
        "indexing_slicing = ",
        "string_slice = ",
    ] {
        assert!(
            manifest.contains(lint),
            "Cargo.toml no longer has the lint {lint}"
        );
    }
}
