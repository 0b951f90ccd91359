//! Lists as programs export them and people paste them, by the cases that real users tripped over.

use allclear::sop::recipients::{About, List, NotText, Picked, Reader, Table, text_of};

use super::support::at;

/// Who gets a mail, and how they are greeted.
fn people(text: &str) -> Vec<(String, String)> {
    let greeted = |name: &Option<String>| name.clone().unwrap_or_else(|| "there".to_owned());
    List::parse(text).people.iter().map(|person| (person.address.clone(), greeted(&person.name))).collect()
}

fn each(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(address, name)| ((*address).to_owned(), (*name).to_owned())).collect()
}

fn bad(text: &str) -> Vec<(u64, String)> {
    List::parse(text).bad.into_iter().map(|bad| (bad.line, bad.wrong)).collect()
}

#[test]
fn several_people_on_one_line() {
    for text in ["ada@example.com; bob@example.com; cyd@example.com\n", "ada@example.com, bob@example.com, cyd@example.com", "ada@example.com;bob@example.com;cyd@example.com;"] {
        assert_eq!(people(text), each(&[("ada@example.com", "there"), ("bob@example.com", "there"), ("cyd@example.com", "there")]), "{text}");
        assert_eq!(bad(text), [], "{text}");
    }
}

#[test]
fn a_flaw_in_a_pasted_line_loses_nobody_else() {
    let nameless = |addresses: &[&str]| each(&addresses.iter().map(|address| (*address, "there")).collect::<Vec<_>>());
    for (text, mailed, left) in [
        ("ada@example.com; bob@@example.com; cyd@example.com", nameless(&["ada@example.com", "cyd@example.com"]), vec!["“bob@@example.com” is not an email address"]),
        ("ada@example.com; bob@example.com; Cyd Hart", nameless(&["ada@example.com", "bob@example.com"]), vec!["“Cyd Hart” has no address of its own"]),
        ("Ada, ada@example.com, Bob, bob@example.com", each(&[("ada@example.com", "Ada"), ("bob@example.com", "Bob")]), vec![]),
        ("ada@example.com, Ada, bob@@example.com, Bob", each(&[("ada@example.com", "Ada")]), vec!["“bob@@example.com” is not an email address"]),
        ("Ada,ada@work.example,ada@home.example", nameless(&["ada@work.example", "ada@home.example"]), vec!["“Ada” has no address of its own"]),
        ("Ada,ada@example.com,@ada", each(&[("ada@example.com", "Ada")]), vec![]),
    ] {
        assert_eq!(people(text), mailed, "{text}");
        assert_eq!(bad(text).into_iter().map(|(_, wrong)| wrong).collect::<Vec<_>>(), left, "{text}");
    }
    let text = "1,Ada,ada@example.com,\n2,Bob,bob@example.com,owner@our-company.example\n";
    assert_eq!(people(text).into_iter().map(|(address, _)| address).collect::<Vec<_>>(), ["ada@example.com", "bob@example.com"], "a table without headings");
    assert!(bad(text).contains(&(2, "“owner@our-company.example” stands beside another address of this line".to_owned())), "{:?}", bad(text));
    let text = "Ada;ada@example.com\nbob@example.com;cyd@example.com;Dan Hart\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada"), ("bob@example.com", "there"), ("cyd@example.com", "there")]), "pasted below a table");
}

#[test]
fn the_heading_decides_and_an_owner_is_no_recipient() {
    let text = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status\n\
                101,Ada,Lovelace,ada@example.com,,owner.one@our-company.example,New\n\
                102,Grace,Hopper,,+1 555 0100,owner.one@our-company.example,New\n\
                103,,,lin@example.com,,owner.two@our-company.example,\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada"), ("lin@example.com", "there")]));
    assert_eq!(bad(text), [(3, "there is no address".to_owned())]);
}

#[test]
fn an_address_book() {
    let text = "Name,Given Name,Family Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value\n\
                Ada Lovelace,Ada,Lovelace,\"Met at the fair.\nAsks for mails, not calls.\",* myContacts,* Work,ada@example.com ::: ada.l@example.org,,\n\
                ,,,,* myContacts,* ,lin@example.com,,\n\
                Grace Hopper,Grace,Hopper,,Customers ::: * myContacts,Home,,Work,grace@example.com\n";
    assert_eq!(people(text).first(), Some(&("ada@example.com".to_owned(), "Ada".to_owned())));
    assert_eq!(people(text).get(1), Some(&("lin@example.com".to_owned(), "there".to_owned())));
    assert_eq!(people(text).len() + bad(text).len(), 3, "a quoted note over two lines is one row");
}

