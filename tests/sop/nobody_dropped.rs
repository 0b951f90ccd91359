//! Whoever stands in a list is mailed, or listed as left out; and nobody else is.

use allclear::sop::recipients::{List, Never, Reader};

#[test]
fn an_address_with_a_word_beside_it_is_listed_and_never_dropped() {
    for (text, mailed, listed) in [
        (
            "To: ada@example.com, bob@example.com, cyd@example.com",
            2,
            "To: ada@example.com",
        ),
        (
            "ada@example.com, bob@example.com and cyd@example.com",
            1,
            "bob@example.com and cyd@example.com",
        ),
        (
            "ada@example.com (Ada), bob@example.com",
            1,
            "ada@example.com (Ada)",
        ),
        (
            "Ada ada@example.com; bob@example.com",
            1,
            "Ada ada@example.com",
        ),
        (
            "Ada <ada@example.com>, Bob bob@example.com",
            1,
            "Bob bob@example.com",
        ),
        (
            "Bob bob@example.com, Ada <ada@example.com>",
            1,
            "Bob bob@example.com",
        ),
    ] {
        let list = List::parse(text);
        assert_eq!(list.people.len(), mailed, "{text}: {:?}", list.people);
        let is_listed = list.bad.iter().any(|bad| {
            bad.wrong
                .contains(&format!("“{listed}” holds an address and more"))
        });
        assert!(is_listed && list.left_out() > 0, "{text}: {:?}", list.bad);
    }
}

#[test]
fn of_a_table_in_any_language_nobody_but_its_rows_own_people_is_mailed() {
    let rows = "101,Ada,Lovelace,ada@example.com,,owner.one@our-company.example,New\n\
                102,Grace,Hopper,,+1 555 0100,owner.two@our-company.example,New\n";
    for (headings, name) in [
        (
            "ID,Nombre,Apellidos,Correo,Teléfono,Propietario,Estado",
            Some("Ada"),
        ),
        ("ID,Ad,Soyad,Adres,Telefon,Sahibi,Durum", None),
    ] {
        let list = List::parse(&format!("{headings}\n{rows}"));
        let people: Vec<_> = list
            .people
            .iter()
            .map(|one| (one.address.as_str(), one.name.as_deref()))
            .collect();
        assert_eq!(people, [("ada@example.com", name)], "{headings}");
        assert!(
            list.bad
                .iter()
                .any(|bad| bad.line == 3 && bad.wrong == "there is no address"),
            "{:?}",
            list.bad
        );
        assert_eq!(
            list.table.map(|table| table.picked.address),
            Some(3),
            "{headings}"
        );
    }
    // The owner's is the only cell of a row.
    let list = List::parse(
        "Name,Email,Owner email\nAda,ada@example.com,eve@our-company.example\n,,eve@our-company.example\n",
    );
    assert_eq!(list.people.len(), 1);
    assert_eq!(list.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3]);
    // What was pasted below an export is.
    let list = List::parse(
        "Name,Email,Owner email\nAda,ada@example.com,eve@our-company.example\nbob@example.com\n",
    );
    assert_eq!(list.people.len(), 2);
}

#[test]
fn two_stray_quotation_marks_swallow_nobody_unlisted() {
    let list = List::parse(
        "Name,Email\n\"Ada,ada@example.com\nBob,bob@example.com\n\"Cyd,cyd@example.com\n",
    );
    assert_eq!(list.people, []);
    assert!(
        list.left_out() > 0 && list.bad[0].wrong.contains("runs over several lines"),
        "{:?}",
        list.bad
    );
    let note =
        List::parse("Name,Email,Notes\nAda,ada@example.com,\"Ask bob@example.com\nbefore noon\"\n");
    assert_eq!((note.people.len(), note.bad.len()), (1, 0));
}

#[test]
fn a_domain_is_the_same_for_people_and_for_machines() {
    for never in [
        "bob@xn--bcher-kva.example",
        "@xn--bcher-kva.example",
        "bob@bücher.example",
        "@BÜCHER.example",
    ] {
        for address in [
            "bob@bücher.example",
            "bob@xn--bcher-kva.example",
            "Bob@XN--BCHER-KVA.example",
        ] {
            assert!(Never::parse(never).holds(address), "{never}: {address}");
        }
        assert!(!Never::parse(never).holds("bob@bucher.example"));
    }
    let list = List::parse("bob@bücher.example\nbob@xn--bcher-kva.example\n");
    assert_eq!((list.people.len(), list.bad.len()), (1, 1));
    // What was typed is mailed.
    assert_eq!(
        List::parse("bob@xn--bcher-kva.example").people[0].address,
        "bob@xn--bcher-kva.example"
    );
}

