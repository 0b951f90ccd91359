//! What the exports of mail services add to "Never mail these", and what they do not.

use allclear::sop::recipients::{Addition, List, Never};
use allclear::words::sending::added;

fn left_out(addition: &Addition) -> Vec<(u64, &str)> {
    addition.bad.iter().map(|bad| (bad.line, bad.wrong.as_str())).collect()
}

#[test]
fn what_stands_in_the_list_stays_and_what_it_knows_is_not_added_again() {
    let list = "@gone.example\nADA@example.com; bob@example.com\nnonsense";
    let file = "EmailAddress,SuppressionReason,Origin,CreatedAt\n\
                ada@example.com,HardBounce,Recipient,2026-11-01T10:00:00Z\n\
                cyd@example.com,SpamComplaint,Recipient,2026-11-02T10:00:00Z\n\
                eve@gone.example,ManualSuppression,Customer,2026-11-03T10:00:00Z\n";
    let addition = Addition::read(file, list);
    assert_eq!((addition.count(), addition.known), (3, 1));
    // The domain may leave the list one day, and the service still suppresses the address.
    assert_eq!(addition.new, ["cyd@example.com", "eve@gone.example"]);
    let longer = addition.onto(list);
    assert_eq!(longer, format!("{list}\ncyd@example.com\neve@gone.example"));
    for address in ["ada@example.com", "bob@example.com", "Cyd@Example.com", "x@gone.example"] {
        assert!(Never::parse(&longer).holds(address), "{address}");
    }
    let again = Addition::read(file, &longer);
    assert_eq!((again.count(), again.known, again.onto(&longer)), (3, 3, longer.clone()));
}

#[test]
fn capitals_of_every_alphabet_are_one_letter() {
    let never = Never::parse("@übersee.example\nÉmile@example.com");
    assert!(never.holds("info@Übersee.example") && never.holds("émile@EXAMPLE.com"));
    let twice = List::parse("info@Übersee.example\ninfo@übersee.example\n");
    assert_eq!((twice.people.len(), twice.bad.len()), (1, 1));
}

#[test]
fn what_a_file_brought_is_taken_out_again_and_what_was_typed_since_stays() {
    let list = "ada@example.com\n";
    let addition = Addition::read("email\nada@example.com\nbob@example.com\ncyd@example.com\n", list);
    let typed_since = format!("{}\nDan@example.com", addition.onto(list).replace("bob@", "BOB@"));
    assert_eq!(addition.taken_out_of(&typed_since), "ada@example.com\nDan@example.com");
    assert_eq!(Addition::read("email\nbob@example.com", "").onto(""), "bob@example.com");
}

#[test]
fn each_service_in_its_own_dress() {
    for (file, new) in [
        // Bounces and blocks: the reason holds addresses of its own.
        ("email,created,status,reason\nada@example.com,1763000000,5.1.1,\"550 <other@example.com>: unknown, see help@mx.example\"\n", &["ada@example.com"][..]),
        ("email,created\nada@example.com,2026-11-01 10:00:00\n", &["ada@example.com"]),
        // Contacts, of whom most get mails.
        ("email,first_name,unsubscribed\nada@example.com,Ada,true\nbob@example.com,Bob,false\n", &["ada@example.com"]),
        // Mails, with their sender before whoever got them.
        ("id,from,to,last_event\n1,us@our.example,ada@example.com,bounced\n2,us@our.example,bob@example.com,delivered\n", &["ada@example.com"]),
        // No headings; a time is no name.
        ("ada@example.com,2026-11-01 10:00:00\nbob@example.com,2026-11-02 10:00:00\n", &["ada@example.com", "bob@example.com"]),
        // The list itself, as it was typed here.
        ("\u{feff}ada@example.com; bob@example.com\r\n@gone.example\r\n", &["ada@example.com", "bob@example.com", "@gone.example"]),
    ] {
        let addition = Addition::read(file, "");
        assert_eq!(addition.new, new, "{file}");
        let out = left_out(&addition);
        assert!(out.iter().all(|(_, wrong)| wrong.contains("bob@example.com is not suppressed there")), "{out:?}");
        assert_eq!(Never::parse(&addition.onto("")).bad, [], "{file}");
    }
}

#[test]
fn each_line_that_is_left_out_is_told_of() {
    let file = "email,unsubscribed\nada@example.com,yes\nnobody@,yes\nADA@example.com,yes\n,yes\n@gone,yes\n\"\"\"a,b\"\"@example.com\",yes\nbob@example.com,No\n";
    let addition = Addition::read(file, "");
    assert_eq!(addition.new, ["ada@example.com"]);
    assert_eq!(left_out(&addition).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 8], "{:?}", addition.bad);
    // Of whoever gets mails, nothing changes: a list of recipients is read as before.
    assert_eq!(List::parse("email,unsubscribed\nada@example.com,no\n").people.len(), 1);
    assert_eq!(List::parse("@gone.example\n").people, []);
}

#[test]
fn an_entry_is_understood_or_listed_as_a_bad_line() {
    for entry in [
        "ada@example.com",
        " ADA@Example.com ",
        "Ada Lovelace <ada@example.com>",
        "Lovelace, Ada <ada@example.com>",
        "<ada@example.com>, Bob <bob@example.com>",
        "ada@example.com\tbounced",
        "bounced\tada@example.com",
        "ada@example.com bob@example.com",
        "mailto:ada@example.com",
        "\"ada@example.com\"",
        "(ada@example.com)",
        "\u{200b}ada@example.com",
        "ad\u{200b}a@example.com",
        "*@example.com",
        "@example.com",
    ] {
        let never = Never::parse(entry);
        assert!(never.holds("ada@example.com"), "{entry}");
        assert_eq!(never.bad, [], "{entry}");
        assert_eq!(never.holds("eve@example.com"), ["*@example.com", "@example.com"].contains(&entry), "{entry}");
    }
    for entry in ["ada", "ada @example.com", "ada@", "@", "@example", "ada@@example.com", "ada@example.com, bob", "\"a,b\"@example.com", "ada\"@example.com", "*ada*"] {
        assert_eq!(Never::parse(entry).bad.first().map(|bad| bad.line), Some(1), "{entry}");
        assert!(!Never::parse(entry).holds("eve@example.com"), "{entry}");
    }
    // Half of it is understood, and the other half is told of.
    assert!(Never::parse("ada@example.com, bob").holds("ada@example.com"));
    for nothing in ["", " ", "\n\n", ",;", "\u{feff}"] {
        assert_eq!(Never::parse(nothing), Never::default(), "{nothing:?}");
    }
}

#[test]
fn what_came_of_a_file_is_said_in_numbers() {
    assert_eq!(added(3, 1, 0), "3 addresses read, 1 of them known already, 2 added.");
    assert_eq!(added(1, 0, 2), "1 address read, 1 added. 2 lines left out.");
    assert_eq!(added(0, 0, 1), "0 addresses read, 0 added. 1 line left out.");
}
