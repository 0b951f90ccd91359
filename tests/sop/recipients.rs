//! Lists of recipients as people paste and export them.

use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::recipients::{
    Chosen, Filter, List, Never, Reader, are_needed, is_to_be_used, services_of,
};
use allclear::sop::severity::Severity;
use proptest::prelude::*;

use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message};

fn read(text: &str) -> Vec<(String, Option<String>)> {
    let list = List::parse(text);
    assert_eq!(list.bad, [], "{text:?}");
    list.people
        .into_iter()
        .map(|person| (person.address, person.name))
        .collect()
}

fn pairs(expected: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    expected
        .iter()
        .map(|(address, name)| ((*address).to_owned(), name.map(str::to_owned)))
        .collect()
}

fn bad_lines(text: &str) -> Vec<u64> {
    List::parse(text).bad.iter().map(|bad| bad.line).collect()
}

#[test]
fn the_forms_that_people_paste() {
    let text = "name,email\nAda <ada@example.com>\n\"Grace H.\",grace@example.com\nlin@example.com;Lin\n\n\
                bare@example.com\n";
    assert_eq!(
        read(text),
        pairs(&[
            ("ada@example.com", Some("Ada")),
            ("grace@example.com", Some("Grace H.")),
            ("lin@example.com", Some("Lin")),
            ("bare@example.com", None),
        ])
    );
    let text = "\"Lovelace, Ada\" <two@example.com>\nHopper, Grace <three@example.com>\n";
    assert_eq!(
        read(text),
        pairs(&[
            ("two@example.com", Some("Lovelace, Ada")),
            ("three@example.com", Some("Hopper, Grace")),
        ])
    );
    assert_eq!(
        read("Ada <a@example.com>, Bob <b@example.com>; c@example.com"),
        pairs(&[
            ("a@example.com", Some("Ada")),
            ("b@example.com", Some("Bob")),
            ("c@example.com", None),
        ]),
    );
    assert_eq!(
        read("a@example.com, b@example.com\n"),
        pairs(&[("a@example.com", None), ("b@example.com", None)]),
    );
}

