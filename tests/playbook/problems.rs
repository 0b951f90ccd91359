//! Broken files: every problem at once, with its line, and nothing falls over.

use std::fmt::Write as _;

use allclear::sop::playbook::{self, Loaded, Problem};
use proptest::prelude::*;

/// What the file's text is changed to.
const BROKEN: [(&str, &str); 42] = [
    ("version = \"1.0\"\n", ""),
    ("next_review = 2024-04-15", "next_review = \"2024-04-15\""),
    ("next_review = 2024-04-15", "next_review = 2023-04-15"),
    ("response = \"15 minutes\"", "response = \"15 min\""),
    ("response = \"15 minutes\"", "response = 15"),
    ("response = \"15 minutes\"", "respnse = \"15 minutes\""),
    (
        "cadence_words = \"every hour\"",
        "cadence_words = \"every 15 minutes\"",
    ),
    ("page = \"conditional\"", "page = \"condtional\""),
    ("[severity.P3]", "[severity.P4]"),
    ("email = true", "email = \"yes\""),
    ("id = \"breach\"", "id = \"outage\""),
    ("default_severity = \"P0\"", "default_severity = \"p0\""),
    ("report = \"48 hours\"", "report = \"0 hours\""),
    ("[clocks]", "[clock]"),
    ("label = \"Symptom\"", "label = \"\""),
    (
        "\"symptom\" = { fact = \"symptom\" }",
        "\"symptom\" = { fact = \"symptoms\" }",
    ),
    ("\"Duration\" = { computed = \"duration\" }\n", ""),
    ("\"Date\" = { computed = \"date\" }", "\"Date\" = \"date\""),
    (
        "\"Name\" = { recipient = \"name\", missing",
        "\"Name\" = { recipient = \"name\", mising",
    ),
    (
        "\"every 15 minutes\" = { computed = \"cadence\" }",
        "\"every 15 minutes\" = \"cadence\"",
    ),
    ("[phrase]", "[phrases]"),
    ("\n[placeholder]", "\n[placeholders]"),
    (
        "Users may experience [symptom]",
        "Users may experience [Symptom]",
    ),
    (
        "timestamps = [\"started\", \"last-updated\"]",
        "timestamps = [\"started\"]",
    ),
    (
        "timestamps = [\"started\", \"resolved\"]",
        "timestamps = [\"started\", \"ended\"]",
    ),
    ("kind = \"update\"\n", "kind = \"first\"\n"),
    (
        "title = \"[Service Name] - Update\"",
        "subject = \"[Service Name] - Update\"",
    ),
    (
        "Subject: Service Incident Resolved - ",
        "Subject: Service Incident Resolved: ",
    ),
    ("subject_plain_for = [\"P1\", \"P2\", \"P3\"]\n", ""),
    ("id = \"x-first\"", "id = \"email-first\""),
    ("variant = \"short\"", "variant = \"shrt\""),
    ("addition = true\ntimestamps", "additon = true\ntimestamps"),
    ("promise_line = true", "promise_line = \"on\""),
    ("blame_words = [\"human error\"", "blame_words = [1"),
    (
        "[[checklist.before]]\nid = \"templates\"",
        "[[checklist.before]]\nid = \"status-page\"",
    ),
    (
        "ticked_by = { check = \"social\" }",
        "ticked_by = { check = \"socials\" }",
    ),
    ("heading = \"Overview\"\n", ""),
    (
        "[[section]]\nheading = \"Overview\"",
        "[section]\nheading = \"Overview\"",
    ),
    ("owner = \"Operations Team\"", "owner = \"Operations Team"),
    (
        "owner = \"Operations Team\"",
        "owner = \"a\"\nowner = \"b\"",
    ),
    (
        "Last Updated: [Timestamp]\n'''",
        "Last Updated: [Timestamp]\n",
    ),
    ("[severity.P1]", "[severity.P1"),
];

fn load(find: &str, replace: &str) -> Loaded {
    assert!(super::SOP.contains(find), "the file no longer has {find:?}");
    playbook::load(&super::SOP.replacen(find, replace, 1))
}

/// Every broken file with its problems, as `broken.txt` has them. Lines are told from the line that was
/// changed, so that the file may grow above it; `@1` is the first line of all.
fn told() -> String {
    let mut told = String::new();
    for (find, replace) in BROKEN {
        let Loaded { playbook, problems } = load(find, replace);
        let runs = playbook.map_or_else(
            || "nothing runs".to_owned(),
            |playbook| format!("{} messages", playbook.messages.len()),
        );
        writeln!(told, "{find:?} -> {replace:?}: {runs}").unwrap();
        let above = super::SOP[..super::SOP.find(find).unwrap()]
            .matches('\n')
            .count()
            + 1;
        for Problem {
            line,
            key,
            wrong,
            right,
            stops,
        } in problems
        {
            let place = if line == 1 {
                "@1".to_owned()
            } else {
                format!(
                    "{:+}",
                    i64::try_from(line).unwrap() - i64::try_from(above).unwrap()
                )
            };
            writeln!(
                told,
                "  {place} {key}\n    {wrong}\n    {right}\n    {stops}"
            )
            .unwrap();
        }
    }
    told
}

#[test]
fn every_broken_file_says_exactly_its_problems() {
    let told = told();
    if std::env::var_os("ALLCLEAR_WRITE").is_some() {
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbook/broken.txt"),
            &told,
        )
        .unwrap();
    }
    let expected = include_str!("broken.txt");
    for (number, (told, expected)) in told.lines().zip(expected.lines()).enumerate() {
        assert_eq!(told, expected, "line {} of broken.txt", number + 1);
    }
    assert_eq!(told.len(), expected.len());
}

