//! The text of an update as a reader is shown it: plain words, line breaks, emphasis and links. Pages that
//! take markup send it in an update's body; of that only what it means is kept, never the markup. Characters
//! that turn the order of what stands around them are left out.

mod begun;
mod bounds;
mod entity;
mod reading;
mod tag;

pub use begun::{Begun, begun, typed_begun};
pub use bounds::{beginning, without_storms};
use reading::Reading;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words and line breaks.
    Words(String),
    /// The same, of weight.
    Strong(String),
    /// The same, with stress.
    Stressed(String),
    /// A link to the web or to a mailbox.
    Link {
        /// What stands there.
        label: String,
        /// Where it leads; always begins with `https://`, `http://` or `mailto:`.
        address: String,
    },
}

/// The pieces of a text. Entities are decoded only in a text that holds markup: elsewhere `&lt;` is
/// what somebody wrote.
pub fn pieces(text: &str) -> Vec<Piece> {
    begun(text, usize::MAX, false).said
}

/// The pieces of a text that a person typed and nothing has made markup of: what looks like a tag are words about one.
pub fn typed(text: &str) -> Vec<Piece> {
    let mut reading = Reading::default();
    reading.say(text);
    reading.finish()
}

/// Whether a whole text is markup: it begins with a tag. A tag in the middle may be what somebody writes about.
pub fn begins_as_markup(text: &str) -> bool {
    let begun = text.trim_start().strip_prefix('<');
    begun.is_some_and(|after| tag::tag(after, false, &mut 0).is_some())
}

/// The words alone, links by their labels.
pub fn plain(text: &str) -> String {
    words_of(pieces(text))
}

/// The words of pieces, links by their labels.
pub fn words_of(pieces: Vec<Piece>) -> String {
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) | Piece::Strong(words) | Piece::Stressed(words) => words,
            Piece::Link { label, .. } => label,
        })
        .collect()
}

/// A text without what turns the order of its words, and of what stands beside it, around. Marks that only say which
/// way their neighbours read stay: people who write in two directions type them.
pub fn without_overrides(text: &str) -> String {
    if has_overrides(text) {
        text.replace(is_override, "")
    } else {
        text.to_owned()
    }
}