#[test]
fn exports_in_any_dress() {
    let expected = pairs(&[
        ("ada@example.com", Some("Ada Lovelace")),
        ("bo@example.com", None),
    ]);
    let first = pairs(&[("ada@example.com", Some("Ada")), ("bo@example.com", None)]);
    for text in [
        "\u{feff}E-Mail;First name;Last name\r\nada@example.com;Ada;Lovelace\r\nbo@example.com;;\r\n",
        "Last name\tFirst name\tEmail address\nLovelace\tAda\tada@example.com\n\t\tbo@example.com",
    ] {
        assert_eq!(
            read(text),
            first,
            "people are greeted by their first name: {text:?}"
        );
    }
    for text in [
        "name|mail\rAda Lovelace|ada@example.com\r|bo@example.com\r",
        "\"Full name\",\"Email\"\n\"Ada\nLovelace\",\"ada@example.com\"\n\"\",\"bo@example.com\"\n",
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_used_is_named_by_its_line() {
    assert_eq!(
        bad_lines("a@example.com\nnonsense\nA@EXAMPLE.com\n"),
        [2, 3]
    );
    assert_eq!(bad_lines("a@example.com\n\n\n   \nnonsense\r\n"), [5]);
    // A field over several lines counts all of them.
    let text = "note,email\n\"one\ntwo\nthree\",a@example.com\nx,broken@\n,\nfour,\n";
    let list = List::parse(text);
    assert_eq!(list.people.len(), 1);
    assert_eq!(bad_lines(text), [5, 7]);
    assert!(list.bad[0].wrong.contains("“broken@”"));
    assert!(list.bad[1].wrong.contains("no address"));
    let open =
        List::parse("name,email\nAda,ada@example.com\n\"Bo,bo@example.com\nCy,cy@example.com\n");
    assert_eq!((open.people.len(), open.bad[0].line), (1, 3));
    assert!(open.bad[0].wrong.contains("never closed"));
    assert_eq!(bad_lines("Ada <ada@example.com>, Bo <bo@>\n"), [1]);
}

#[test]
fn a_name_never_breaks_a_line() {
    let list = List::parse("name,email\n\"Eve\r\nBcc: all\u{85}x\",eve@example.com\n");
    assert_eq!(list.people[0].name.as_deref(), Some("Eve Bcc: all x"));
    let list = List::parse("name,email\n\"Eve\nBcc: all@example.com\",eve@example.com\n");
    assert_eq!(list.people[0].name, None, "a name holds no address");
}

#[test]
fn a_list_names_services_by_id_or_name_also_while_the_page_cannot_be_read() {
    // As a browser remembers them: names, and states that nobody knows.
    let before = Component {
        id: ComponentId("8kbf7d35c070".to_owned()),
        name: "API".to_owned(),
        description: None,
        group: None,
        group_id: None,
        since: None,
        state: ComponentState::Unknown("not read".to_owned()),
    };
    let touched = [before.id.clone()];
    let list = List::parse("email,services\na@example.com,API\nb@example.com,Web\n");
    let chosen = |known: &[Component]| {
        let services = services_of(&touched, known);
        let filter = Filter::default().for_services(services.iter().map(String::as_str));
        Chosen::of(&list.people, &filter)
    };
    let now = chosen(&[before]);
    assert_eq!((now.people.len(), now.elsewhere), (1, 1));
    assert_eq!(now.people[0].address, "a@example.com");
    assert_eq!(services_of(&touched, &[]), ["8kbf7d35c070"]);
}

#[test]
fn services_filter_and_never_mail_these() {
    let text = "email,services\na@example.com,API\nb@example.com,\"billing; Checkout, web\"\nc@example.com,\nd@example.com,Mail\ne@spam.example,api\nF@example.com,api\n";
    let list = List::parse(text);
    assert!(list.has_services);
    let never = Never::parse("@spam.example\nf@EXAMPLE.com, nonsense\n\n");
    assert_eq!(
        (never.count(), never.bad.len(), never.bad[0].line),
        (2, 1, 2)
    );
    let filter = Filter {
        never,
        services: None,
    };
    let chosen = Chosen::of(&list.people, &filter);
    assert_eq!(
        (chosen.people.len(), chosen.never, chosen.elsewhere),
        (4, 2, 0)
    );
    let words = ["api", "cmp-7", "Checkout, Web"];
    let chosen = Chosen::of(
        &list.people,
        &filter.clone().for_services(words.into_iter()),
    );
    let who: Vec<&str> = chosen.people.iter().map(|p| p.address.as_str()).collect();
    assert_eq!(who, ["a@example.com", "c@example.com"]);
    assert_eq!((chosen.never, chosen.elsewhere), (2, 2));
    let chosen = Chosen::of(&list.people, &filter.for_services(["CHECKOUT"].into_iter()));
    assert_eq!(chosen.people.len(), 2);
}

#[test]
fn the_same_people_are_the_same_list() {
    let normalised = |text: &str| {
        let mut reader = Reader::new(text);
        while reader.step(10) {}
        let mut normalised = String::new();
        while reader.normalise(1, &mut normalised) {}
        normalised
    };
    let one = normalised("b@example.com\nA@example.com\n");
    let other = normalised("email,name\na@EXAMPLE.com,Ada\nb@example.com,Bo\nB@example.com,Bo\n");
    assert_eq!(one, "a@example.com\nb@example.com\n");
    assert_eq!(one, other);
}

#[test]
fn a_hundred_thousand_rows_are_read_a_few_at_a_time() {
    let rows: Vec<String> = (0..100_000)
        .map(|number| format!("person{number}@example.com,\"Person, {number}\""))
        .collect();
    let text = format!("email,name\n{}\n", rows.join("\n"));
    let mut reader = Reader::new(&text);
    let mut steps = 0;
    let mut last = 0;
    while reader.step(500) {
        steps += 1;
        assert!(reader.percent() >= last);
        last = reader.percent();
    }
    assert_eq!(steps, 200);
    let read = reader.into_list();
    assert_eq!((read.people.len(), read.bad.len()), (100_000, 0));
}

/// A cell that a spreadsheet may hold.
/// Addresses that the console takes, and some that it refuses: the edges are asked whether they let the first through.
#[derive(serde::Deserialize)]
struct Addresses {
    taken: Vec<String>,
    refused: Vec<String>,
}

#[test]
fn the_console_takes_no_address_that_an_edge_refuses() {
    let all: Addresses = serde_json::from_str(include_str!("../golden/addresses.json")).unwrap();
    let table = |address: &str| format!("email,name\n{},Bob\n", quoted(address));
    for address in &all.taken {
        assert_eq!(read(&table(address)), pairs(&[(address, Some("Bob"))]));
    }
    for address in &all.refused {
        let list = List::parse(&table(address));
        assert_eq!(list.people, [], "{address:?}");
        assert_eq!(list.bad.len(), 1, "{address:?}: {:?}", list.bad);
    }
}

/// A note, in which no address stands.
fn cell() -> impl Strategy<Value = String> {
    "[ -?A-~äé\n]{0,12}"
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn whatever_stands_in_a_list_reading_ends_and_accounts_for_it(text in "[ -~\t\r\n\"<>@,;|äé\u{0}\u{a0}\u{feff}\u{2028}]{0,200}") {
        let list = List::parse(&text);
        let mut reader = Reader::new(&text);
        while reader.step(1) {}
        prop_assert_eq!(&reader.into_list(), &list);
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count() as u64;
        for bad in &list.bad {
            prop_assert!((1..=lines).contains(&bad.line));
        }
        let mut seen = std::collections::BTreeSet::new();
        for person in &list.people {
            prop_assert!(seen.insert(person.address.to_ascii_lowercase()));
            // Marks of quotation are the file's.
            prop_assert!(text.replace('"', "").contains(&person.address));
            // As the edges have it: one `@`, and nothing that separates addresses.
            prop_assert_eq!(person.address.matches('@').count(), 1);
            let apart = |c: char| c.is_whitespace() || c.is_control() || "<>()[],:;\"\\\u{feff}".contains(c);
            prop_assert!(!person.address.contains(apart), "{:?}", person.address);
            prop_assert!(!person.name.as_ref().is_some_and(|name| name.contains(['\r', '\n'])));
        }
    }

    #[test]
    fn every_row_of_an_export_is_a_person_or_a_line(
        rows in prop::collection::vec((0..40_u32, cell(), any::<bool>()), 1..40),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        swapped in any::<bool>(),
    ) {
        let order = |address: &str, note: &str| if swapped {
            format!("{note}{delimiter}{address}\n")
        } else {
            format!("{address}{delimiter}{note}\n")
        };
        let mut text = order("email", "note");
        let mut line = 2;
        let mut expected = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (number, note, good) in rows {
            let address = if good { format!("p{number}@example.com") } else { format!("p{number}") };
            if !good || !seen.insert(number) {
                expected.push(line);
            }
            text.push_str(&order(&address, &quoted(&note)));
            line += 1 + note.matches('\n').count() as u64;
        }
        let list = List::parse(&text);
        prop_assert_eq!(list.people.len(), seen.len());
        prop_assert_eq!(list.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_list_is_needed_until_no_email_is_owed_any_more() {
    let needed = |log: &Log, when: &str| are_needed(log.state(when).phase, &log.duties(when));
    let report = || message(Channel::Email, DutyKind::Report);

    // P0: until the report is sent.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:09", DutyKind::First);
    assert!(needed(&log, "14:10"), "it goes on");
    log.resolved("14:30");
    assert!(needed(&log, "14:31"), "two emails are owed");
    log.email("14:35", DutyKind::Resolved);
    assert!(needed(&log, "14:36"), "the report is owed");
    log.send("15:00", report());
    assert!(!needed(&log, "15:01"));

    // Skipped, too.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:09", DutyKind::First);
    log.resolved("14:30").email("14:35", DutyKind::Resolved);
    log.skip(
        "15:00",
        key(1, DutyKind::Report, Channel::Email),
        "told by phone",
    );
    assert!(!needed(&log, "15:01"));

    // P3: no report is owed.
    let mut log = Log::declared(Severity::P3, "14:00");
    log.page("14:05");
    assert!(needed(&log, "14:06"));
    log.resolved("14:30");
    assert!(!needed(&log, "14:31"));

    // Declared in error: only what takes an email back.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.in_error("14:02");
    assert!(!needed(&log, "14:03"));
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:09", DutyKind::First)
        .in_error("14:12");
    assert!(needed(&log, "14:13"));
    log.resolved("14:14").email("14:15", DutyKind::Resolved);
    assert!(!needed(&log, "14:16"));

    // Reopened: the report that was replaced is no report that was sent.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05")
        .email("14:09", DutyKind::First)
        .resolved("14:30");
    log.reopened("14:40");
    assert!(needed(&log, "14:41"));
}

#[test]
fn a_list_that_nobody_asked_for_is_kept_until_it_was_used_for_a_day_at_most() {
    let given = at("15:00");
    let kept = |over: Option<&str>, now| is_to_be_used(given, over.map(at), at(now));
    assert!(kept(None, "15:00"));
    assert!(kept(Some("14:35"), "03-10 15:00"), "a sending of before");
    assert!(!kept(None, "03-10 15:00:01"));
    assert!(!kept(Some("15:01"), "15:02"), "used");
}
