//! Texts of updates as sources of every kind send them: nothing that looks like markup is shown, and what only
//! looks a little like it stays.

use allclear::domain::text::plain;
use proptest::prelude::*;

#[test]
fn whatever_looks_like_a_tag_in_markup_is_one_and_elsewhere_what_is_certainly_one() {
    for (text, shown) in [
        ("a<!-- b -->c", "ac"),
        ("a<!-- <b>x</b> -->c<!---->d<!-->e", "acde"),
        ("a<!-- b<br>c", "a b\nc"),
        ("<!DOCTYPE html><?xml version='1.0'?><![CDATA[x]]>a", "a"),
        ("<base href=//evil.example>a", "a"),
        ("At <time datetime=\"2026-03-10\">noon</time>", "At noon"),
        ("super<wbr>long", "superlong"),
        ("<figure>a</figure><address>b</address>", "a\nb"),
        ("<label for=x>a</label> <o:p></o:p>b", "a b"),
        ("<x-card open>a</x-card> and <names>", "a and"),
        ("<xss onfocus=alert(1) tabindex=1>a", "a"),
        ("<unheard-of/>a </ unheard-of >b", "a b"),
        ("a<scr\u{0}ipt>b</scr\u{202e}ipt>c", "ac"),
        (
            "<br>see <https://a.example/x> or <a@b.example>",
            "see <https://a.example/x> or <a@b.example>",
        ),
        ("<p>x &lt;b&gt;</p>", "x <b>"),
        ("<p>1 < 2, I <3 it</p>", "1 < 2, I <3 it"),
    ] {
        assert_eq!(plain(text), shown, "{text}");
    }
    for text in [
        "x<y and y>z",
        "Requests to /users/<id> fail, see <your-name>.",
        "<https://a.example/x=1> and <a@b.example>",
        "<3 and </3 and <-> and <=>",
        "a<b, c<d",
        "<!>",
    ] {
        assert_eq!(plain(text), text);
    }
}

/// What hostile pages send: `tests/e2e/hostile-page.spec.mjs` has the browser read most of it.
#[test]
fn nothing_that_looks_like_markup_is_shown_of_hostile_texts() {
    let corpus = [
        "<script>broken=1</script>",
        "<ScRiPt src=//evil.example/x.js></sCrIpT>",
        "<img src=x onerror=broken=1>",
        "<svg onload=broken=1><animate onbegin=broken=1></svg>",
        "<svg><script>broken=1</script></svg>",
        "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
        "<style>body{display:none}</style>",
        "<a href=\"java\tscr\nipt:broken=1\">three</a>",
        "<a href='data:text/html,<script>parent.broken=1</script>'>five</a>",
        "{{constructor.constructor('broken=1')()}} <%= 1 %>",
        "</div></article></main></body><base href=//evil.example>",
        "<form action=//evil.example><input autofocus onfocus=broken=1><button>go</button></form>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=broken=1>",
        "<!--<img src='--><img src=x onerror=broken=1>'>",
        "<xss id=x tabindex=1 onactivate=broken=1></xss><x/onclick=broken=1>y",
        "<noscript><p title='</noscript><img src=x onerror=broken=1>'>",
        "<time><wbr><figure><address><label><o:p><blink><base>x",
        "<![CDATA[<b>]]><?php echo 1 ?><!ENTITY x 'y'>",
    ];
    let like_markup = |shown: &str| {
        let mut behind = shown.split('<').skip(1);
        behind.any(|text| {
            text.starts_with(|c: char| matches!(c, '!' | '/') || c.is_ascii_alphabetic())
        })
    };
    for text in corpus {
        for around in ["", "a<br>", "<p>", "a <!-- b --> "] {
            let shown = plain(&format!("{around}{text}"));
            assert!(!like_markup(&shown), "{text}: {shown}");
        }
    }
    assert!(!like_markup(&plain(&corpus.join("\r\n"))));
    // What the source escaped, it means to be read.
    assert_eq!(plain("<p>&lt;script&gt;</p>"), "<script>");
}

proptest! {
    #[test]
    fn words_stay_and_whatever_comes_is_read(
        words in "[a-zä0-9,.;:()=/!? ]{0,40}", odd in "[a-z<>/!?=\"' &;-]{0,40}", any in ".{0,40}",
    ) {
        prop_assert_eq!(plain(&words), words.clone());
        let strong = plain(&format!("<b>{words}</b>"));
        prop_assert_eq!(strong.trim(), words.trim());
        prop_assert!(plain(&odd).len() <= odd.len() * 3);
        let _ = plain(&any);
    }
}
