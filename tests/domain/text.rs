//! The texts of updates as readers are shown them: where links lead, signs by their names, and what a person typed.

use allclear::domain::text::{Begun, Piece, begun, pieces, plain, typed, words_of};
use allclear::domain::web_link::behind;

fn links(text: &str) -> Vec<(String, String)> {
    let links = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Link { label, address } => Some((label, address)),
        Piece::Words(_) | Piece::Strong(_) | Piece::Stressed(_) => None,
    });
    links.collect()
}

#[test]
fn what_was_typed_as_plain_words_is_shown_as_it_was_typed() {
    for text in [
        "The <a> and <p> tags vanish in the editor; &amp; shows as &. Requests with a<b and c>d fail.",
        "<p>One</p> <br> <script>x</script> <!-- y -->",
        " indented\r\nlines\tstay",
    ] {
        assert_eq!(words_of(typed(text)), text.replace("\r\n", "\n"));
    }
    assert_eq!(
        typed("See https://a.example/x"),
        [
            Piece::Words("See ".to_owned()),
            Piece::Link { label: "https://a.example/x".to_owned(), address: "https://a.example/x".to_owned() },
        ]
    );
}

#[test]
fn signs_are_read_by_number_and_by_their_common_names() {
    let text = "<p>We&#x27;re working on it &mdash; caf&eacute; orders don&rsquo;t arrive&hellip; Tom &amp; Jerry&#8217;s, it&apos;s late.</p>";
    let shown = "We're working on it — café orders don’t arrive… Tom & Jerry’s, it's late.";
    assert_eq!(plain(text), shown);
    for (names, signs) in [
        ("&Agrave;&agrave;&Aring;&aring;&AElig;&aelig;&Ccedil;&ccedil;", "ÀàÅåÆæÇç"),
        ("&Eacute;&euml;&Iuml;&igrave;&ETH;&eth;&Ntilde;&ntilde;&THORN;&thorn;", "ÉëÏìÐðÑñÞþ"),
        ("&Auml;&ouml;&Uuml;&szlig;&Oslash;&oslash;&Yacute;&yacute;&yuml;", "ÄöÜßØøÝýÿ"),
        ("&times;&divide;&euro;&laquo;&raquo;&bdquo;&ldquo;&middot;&deg;&sect;", "×÷€«»„“·°§"),
        ("&oelig;&OElig;&scaron;&Scaron;&rarr;&lt;&gt;&quot;&amp;eacute;", "œŒšŠ→<>\"&eacute;"),
        ("a&nbsp;b &nothing; &; &é; &-;", "a b &nothing; &; &é; &-;"),
    ] {
        assert_eq!(plain(&format!("<b>{names}</b>")), signs);
    }
}