/// Whether something in a text turns the order of its words around.
pub fn has_overrides(text: &str) -> bool {
    text.contains(is_override)
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text without what no reader is meant to see: control characters, and those that turn the order of the
/// words around them. Line ends become one kind.
pub fn clean(text: &str) -> String {
    let hidden =
        |c: char| c.is_control() && !matches!(c, '\n' | '\t') || is_override(c) || c == '\u{feff}';
    if !text.contains(hidden) {
        return text.to_owned();
    }
    let mut before = ' ';
    let one_kind = text
        .chars()
        .filter_map(|c| match (std::mem::replace(&mut before, c), c) {
            ('\r', '\n') => None,
            (_, '\r') => Some('\n'),
            (_, other) => Some(other),
        });
    one_kind.filter(|c| !hidden(*c)).collect()
}

/// Whether two texts say the same to a reader: whatever a page does to line ends, blanks, line breaks in
/// markup and entities on the way.
pub fn same(one: &str, other: &str) -> bool {
    one == other || (READ_AFTER.iter()).any(|before| reading(before, one) == reading(before, other))
}

/// What a text says however a page may have changed it on the way, with one blank between words: as it stands, and as markup.
pub fn readings(text: &str) -> [String; 2] {
    READ_AFTER.map(|before| reading(before, text))
}

/// Where a page put markup around what it did not escape, what it is compared with is read as markup too.
const READ_AFTER: [&str; 2] = ["", "<wbr>"];

fn reading(before: &str, text: &str) -> String {
    let words = entity::decode(&plain(&format!("{before}{text}")));
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Piece {
        Piece::Words(text.to_owned())
    }

    fn link(label: &str, address: &str) -> Piece {
        Piece::Link {
            label: label.to_owned(),
            address: address.to_owned(),
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in [
            "",
            "One.\n\nTwo.",
            "a < b and c > d",
            "&lt;b&gt;",
            "** bold** [Name] {x} {{y}} $1 2**3",
            "a List<String> of <names>",
            "<",
            "<<<",
            "1 <2> 3",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn markup_leaves_only_its_words() {
        assert_eq!(plain("One<br />Two<BR>Three"), "One\nTwo\nThree");
        assert_eq!(
            plain("<p>One &amp; two</p><p>Three</p>"),
            "One & two\n\nThree"
        );
        assert_eq!(plain("<ul><li>One</li><li>Two</li></ul>"), "- One\n- Two");
        assert_eq!(plain("<strong>So</strong> it &lt;is&gt;"), "So it <is>");
        assert_eq!(plain("<b>&amp;lt;</b>"), "&lt;");
    }

    #[test]
    fn only_links_to_the_web_and_to_mailboxes_become_links() {
        assert_eq!(
            pieces("See <a class=x HREF=\"https://a.example/?x=1&amp;y=2\">the notes</a>."),
            [
                words("See "),
                link("the notes", "https://a.example/?x=1&y=2"),
                words(".")
            ]
        );
        assert_eq!(
            pieces("Go to http://status.example.com. Thanks"),
            [
                words("Go to "),
                link("http://status.example.com", "http://status.example.com"),
                words(". Thanks")
            ]
        );
        // A bracket that is opened in an address is part of it.
        for (text, address) in [
            (
                "https://a.example/Split-brain_(computing).",
                "https://a.example/Split-brain_(computing)",
            ),
            ("(https://a.example/x?(a))", "https://a.example/x?(a)"),
            ("(as in https://a.example/x).", "https://a.example/x"),
            ("https://a.example/x)).", "https://a.example/x"),
        ] {
            let found = pieces(text);
            assert!(found.contains(&link(address, address)), "{text}: {found:?}");
        }
        assert_eq!(
            pieces(
                "See [the (long) notes](https://a.example/x_(y)). <a href='mailto:a@b.example'>Write</a>"
            ),
            [
                words("See "),
                link("the (long) notes", "https://a.example/x_(y)"),
                words(". "),
                link("Write", "mailto:a@b.example"),
            ]
        );
        for text in [
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
            "<a href=\"java&#x73;cript:alert(1)\">x</a>",
            "<a href=\"java\tscript:alert(1)\">x</a>",
            "<a href=\"&#10;javascript:alert('https://')\">x</a>",
            "<a href='data:text/html,hello'>x</a>",
            "<a href='//a.example'>x</a>",
            "<a href=\"https:///a.example/login\">x</a>",
            "<a href=\"https:\\\\a.example\">x</a>",
            "<a href=\"https://\\a.example\">x</a>",
            "<a href='http:///a.example@b.example/'>x</a>",
            "<a href='vbscript:x' onclick=alert(1)>x</a>",
            "<a>x</a>",
        ] {
            assert_eq!(pieces(text), [words("x")], "{text}");
        }
        for text in [
            "https:///status.a.example@b.example/login",
            "[x](https:///b.example)",
            "https:// alone",
            "[x](javascript:alert(1))",
            "http",
            "https://",
        ] {
            assert_eq!(pieces(text), [words(text)]);
        }
    }

    #[test]
    fn emphasis_is_kept_as_such_in_markup_and_in_markdown() {
        let strong = |text: &str| Piece::Strong(text.to_owned());
        assert_eq!(
            pieces(
                "<strong>So</strong> it <em>is</em>, **very** much.<h2>Why</h2>That <b>x <i>y</i></b>"
            ),
            [
                strong("So"),
                words(" it "),
                Piece::Stressed("is".to_owned()),
                words(", "),
                strong("very"),
                words(" much.\n\n"),
                strong("Why\n\n"),
                words("That "),
                strong("x y"),
            ]
        );
        assert_eq!(pieces("</b>a<b>"), [words("a")]);
        assert_eq!(
            pieces("**See https://a.example now**"),
            [
                strong("See "),
                link("https://a.example", "https://a.example"),
                strong(" now")
            ]
        );
        for text in ["**", "****", "** x **", "**a\nb**", "a ** b", "**a"] {
            assert_eq!(pieces(text), [words(text)]);
        }
    }

    #[test]
    fn no_markup_is_ever_shown_nor_what_stands_in_a_script() {
        for (text, shown) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("a<SCRIPT src=//x></ScRiPt >b", "ab"),
            ("<style>*{color:red}</style>x", "x"),
            ("a<script>b", "ab"),
            ("<img src=x onerror=alert(1)>x", "x"),
            ("<svg onload=alert(1)><path/></svg>x", "x"),
            ("<iframe src='javascript:alert(1)'></iframe>x", "x"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            (
                "<p>One</p>\r\n<p>Two<br>\r\nThree</p>\r\n",
                "One\n\nTwo\nThree",
            ),
            (
                "<ul><li><p>One</p></li><li>Two</li></ul><p>So</p>",
                "- One\n\n- Two\n\nSo",
            ),
            (
                "<b>&copy; &mdash; &#8217;&#x2019;&apos; &unknown; &amp;</b>",
                "© — ’’' &unknown; &",
            ),
            (
                "<p>It&#146;s back &#150; &#x80;5 &#129;&#133;</p>",
                "It’s back – €5  …",
            ),
            (
                "{{constructor.constructor('alert(1)')()}}",
                "{{constructor.constructor('alert(1)')()}}",
            ),
            (
                "<a href='data:text/html,<script>x</script>'>five</a>",
                "five",
            ),
            ("<iframe srcdoc=\"<p>x</p>\"></iframe>x", "x"),
            ("<scr<script>ipt>alert(1)</script>", "<scr"),
        ] {
            assert_eq!(plain(text), shown, "{text}");
        }
    }

    #[test]
    fn what_turns_the_order_of_words_is_left_out() {
        assert_eq!(
            clean("a\u{202e}b\u{2066}c\u{0}d\r\ne\rf\u{200f}"),
            "abcd\ne\nf\u{200f}"
        );
        assert_eq!(plain("<b>a&#x202e;b&#8238;</b>\u{202e}"), "ab");
        // What is typed keeps its line ends, its marks of direction and its joined emoji.
        assert_eq!(
            without_overrides("API \u{202e}gnp.evil\u{2066}\u{202c}\r\n\u{5d0}\u{200f}\u{200d}"),
            "API gnp.evil\r\n\u{5d0}\u{200f}\u{200d}"
        );
        assert_eq!(
            pieces("https://a.example/\u{202e}moc"),
            [link("https://a.example/moc", "https://a.example/moc")]
        );
    }

    #[test]
    fn the_same_words_are_the_same_text_whatever_a_page_did_to_them() {
        let sent = "It's down & slow.\n\nNext update by 14:09 UTC.";
        for kept in [
            sent,
            "It's down &amp; slow.\r\n\r\nNext update by 14:09 UTC. ",
            "<p>It&#39;s down &amp; slow.</p><p>Next update by 14:09 UTC.</p>",
            "It's down & slow.<br /><br />Next update by\u{a0}14:09 UTC.",
        ] {
            assert!(same(sent, kept), "{kept}");
        }
        assert!(same("/users/<id> fails.", "<p>/users/<id> fails.</p>"));
        assert!(same(
            "/users/<id> fails.",
            "<p>/users/&lt;id&gt; fails.</p>"
        ));
        for other in ["", "It's down & slow.", &sent.replace("14:09", "14:10")] {
            assert!(!same(sent, other), "{other}");
        }
    }

    #[test]
    fn a_megabyte_of_brackets_is_read_in_time() {
        let text = "<".repeat(1_000_000);
        assert_eq!(plain(&text).len(), text.len());
        for part in [
            "<script>",
            "<a href=",
            "<b>",
            "**",
            "[",
            "&",
            "](https://",
            "[https://a](",
            "https://a@",
            "<div><p>",
            "<!--",
            "<x a=\"",
            "<x ",
            "[a](http://)",
        ] {
            let text = part.repeat(100_000 / part.len());
            assert!(plain(&text).len() <= text.len() * 2);
        }
        // Brackets in quotes, of tags that have no end, or end with another.
        for end in ["", "<", "'>"] {
            let text = format!("<a{}{end}", " x='<'".repeat(150_000));
            assert!(plain(&text).len() <= text.len());
        }
    }
}