#[test]
fn a_file_with_many_problems_says_them_all_at_once() {
    let mut text = super::SOP.to_owned();
    let apart: Vec<(&str, &str)> = [1, 6, 7, 11, 14, 22, 25, 30, 32]
        .map(|at| BROKEN[at])
        .to_vec();
    let mut alone = Vec::new();
    for (find, replace) in &apart {
        text = text.replacen(find, replace, 1);
        alone.extend(
            load(find, replace)
                .problems
                .into_iter()
                .map(|problem| problem.key),
        );
    }
    let mut together: Vec<String> = playbook::load(&text)
        .problems
        .into_iter()
        .map(|problem| problem.key)
        .collect();
    alone.sort();
    together.sort();
    assert_eq!(together, alone);
    assert!(together.len() >= apart.len());
}

#[test]
fn a_broken_message_is_absent_and_the_rest_runs() {
    let Loaded { playbook, problems } = load(
        "Users may experience [symptom]",
        "Users may experience [Symptom]",
    );
    let playbook = playbook.unwrap();
    assert_eq!(problems.len(), 1);
    assert!(
        playbook
            .messages
            .iter()
            .all(|message| message.id != "page-first")
    );
    assert!(
        playbook
            .messages
            .iter()
            .any(|message| message.id == "page-update")
    );
    assert!(playbook::parse(&super::SOP.replace("[symptom]. We're", "[Symptom]. We're")).is_err());
}

#[test]
fn what_is_no_playbook_says_what_it_lacks() {
    for text in [
        "",
        "\u{feff}",
        "# nothing",
        "\0",
        "{\"organisation\": \"x\"}",
        "<!doctype html>",
    ] {
        let loaded = playbook::load(text);
        assert_eq!(loaded.playbook, None, "{text:?}");
        assert!(!loaded.problems.is_empty(), "{text:?}");
    }
    let missing: Vec<String> = playbook::load("")
        .problems
        .into_iter()
        .map(|problem| problem.key)
        .collect();
    for key in ["sop", "severity", "type", "clocks", "placeholder"] {
        assert!(missing.iter().any(|found| found == key), "{key}");
    }
}

#[test]
fn huge_and_deep_files_are_read_in_good_time() {
    let long = format!(
        "{}\n[[section]]\nheading = \"x\"\ntext = '''{}'''\n",
        super::SOP,
        "[x] ".repeat(250_000)
    );
    assert_eq!(playbook::load(&long).problems, []);
    let brackets = format!("{}[a] ", "[".repeat(1_000_000));
    let body = super::SOP.replacen("Update: [Desc", &format!("{brackets} [Desc"), 1);
    assert_eq!(playbook::load(&body).problems.len(), 1);
    for text in [
        "[".repeat(1_000_000),
        "a.".repeat(500_000),
        "a = [".repeat(200_000),
        "a = {".repeat(200_000),
        "= \n".repeat(300_000),
        "[[message]]\n".repeat(20_000),
        format!("{}{}", super::SOP, "x = 1\n".repeat(100_000)),
        format!("x = \"{}\"", "y".repeat(1_000_000)),
    ] {
        assert!(!playbook::load(&text).problems.is_empty());
    }
}

/// A promise is a time of day, so that a cadence of days cannot be promised by one.
#[test]
fn a_cadence_of_more_than_a_day_is_refused() {
    let with = |cadence: &str, words: &str| {
        let text = include_str!("../../public/console/sop.toml")
            .replacen(
                "cadence = \"1 hour\"",
                &format!("cadence = \"{cadence}\""),
                1,
            )
            .replacen(
                "cadence_words = \"every hour\"",
                &format!("cadence_words = \"{words}\""),
                1,
            );
        let problems = playbook::load(&text).problems;
        let mut keys = problems.into_iter().map(|problem| problem.key);
        keys.find(|key| key == "severity.P1.cadence")
    };
    for (cadence, words) in [
        ("2 days", "every 2 days"),
        ("25 hours", "every 25 hours"),
        ("1441 minutes", "every 1441 minutes"),
    ] {
        let refused = with(cadence, words);
        assert_eq!(refused.as_deref(), Some("severity.P1.cadence"), "{cadence}");
    }
    for (cadence, words) in [("24 hours", "every 24 hours"), ("1 day", "every day")] {
        assert_eq!(with(cadence, words), None, "{cadence}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Lines lost, bytes flipped, pieces repeated: problems are said, and nothing falls over.
    #[test]
    fn no_mutation_makes_the_reader_fall_over(
        cuts in prop::collection::vec((0_usize..900, 0_usize..4), 0..6),
        flips in prop::collection::vec((0_usize..40_000, any::<u8>()), 0..8),
        twice in 0_usize..900,
    ) {
        let mut lines: Vec<&str> = super::SOP.lines().collect();
        for (at, count) in cuts {
            let at = at.min(lines.len());
            let end = (at + count).min(lines.len());
            lines.drain(at..end);
        }
        if let Some(line) = lines.get(twice).copied() {
            lines.insert(twice, line);
        }
        let mut bytes = lines.join("\n").into_bytes();
        for (at, byte) in flips {
            let at = at % bytes.len().max(1);
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let loaded = playbook::load(&text);
        let last = text.matches('\n').count() + 1;
        for problem in &loaded.problems {
            prop_assert!((1..=last).contains(&problem.line), "{problem:?}");
            prop_assert!(!problem.wrong.is_empty() && !problem.right.is_empty() && !problem.stops.is_empty());
        }
        prop_assert!(loaded.playbook.is_some() || !loaded.problems.is_empty());
        match playbook::parse(&text) {
            Ok(parsed) => prop_assert_eq!(Some(parsed), loaded.playbook),
            Err(problems) => prop_assert_eq!(problems, loaded.problems),
        }
    }
}