#[test]
fn a_link_leads_where_its_own_href_leads() {
    for (tag, leads) in [
        (r#"<a data-href="https://evil.example" href="https://a.example/1">"#, "https://a.example/1"),
        (r#"<a HREF="https://a.example/2">"#, "https://a.example/2"),
        (r#"<a href = "https://a.example/3">"#, "https://a.example/3"),
        ("<a\nhref\t=\n'https://a.example/4' >", "https://a.example/4"),
        (r#"<a title="href=https://evil.example" href=https://a.example/5>"#, "https://a.example/5"),
        (r#"<a title = "a > b" href="https://a.example/6">"#, "https://a.example/6"),
        (r#"<a href="https://a.example/7" href="https://evil.example">"#, "https://a.example/7"),
        (r#"<a class=x/href="https://a.example/8">"#, ""),
        (r#"<a download href="https://a.example/9"/>"#, "https://a.example/9"),
        (r#"<a data-href="https://evil.example">"#, ""),
        (r#"<a href-x="https://evil.example" xhref="https://evil.example">"#, ""),
        ("<a href>", ""),
        ("<a href=>", ""),
        ("<a = href=https://a.example/10>", "https://a.example/10"),
        (r#"<a href=" https://a.example/11 ">"#, "https://a.example/11"),
        (r#"<a href="https://status.example@evil.example/">"#, ""),
    ] {
        let found = links(&format!("{tag}here</a>"));
        let expected: Vec<_> = Some(leads)
            .filter(|leads| !leads.is_empty())
            .map(|leads| ("here".to_owned(), leads.to_owned()))
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{tag}");
    }
}

#[test]
fn an_address_that_names_a_user_is_no_link() {
    for text in [
        "https://status.example.com@evil.example/",
        "http://status.example.com:443@evil.example",
        "See [status](https://a:b@evil.example/x) now",
        "https://a@https://b@https://c",
    ] {
        assert_eq!(pieces(text), [Piece::Words(text.to_owned())], "{text}");
    }
    // Behind the host, and in another word, an `@` says nothing of it.
    assert_eq!(links("https://a.example/@team and me@b.example").len(), 1);
    assert_eq!(links("Write to [us](mailto:a@b.example)").len(), 0);
    assert_eq!(links("<a href='mailto:a@b.example'>us</a>").len(), 1);
}

#[test]
fn a_label_that_looks_like_another_address_says_where_it_leads() {
    for (label, to, said) in [
        ("https://status.example/login", "https://evil.example/login", " (evil.example)"),
        ("status.example", "https://evil.example:8443/x?y#z", " (evil.example:8443)"),
        ("see (status.example).", "https://evil.example", " (evil.example)"),
        // The real host within the label is not the label's host.
        ("https://evil.example.status.example/", "https://evil.example", " (evil.example)"),
        ("https://status.example/?evil.example", "https://evil.example", " (evil.example)"),
        ("help@status.example", "mailto:help@evil.example?subject=x", " (help@evil.example)"),
        ("192.0.2.1", "https://evil.example", " (evil.example)"),
        ("https://Status.example/a", "https://status.EXAMPLE/b", ""),
        ("status.example", "https://status.example/x", ""),
        ("help@status.example", "mailto:help@status.example", ""),
        ("κατάσταση.παράδειγμα", "https://evil.example", " (evil.example)"),
        ("“status.example”, «status.example»", "https://status.example", ""),
        ("🔥status.example🔥", "https://status.example", ""),
        ("our page", "https://evil.example", ""),
        ("Version 2.0, e.g. the notes", "https://evil.example", ""),
        ("", "https://evil.example", ""),
    ] {
        assert_eq!(behind(label, to).unwrap_or_default(), said, "{label} → {to}");
    }
    let shown = "See https://status.example/login (evil.example), now";
    for text in [
        "See <a href=\"https://evil.example/login\">https://status.example/login</a>, now",
        "See [https://status.example/login](https://evil.example/login), now",
    ] {
        assert_eq!(plain(text), shown);
    }
    assert_eq!(plain("<a href='https://a.example'></a>"), "https://a.example");
}

#[test]
fn a_long_text_is_read_in_two_parts_and_shows_no_markup_in_either() {
    let sentence = "<span style=\"font-size: 12px\">One &amp; <b>two</b></span> <a href=\"https://a.example/x\">see</a><!-- a note --><script>x</script> ";
    let text = sentence.repeat(60);
    for most in 1..text.len() {
        let Begun {
            said,
            rest,
            marked_up,
        } = begun(&text, most, false);
        let (first, second) = (
            words_of(said),
            words_of(begun(&rest, usize::MAX, marked_up).said),
        );
        assert_eq!(
            [first, second].concat().replace(' ', ""),
            plain(&text).replace(' ', ""),
            "{most}"
        );
        assert!(text.len() - rest.len() < most + 200 + sentence.len());
    }
    // What is left has no tag of its own.
    let Begun {
        rest, marked_up, ..
    } = begun(&format!("<b>x</b> {}&amp;", "word ".repeat(100)), 9, false);
    assert!(words_of(begun(&rest, usize::MAX, marked_up).said).ends_with("word &"));
    let Begun { said, rest, .. } = begun("short", 10, false);
    assert_eq!((words_of(said).as_str(), rest.as_str()), ("short", ""));
    let hard = "x".repeat(1_000);
    let Begun { said, rest, .. } = begun(&hard, 500, false);
    assert_eq!((words_of(said).len(), rest.len()), (500, 500));
}