#[test]
fn quotation_marks() {
    let text = "Name,Email\n\"Lovelace, Ada\",ada@example.com\n\"Hopper; Grace\",grace@example.com\n\"Ada \"\"The Count\"\" L.\",ada2@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Lovelace, Ada"), ("grace@example.com", "Hopper; Grace"), ("ada2@example.com", "Ada \"The Count\" L.")]));
    let text = "Name,Email\n\"Ada\nLovelace\",ada@example.com\n\"Grace Hopper\",grace@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada Lovelace"), ("grace@example.com", "Grace Hopper")]));
}

#[test]
fn lines_that_end_in_cr() {
    let text = "name,email\rAda,ada@example.com\rBob,bob@example.com\rCyd,cyd@example.com\r";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada"), ("bob@example.com", "Bob"), ("cyd@example.com", "Cyd")]));
}

#[test]
fn what_stands_before_the_first_person_is_no_mistake() {
    for text in ["sep=;\nName;Email\nAda;ada@example.com\n", "Customer list,,\nExported 10 March 2026 by Ops,,\n,,\nName,Email,Plan\nAda,ada@example.com,Pro\n"] {
        assert_eq!(people(text), each(&[("ada@example.com", "Ada")]), "{text}");
        assert_eq!(bad(text), [], "{text}");
    }
}

#[test]
fn what_is_no_name_is_listed_and_the_mail_says_hi_there() {
    let text = "Name,Email\nYou won http://prize.evil.example claim now,m1@example.com\na\u{202e}moc.elpmaxe,m2@example.com\n<b>Ada</b>,m4@example.com\n";
    assert_eq!(people(text), each(&[("m1@example.com", "there"), ("m2@example.com", "there"), ("m4@example.com", "there")]));
    let said = bad(text);
    assert_eq!(said.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(said.iter().all(|(_, wrong)| wrong.contains("Hi there,")), "{said:?}");
}

#[test]
fn invisible_characters_at_the_edges_are_dropped_and_inside_are_said() {
    let text = "ada@example.com\u{a0}\n\u{200b}grace@example.com\nlin\u{2060}@example.com\nmae@example.com\u{202c}\n\u{feff}cyd@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "there"), ("grace@example.com", "there"), ("mae@example.com", "there"), ("cyd@example.com", "there")]));
    assert_eq!(bad(text), [(3, "“lin@example.com” holds an invisible character".to_owned())]);
}

#[test]
fn a_file_is_read_by_its_byte_order_mark_or_refused() {
    let text = "Name;Email\nJörg;joerg@example.com\n👩‍🚀;a@b.example";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let read = |bytes: Vec<u8>| text_of(bytes).map(|text| List::parse(&text).people.len());
    assert_eq!(text_of(text.as_bytes().to_vec()).as_deref(), Ok(text));
    assert_eq!(read(marked(&[0xef, 0xbb, 0xbf], text.as_bytes().to_vec())), Ok(2));
    assert_eq!(text_of(marked(&[0xff, 0xfe], wide(u16::to_le_bytes))).as_deref(), Ok(text));
    assert_eq!(text_of(marked(&[0xfe, 0xff], wide(u16::to_be_bytes))).as_deref(), Ok(text));
    assert_eq!(text_of(Vec::new()).as_deref(), Ok(""));
    for bytes in [
        b"J\xf6rg;joerg@example.com".to_vec(),
        wide(u16::to_le_bytes),
        marked(&[0xff, 0xfe], vec![b'a']),
        marked(&[0xff, 0xfe], vec![0, 0xd8]),
        vec![0xff, 0xfe, 0, 0, b'a', 0, 0, 0],
        b"a\0b@c.example".to_vec(),
    ] {
        assert_eq!(text_of(bytes.clone()), Err(NotText::OldEncoding), "{bytes:?}");
    }
    for bytes in [b"PK\x03\x04rest".to_vec(), vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1]] {
        assert_eq!(text_of(bytes), Err(NotText::Workbook));
    }
}

fn parsed(text: &str, picked: Option<Picked>) -> List {
    let mut reader = Reader::new(text).by(picked);
    while reader.step(usize::MAX) {}
    reader.into_list()
}

