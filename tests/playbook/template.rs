//! Templates: what is a place, what is text, and that nothing is ever expanded twice.

use allclear::sop::facts::Fact;
use allclear::sop::template::{
    Computed, Declared, FaultKind, Origin, Piece, Placeholders, Source, Template, Value, joined,
};
use proptest::prelude::*;

fn places() -> Placeholders {
    Placeholders {
        names: [
            ("Service Name", Declared::As(Source::Fact(Fact::Service))),
            ("symptom", Declared::As(Source::Fact(Fact::Symptom))),
            ("Name", Declared::As(Source::RecipientName)),
            ("Timestamp", Declared::Timestamp),
            ("Broken", Declared::Broken),
        ]
        .map(|(name, declared)| (name.to_owned(), declared))
        .into(),
        phrases: [
            ("every 15 minutes".to_owned(), Computed::Cadence),
            ("every 15".to_owned(), Computed::Date),
        ]
        .into(),
        literal: ["Beta version".to_owned(), "URGENT".to_owned()].into(),
    }
}

#[test]
fn declared_names_and_phrases_are_places_and_all_else_is_text() {
    for (text, expected) in [
        ("", vec![]),
        ("[URGENT] [Service Name]", vec![("[Service Name]", 9)]),
        ("[[symptom]]", vec![("[symptom]", 1)]),
        ("[symptom", vec![]),
        ("symptom]", vec![]),
        ("[]", vec![]),
        ("[sympt\nom]", vec![]),
        ("[42] [1.5]", vec![]),
        ("[Beta version] [more words](https://x.example)", vec![]),
        ("é[symptom]é", vec![("[symptom]", 2)]),
        ("updates every 15 minutes.", vec![("every 15 minutes", 8)]),
        ("every 15 hours", vec![("every 15", 0)]),
        ("beforeevery 15 minutes", vec![]),
        ("every 15 minutesafter", vec![("every 15", 0)]),
    ] {
        let template = Template::parse(text, &places(), &[]).unwrap();
        let found: Vec<(&str, usize)> = template
            .pieces()
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(_) => None,
                Piece::Place {
                    written, position, ..
                } => Some((written.as_str(), *position)),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_looks_like_a_place_and_is_none_is_a_fault() {
    for (text, times, faults) in [
        (
            "[service name]",
            vec![],
            vec![(0, Some(Some("Service Name")))],
        ),
        (
            "a [Sevice Name]",
            vec![],
            vec![(2, Some(Some("Service Name")))],
        ),
        ("[SYMPTOM]", vec![], vec![(0, Some(Some("symptom")))]),
        ("[Affected region]", vec![], vec![(0, Some(None))]),
        ("[every 15 minutes]", vec![], vec![(0, Some(None))]),
        ("[Broken]", vec![], vec![(0, None)]),
        (
            "[Timestamp] [Timestamp]",
            vec![Computed::Started],
            vec![(12, None)],
        ),
        ("x", vec![Computed::Started], vec![(1, None)]),
        // Capitals that are not listed, and other languages' places.
        (
            "P[X] since [TBD]",
            vec![],
            vec![(1, Some(None)), (11, Some(None))],
        ),
        ("[___] [#]", vec![], vec![(0, Some(None)), (6, Some(None))]),
        ("{{service}} is down", vec![], vec![(0, None)]),
        (
            "<impacted_service> since <HH:MM UTC>",
            vec![],
            vec![(0, None), (25, None)],
        ),
        (
            "${SERVICE} / %SERVICE% / ((service))",
            vec![],
            vec![(0, None), (13, None), (25, None)],
        ),
        ("［Service Name］ is down", vec![], vec![(0, None)]),
    ] {
        let found = Template::parse(text, &places(), &times).unwrap_err();
        let found: Vec<(usize, Option<Option<&str>>)> = found
            .iter()
            .map(|fault| match &fault.what {
                FaultKind::Undeclared { near } => (fault.position, Some(near.as_deref())),
                FaultKind::Foreign
                | FaultKind::Broken
                | FaultKind::NoTime
                | FaultKind::TooManyTimes => (fault.position, None),
            })
            .collect();
        assert_eq!(found, faults, "{text}");
    }
}

#[test]
fn times_are_bound_in_order() {
    let times = [Computed::Started, Computed::Resolved];
    let template = Template::parse("[Timestamp]-[Timestamp]", &places(), &times).unwrap();
    let (stretches, gaps) = template.fill(|source| match source {
        Source::Computed(Computed::Started) => Value::Given("[Timestamp]".to_owned()),
        Source::Computed(Computed::Resolved) => Value::Default("end".to_owned()),
        _ => Value::Missing,
    });
    assert_eq!(joined(&stretches), "[Timestamp]-end");
    assert_eq!(gaps, []);
    assert_eq!(stretches[2].origin, Origin::Default);
}

proptest! {
    /// The pieces of a template are its text, and every place stands where it says.
    #[test]
    fn a_template_is_the_sum_of_its_pieces(
        parts in prop::collection::vec(prop_oneof![
            Just("[Service Name]".to_owned()), Just("[symptom]".to_owned()), Just("[Name]".to_owned()),
            Just("every 15 minutes".to_owned()), Just("[".to_owned()), Just("]".to_owned()),
            Just("**".to_owned()), Just("\n".to_owned()), "[A-Z0-9 ]{0,6}", "\\PC{0,4}",
        ], 0..12)
    ) {
        let text = parts.concat();
        let Ok(template) = Template::parse(&text, &places(), &[]) else { return Ok(()) };
        let mut sum = String::new();
        for piece in template.pieces() {
            match piece {
                Piece::Text(text) => sum.push_str(text),
                Piece::Place { written, position, .. } => {
                    prop_assert_eq!(*position, sum.len());
                    sum.push_str(written);
                }
            }
        }
        prop_assert_eq!(&sum, &text);
        prop_assert_eq!(template.source(), &text);
        // Filled with nothing, it stays as it is written, and every place is a gap.
        let (stretches, gaps) = template.fill(|_| Value::Missing);
        prop_assert_eq!(joined(&stretches), text.clone());
        let count = template.pieces().iter().filter(|p| matches!(p, Piece::Place { .. })).count();
        prop_assert_eq!(gaps.len(), count);
        // Cut anywhere, the rest is the rest.
        for (cut, _) in text.char_indices() {
            if template.pieces().iter().any(|piece| matches!(piece, Piece::Place { written, position, .. } if *position < cut && cut < position + written.len())) {
                continue;
            }
            let (rest, _) = template.without_first(cut).fill(|_| Value::Missing);
            prop_assert_eq!(joined(&rest), &text[cut..]);
        }
    }

    /// A value is never looked into.
    #[test]
    fn nothing_is_expanded_twice(value in "(\\[(Service Name|symptom|Name)\\]|every 15 minutes|\\PC){0,8}") {
        let template = Template::parse("<[symptom]|[Service Name]>", &places(), &[]).unwrap();
        let (stretches, gaps) = template.fill(|_| Value::Given(value.clone()));
        prop_assert_eq!(joined(&stretches), format!("<{value}|{value}>"));
        prop_assert!(gaps.is_empty());
    }
}