#[test]
fn a_row_of_a_titled_table_is_its_own_persons_or_is_listed() {
    let head = "ID,Ad,Soyad,Adres,Telefon,Sahibi,Durum\n101,Ada,Lovelace,ada@example.com,,owner.one@our-company.example,New\n";
    for (row, listed) in [
        (
            "102,Grace,Hopper,n/a,+1 555 0100,owner.two@our-company.example,New",
            "“n/a” is not an email address",
        ),
        (
            "102,Grace,Hopper,grace@example..com,,owner.two@our-company.example,New",
            "“grace@example..com” is not an email address",
        ),
        (
            "102,Grace,Hopper,,+1 555 0100,owner.two@our-company.example",
            "there is no address",
        ),
    ] {
        let list = List::parse(&format!("{head}{row}\n"));
        let people: Vec<&str> = list.people.iter().map(|one| one.address.as_str()).collect();
        assert_eq!(people, ["ada@example.com"], "{row}");
        assert!(
            list.bad
                .iter()
                .any(|bad| bad.line == 3 && bad.wrong == listed),
            "{row}: {:?}",
            list.bad
        );
    }
    let angled = "ID,Ad,Adres,Sahibi\n101,Ada,Ada <ada@example.com>,owner.one@our-company.example\n102,Grace,,owner.two@our-company.example\n";
    assert_eq!(List::parse(angled).people.len(), 1);
    // A line of nothing but addresses is no row of a table.
    for pasted in [
        "Hello,world\nada@example.com,bob@example.com\n",
        "Dear all,\nAda <ada@example.com>, Bob <bob@example.com>\n",
    ] {
        assert_eq!(List::parse(pasted).people.len(), 2, "{pasted}");
    }
    // The name at the address is theirs, and the other one is listed.
    let list = List::parse(
        "Kunde,Kontakt,Stellvertreter\nAcme,Ada <ada@acme.example>,Bob <bob@acme.example>\n",
    );
    let people: Vec<_> = list
        .people
        .iter()
        .map(|one| (one.address.as_str(), one.name.as_deref()))
        .collect();
    assert_eq!(
        (people.as_slice(), list.left_out()),
        (&[("ada@acme.example", Some("Ada"))][..], 1)
    );
    // A name that somebody goes by elsewhere is no address, and what is longer than its headings is no row.
    let handles = "Ad,Kullanici,Adres\nAda,@ada,ada@example.com\nBob,@bob,bob@example.com\n";
    assert_eq!(List::parse(handles).people.len(), 2);
    let longer = "Ad Soyad,Adres\nAda L,ada@example.com\nHopper, Grace,grace@example.com\n";
    assert_eq!(List::parse(longer).people.len(), 2);
    // Below known headings a row of one cell is the owner's own, too.
    let list = List::parse(
        "ID,Email,Owner email,State\n1,ada@example.com,eve@our-company.example,New\n,,eve@our-company.example\n",
    );
    assert_eq!(list.people.len(), 1);
    // Of those who are never mailed everybody is meant.
    let mut reader =
        Reader::new("Kunde,Kontakt,Stellvertreter\nAcme,ada@acme.example,ada2@acme.example\n")
            .for_never();
    while reader.step(9) {}
    assert_eq!(reader.into_list().people.len(), 2);
    // Headings are read in any letters.
    for headings in [
        "Имя,Электронная почта",
        "NOMBRE,CORREO ELECTRÓNICO",
        "Prénom,COURRIEL",
    ] {
        let list = List::parse(&format!("{headings}\nAda,ada@example.com\n"));
        assert_eq!(list.people[0].name.as_deref(), Some("Ada"), "{headings}");
        assert_eq!(
            list.table.unwrap().titles,
            headings.split(',').collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_note_of_several_lines_is_no_swallowed_row() {
    let swallowed =
        List::parse("Email,Name\nada@example.com,\"Ada\nbob@example.com\n\"cyd@example.com,Cyd\n");
    assert!(swallowed.left_out() > 0, "{swallowed:?}");
    let swallowed = List::parse(
        "Email,Name,City\nada@example.com,\"Ada,Berlin\nbob@example.com,\"Bob,Rome\ncyd@example.com,Cyd,Oslo\n",
    );
    assert!(
        swallowed.left_out() > 0 && swallowed.people.len() == 1,
        "{swallowed:?}"
    );
    let signed = List::parse(
        "Name,Email,Notes\nAda,ada@example.com,\"Regards,\nAda Lovelace | ada@example.com | +1 555\nada@example.com\"\n",
    );
    assert_eq!(
        (signed.people.len(), signed.bad.len()),
        (1, 0),
        "{:?}",
        signed.bad
    );
}

#[test]
fn a_line_is_left_out_once_and_a_broken_address_before_an_angle_is() {
    assert_eq!(List::parse("Ada ada@example.com").left_out(), 1);
    let list = List::parse("bob@@example.com, Ada <ada@example.com>");
    assert!(
        list.people.len() == 1 && list.left_out() > 0,
        "{:?}",
        list.bad
    );
}
