//! Lists as programs export them and people paste them, by the cases that real users tripped over.

use allclear::sop::recipients::List;

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
fn c201_several_people_on_one_line() {
    for text in ["ada@example.com; bob@example.com; cyd@example.com\n", "ada@example.com, bob@example.com, cyd@example.com", "ada@example.com;bob@example.com;cyd@example.com;"] {
        assert_eq!(people(text), each(&[("ada@example.com", "there"), ("bob@example.com", "there"), ("cyd@example.com", "there")]), "{text}");
        assert_eq!(bad(text), [], "{text}");
    }
}

#[test]
fn c203_the_heading_decides_and_an_owner_is_no_recipient() {
    let text = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status\n\
                101,Ada,Lovelace,ada@example.com,,owner.one@our-company.example,New\n\
                102,Grace,Hopper,,+1 555 0100,owner.one@our-company.example,New\n\
                103,,,lin@example.com,,owner.two@our-company.example,\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada"), ("lin@example.com", "there")]));
    assert_eq!(bad(text), [(3, "there is no address".to_owned())]);
}

#[test]
fn c206_an_address_book() {
    let text = "Name,Given Name,Family Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value\n\
                Ada Lovelace,Ada,Lovelace,\"Met at the fair.\nAsks for mails, not calls.\",* myContacts,* Work,ada@example.com ::: ada.l@example.org,,\n\
                ,,,,* myContacts,* ,lin@example.com,,\n\
                Grace Hopper,Grace,Hopper,,Customers ::: * myContacts,Home,,Work,grace@example.com\n";
    assert_eq!(people(text).first(), Some(&("ada@example.com".to_owned(), "Ada".to_owned())));
    assert_eq!(people(text).get(1), Some(&("lin@example.com".to_owned(), "there".to_owned())));
    assert_eq!(people(text).len() + bad(text).len(), 3, "a quoted note over two lines is one row");
}

#[test]
fn c208_c209_quotation_marks() {
    let text = "Name,Email\n\"Lovelace, Ada\",ada@example.com\n\"Hopper; Grace\",grace@example.com\n\"Ada \"\"The Count\"\" L.\",ada2@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Lovelace, Ada"), ("grace@example.com", "Hopper; Grace"), ("ada2@example.com", "Ada \"The Count\" L.")]));
    let text = "Name,Email\n\"Ada\nLovelace\",ada@example.com\n\"Grace Hopper\",grace@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada Lovelace"), ("grace@example.com", "Grace Hopper")]));
}

#[test]
fn c210_lines_that_end_in_cr() {
    let text = "name,email\rAda,ada@example.com\rBob,bob@example.com\rCyd,cyd@example.com\r";
    assert_eq!(people(text), each(&[("ada@example.com", "Ada"), ("bob@example.com", "Bob"), ("cyd@example.com", "Cyd")]));
}

#[test]
fn c213_what_stands_before_the_first_person_is_no_mistake() {
    for text in ["sep=;\nName;Email\nAda;ada@example.com\n", "Customer list,,\nExported 10 March 2026 by Ops,,\n,,\nName,Email,Plan\nAda,ada@example.com,Pro\n"] {
        assert_eq!(people(text), each(&[("ada@example.com", "Ada")]), "{text}");
        assert_eq!(bad(text), [], "{text}");
    }
}

#[test]
fn c215_what_is_no_name_is_listed_and_the_mail_says_hi_there() {
    let text = "Name,Email\nYou won http://prize.evil.example claim now,m1@example.com\na\u{202e}moc.elpmaxe,m2@example.com\n<b>Ada</b>,m4@example.com\n";
    assert_eq!(people(text), each(&[("m1@example.com", "there"), ("m2@example.com", "there"), ("m4@example.com", "there")]));
    let said = bad(text);
    assert_eq!(said.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(said.iter().all(|(_, wrong)| wrong.contains("Hi there,")), "{said:?}");
}

#[test]
fn c217_invisible_characters_at_the_edges_are_dropped_and_inside_are_said() {
    let text = "ada@example.com\u{a0}\n\u{200b}grace@example.com\nlin\u{2060}@example.com\nmae@example.com\u{202c}\n\u{feff}cyd@example.com\n";
    assert_eq!(people(text), each(&[("ada@example.com", "there"), ("grace@example.com", "there"), ("mae@example.com", "there"), ("cyd@example.com", "there")]));
    assert_eq!(bad(text), [(3, "“lin@example.com” holds an invisible character".to_owned())]);
}