#[test]
fn a_list_that_was_corrected_has_the_columns_that_were_chosen_of_it() {
    let same = |before: &str, after: &str| Table::of(before).unwrap().is_like(&Table::of(after).unwrap());
    let text = "Email,Billing email\nann@us.example,pay@us.example\nbob,pay@b.example\n";
    assert!(same(text, &text.replace("bob,", "bob@b.example,")), "a line was mended");
    assert!(same(text, &text.replace(',', ";")), "written by another spreadsheet");
    assert!(!same(text, &text.replace("Email,Billing email", "Billing email,Email")), "the columns changed places");
    assert!(!same(text, "Email,Phone,Billing email\na@us.example,1,pay@us.example\n"));
    assert!(same("1;Bob;bob@b.example\n", "7;Eve;eve@e.example\n2;Bob;bob@b.example\n"), "no headings, as many columns");
    assert!(!same("1;Bob;bob@b.example\n", "Eve;eve@e.example\n"));
    assert_eq!(Table::of("ada@example.com\nbob@example.com"), None);
}

#[test]
fn the_columns_are_shown_and_can_be_changed() {
    let titles = |list: &List| list.table.clone().map(|table| (table.titles.join("|"), table.picked.address, table.picked.name));
    let greeted = |list: &List| list.people.iter().map(|each| (each.address.clone(), each.name.clone().unwrap_or_default())).collect::<Vec<_>>();
    let person = |address: &str, name: &str| (address.to_owned(), name.to_owned());
    let text = "Owner email,Email,First name,Last name,Services\nann@us.example,bob@b.example,Bob,Dee,API\nann@us.example,eve@e.example,Eve,Fox,Web\n";
    let list = parsed(text, None);
    assert_eq!(titles(&list).unwrap(), ("Owner email|Email|First name|Last name|Services".to_owned(), 1, Some(2)));
    assert_eq!(greeted(&list), [person("bob@b.example", "Bob"), person("eve@e.example", "Eve")]);
    let list = parsed(text, Some(Picked { address: 1, name: Some(3) }));
    assert_eq!(greeted(&list), [person("bob@b.example", "Dee"), person("eve@e.example", "Fox")]);
    assert!(list.has_services, "the other columns stay");
    let list = parsed(text, Some(Picked { address: 0, name: None }));
    assert_eq!((greeted(&list), list.bad.len()), (vec![person("ann@us.example", "")], 1));
    // Headings that nobody knows, and none.
    let list = parsed("Kontakt;Adresse;Firma\nBob;bob@b.example;B\n", None);
    assert_eq!(titles(&list).unwrap(), ("Kontakt|Adresse|Firma".to_owned(), 1, Some(0)));
    let list = parsed("Kontakt;Adresse;Firma\nBob;bob@b.example;Dee\n", Some(Picked { address: 1, name: Some(2) }));
    assert_eq!(greeted(&list), [person("bob@b.example", "Dee")]);
    let list = parsed("1;Bob;bob@b.example\n2;Eve;eve@e.example\n", None);
    assert_eq!(titles(&list).unwrap(), ("Column 1 (1)|Column 2 (Bob)|Column 3 (bob@b.example)".to_owned(), 2, Some(0)));
    // No table: nothing to choose.
    for text in ["ada@example.com; bob@example.com", "ada@example.com\nbob@example.com", "Lovelace, Ada <ada@example.com>", ""] {
        assert_eq!(parsed(text, None).table, None, "{text}");
    }
    // A column that is not there finds nobody, and says so.
    let list = parsed(text, Some(Picked { address: 9, name: None }));
    assert_eq!((list.people.len(), list.bad.len()), (0, 2));
    for picked in [None, Some(Picked { address: 2, name: None }), Some(Picked { address: 0, name: Some(7) })] {
        for file in [None, Some("people.csv".to_owned())] {
            for everybody in [false, true] {
                for unasked in [None, Some(at("15:00:01"))] {
                    let about = About { file: file.clone(), picked, everybody, unasked };
                    for text in ["", "ada@example.com", "\nada@example.com\n"] {
                        assert_eq!(About::restored(&about.kept(text)), (about.clone(), text));
                    }
                }
            }
        }
    }
    for broken in ["", "a", "1,", ",1", "1,b"] {
        assert_eq!(About::restored(&format!("\u{1}{broken}\n")).0, About::default(), "{broken}");
    }
    // As lists were kept before anybody was asked whom of them is meant.
    let before = About { file: Some("people.csv".to_owned()), picked: Some(Picked { address: 2, name: Some(0) }), everybody: false, unasked: None };
    assert_eq!(About::restored("people.csv\u{1}2,0\nada@example.com"), (before, "ada@example.com"));
}
