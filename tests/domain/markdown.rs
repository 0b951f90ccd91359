//! Markdown as readers see it: what is understood, what is shown as it was typed, and that nothing hostile is more
//! than words.

use allclear::domain::markdown::{Block, Span, blocks, outline, plain};
use allclear::domain::text::begins_as_markup;
use allclear::sop::report::escaped;
use proptest::prelude::*;

/// Blocks in a short notation: `h2(…)`, `p(…)`, `ul(…|…)`, `ol3(…)`, `q(…)`, `code(…)`, `hr`; in a line `*strong*`,
/// `_stressed_`, `` `code` `` and `{words→address}`.
fn short(blocks: &[Block]) -> String {
    let all: Vec<String> = blocks.iter().map(one).collect();
    all.join(" ")
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading(level, spans) => format!("h{level}({})", line(spans)),
        Block::Paragraph(spans) => format!("p({})", line(spans)),
        Block::List(number, items) => {
            let items: Vec<String> = items.iter().map(|item| short(item)).collect();
            let name = number.map_or("ul".to_owned(), |number| format!("ol{number}"));
            format!("{name}({})", items.join("|"))
        }
        Block::Quote(blocks) => format!("q({})", short(blocks)),
        Block::Code(code) => format!("code({code})"),
        Block::Rule => "hr".to_owned(),
    }
}

fn line(spans: &[Span]) -> String {
    let all = spans.iter().map(|span| {
        let mut text = span.words.clone();
        if span.code {
            text = format!("`{text}`");
        }
        if span.stressed {
            text = format!("_{text}_");
        }
        if span.strong {
            text = format!("*{text}*");
        }
        match &span.address {
            Some(address) => format!("{{{text}→{address}}}"),
            None => text,
        }
    });
    all.collect()
}

fn read(text: &str) -> String {
    short(&blocks(text))
}

#[test]
fn what_is_understood() {
    for (text, shown) in [
        ("", ""),
        ("One\ntwo\n\nThree", "p(One\ntwo) p(Three)"),
        ("# A\n## B ##\n###### C\ntext", "h1(A) h2(B) h6(C) p(text)"),
        ("#hash\n####### seven\n#", "p(#hash\n####### seven\n#)"),
        ("- a\n* b\n+ c", "ul(p(a)|p(b)|p(c))"),
        ("3. a\n4) b", "ol3(p(a)|p(b))"),
        ("- a\n  more\n  - b\n    - c\n- d", "ul(p(a\nmore) ul(p(b) ul(p(c)))|p(d))"),
        ("- a\n\n- b\n\nend", "ul(p(a)|p(b)) p(end)"),
        ("- a\n1. b", "ul(p(a)) ol1(p(b))"),
        ("> a\n> > b\n\nc", "q(p(a) q(p(b))) p(c)"),
        ("---\n***\n___", "hr hr hr"),
        ("```sh\nrm *x*\n\n# no\n```\nend", "code(rm *x*\n\n# no) p(end)"),
        ("```\nnever closed", "code(never closed)"),
        ("a **b** __c__ *d* _e_ `f`", "p(a *b* *c* _d_ _e_ `f`)"),
        ("***both*** and **so *on* it** goes", "p(*_both_* and *so **_on_** it* goes)"),
        ("`` a ` b `` ``` x ```", "p(`a ` b` `x`)"),
        ("See [the *graph*](https://example.com/g_(1)).", "p(See {the →https://example.com/g_(1)}{_graph_→https://example.com/g_(1)}.)"),
        ("https://a.example/x_y_z*. (https://b.example)", "p({https://a.example/x_y_z→https://a.example/x_y_z}*. ({https://b.example→https://b.example}))"),
        ("[](https://a.example)", "p({https://a.example→https://a.example})"),
        (r"1\. try \*not\* \<5% \[x](https://a.example) \a \\", r"p(1. try *not* <5% [x]({https://a.example→https://a.example}) \a \)"),
    ] {
        assert_eq!(read(text), shown, "{text}");
    }
}

#[test]
fn the_case_as_it_was_tried() {
    let text = "## What happened\n\n1. A deploy began at 14:02.\n2. Error rate rose to **5%**, below <5% in the EU.\n\n\
                - See [the graph](https://example.com/graph)\n- `checkout-api` restarted\n\n| Region | Errors |\n|---|---|\n| EU | 5% |";
    assert_eq!(
        read(text),
        "h2(What happened) ol1(p(A deploy began at 14:02.)|p(Error rate rose to *5%*, below <5% in the EU.)) \
         ul(p(See {the graph→https://example.com/graph})|p(`checkout-api` restarted)) p(| Region | Errors |\n|---|---|\n| EU | 5% |)"
    );
}

#[test]
fn what_is_none_of_it_is_shown_as_it_was_typed() {
    for text in [
        "<script>alert(1)</script>", "<b>x</b> &lt; &amp;", "2 * 3 * 4", "snake_case_name", "a ** b", "**a", "*", "_", "`", "``a`",
        "[a]", "[a](b", "[a] (b)", "![", "]", "](", "[[[[", "1.no", "-no", "1234567890. no", "====", "~~no~~", "\\",
        "{{constructor.constructor('alert(1)')()}}", "****a****",
    ] {
        assert_eq!(read(text), format!("p({text})"));
    }
}

#[test]
fn only_a_link_to_the_web_may_be_followed_and_it_says_where_it_leads() {
    for text in [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,a)", "[x](//a.example)", "[x](/a)", "[x](http://a.example)",
        "[x](https://)", "[x](https:// a.example)", "[x](https://a.example\\b)", "[x](vbscript:a)", "[x](https://status.example@evil.example)",
        "https://status.example@evil.example/", "http://a.example", "https://",
    ] {
        assert_eq!(read(text), format!("p({text})"));
    }
    assert_eq!(read("[x](https://a.example\"onclick=alert(1))"), "p([x]({https://a.example→https://a.example}\"onclick=alert(1)))");
    assert_eq!(
        read("[https://status.example/login](https://evil.example/login)"),
        "p({https://status.example/login→https://evil.example/login} (evil.example))",
        "a label that looks like another address"
    );
    assert_eq!(read("[status.example](https://status.example/x)"), "p({status.example→https://status.example/x})");
    assert_eq!(read("[a [b](https://b.example) c](https://c.example)"), "p([a {b→https://b.example} c]({https://c.example→https://c.example}))");
    assert_eq!(read("https://a.example/\u{202e}moc"), "p({https://a.example/moc→https://a.example/moc})");
}

#[test]
fn headings_fit_the_page_that_they_stand_on() {
    for (typed, shown) in [
        (&[1, 2, 2, 3][..], &[3, 4, 4, 5][..]),
        (&[2, 2], &[3, 3]),
        (&[2, 4, 3, 2], &[3, 4, 4, 3]),
        (&[4, 1], &[3, 3]),
        (&[1, 2, 3, 4, 5, 6], &[3, 4, 5, 6, 6, 6]),
        (&[], &[]),
    ] {
        assert_eq!(outline(typed, 3), shown, "{typed:?}");
    }
}

#[test]
fn what_stands_in_each_other_without_end_is_words_in_the_end() {
    for unit in [">", "> ", "- ", "1. ", "  - a\n"] {
        let text = unit.repeat(10_000);
        assert!(depth(&blocks(&text)) <= 7, "{unit}");
    }
}

fn depth(blocks: &[Block]) -> usize {
    let inner = blocks.iter().map(|block| match block {
        Block::Quote(blocks) => depth(blocks),
        Block::List(_, items) => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        _ => 0,
    });
    inner.max().unwrap_or(0) + 1
}

/// The words alone, in their order.
fn words(blocks: &[Block]) -> String {
    let all = blocks.iter().map(|block| match block {
        Block::Heading(_, spans) | Block::Paragraph(spans) => spans.iter().map(|span| span.words.as_str()).collect(),
        Block::List(_, items) => items.iter().map(|item| words(item)).collect(),
        Block::Quote(blocks) => words(blocks),
        Block::Code(code) => code.clone(),
        Block::Rule => String::new(),
    });
    all.collect()
}

proptest! {
    /// What a responder typed into a fact or a note stands in the post-mortem as it was typed: no backslash of ours is
    /// seen, and nothing of it is more than a paragraph.
    #[test]
    fn what_was_typed_is_what_is_seen(line in "[-#>*_`\\[\\]()<!1.a \\\\~|=:/é]{0,24}|(https://a\\.example/[a-z_*.)(]{0,8} ?){1,3}|\\PC{0,16}") {
        let read = blocks(&escaped(&line));
        let plain = allclear::domain::text::clean(line.trim());
        prop_assert_eq!(words(&read), plain.trim());
        prop_assert!(read.iter().all(|block| matches!(block, Block::Paragraph(_))), "{:?}", read);
        let emphasis = read.iter().any(|block| matches!(block, Block::Paragraph(spans) if spans.iter().any(|span| span.strong || span.stressed || span.code)));
        prop_assert!(!emphasis, "{:?}", read);
    }
}

#[test]
fn its_words_are_what_readers_see() {
    let text = "## What happened\n\n1. A **bad** deploy, below <5%.\n\n> See [the graph](https://example.com/graph).\n\n```\nlet x;\n```";
    assert_eq!(plain(text), "What happened\nA bad deploy, below <5%.\nSee the graph.\nlet x;\n");
}

#[test]
fn a_post_mortem_in_markup_is_told_from_one_about_markup() {
    for (text, markup) in [
        ("<p>It was DNS.</p>", true),
        (" \n<h2>Cause</h2>", true),
        ("The <a> and <p> tags vanish", false),
        ("<5% of requests", false),
        ("## Cause", false),
        ("", false),
    ] {
        assert_eq!(begins_as_markup(text), markup, "{text:?}");
    }
}
