//! The text of an update as a reader is shown it: plain words, line breaks and links. Pages that take
//! markup send it in an update's body; of that only the words are kept, never the markup.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words and line breaks.
    Words(String),
    /// A link to an `https:` address.
    Link {
        /// What stands there.
        label: String,
        /// Where it leads; always begins with `https://`.
        address: String,
    },
}

/// Elements whose tags are dropped from a text. Any other `<…>` is what somebody wrote, and stays.
const KNOWN: [&str; 30] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "u",
    "ul",
    "var",
];
/// Elements that begin on a line of their own.
const BLOCKS: [&str; 15] = [
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "p",
    "pre",
];
const SCHEME: &str = "https://";

/// The pieces of a text. Entities are decoded only in a text that holds markup: elsewhere `&lt;` is
/// what somebody wrote.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut reading = Reading {
        marked_up: has_markup(text),
        ..Reading::default()
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        reading.say(before);
        if let Some((found, beyond)) = tag(after) {
            reading.meet(&found);
            rest = beyond;
        } else {
            reading.say("<");
            rest = after;
        }
    }
    reading.say(rest);
    reading.finish()
}

/// The words alone, links by their labels.
pub fn plain(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Link { label, .. } => label,
        })
        .collect()
}

/// A tag of a known element.
struct Tag {
    name: String,
    closes: bool,
    href: Option<String>,
}

/// The tag that a text right behind a `<` begins with, and what comes after its `>`.
fn tag(after: &str) -> Option<(Tag, &str)> {
    // Looks no further than the next bracket, so that a text of nothing but brackets is read in time.
    let end = after.find(['<', '>'])?;
    let (inside, beyond) = after.split_at_checked(end)?;
    let beyond = beyond.strip_prefix('>')?;
    let closes = inside.starts_with('/');
    let inside = inside.trim_start_matches('/').trim_end_matches('/');
    let name = inside.split_whitespace().next()?.to_ascii_lowercase();
    // What follows a `<` at once is a name; "a < b and c > d" is not a tag.
    if inside.starts_with(char::is_whitespace) || !KNOWN.contains(&name.as_str()) {
        return None;
    }
    Some((
        Tag {
            name,
            closes,
            href: href(inside),
        },
        beyond,
    ))
}

fn href(inside: &str) -> Option<String> {
    let (_, value) = inside.split_once("href=")?;
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let value = match quote {
        Some(quote) => value.trim_start_matches(quote).split(quote).next(),
        None => value.split_whitespace().next(),
    }?;
    let value = decode(value);
    value.starts_with(SCHEME).then_some(value)
}

fn has_markup(text: &str) -> bool {
    text.split('<').skip(1).any(|after| tag(after).is_some())
}

fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // `&amp;` last: "&amp;lt;" is the words "&lt;".
    let named = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ];
    named
        .iter()
        .fold(text.to_owned(), |text, (entity, char)| {
            text.replace(entity, char)
        })
        .replace("&amp;", "&")
}

/// A text that is being read.
#[derive(Default)]
struct Reading {
    marked_up: bool,
    done: Vec<Piece>,
    words: String,
    link: Option<(String, String)>,
}

impl Reading {
    fn say(&mut self, text: &str) {
        let text = if self.marked_up {
            decode(text)
        } else {
            text.to_owned()
        };
        match &mut self.link {
            Some((label, _)) => label.push_str(&text),
            None => self.words.push_str(&text),
        }
    }

    fn meet(&mut self, tag: &Tag) {
        if tag.name == "a" {
            self.end_link();
            if let (false, Some(address)) = (tag.closes, &tag.href) {
                self.link = Some((String::new(), address.clone()));
            }
        } else if tag.name == "br" {
            self.say("\n");
        } else if BLOCKS.contains(&tag.name.as_str()) {
            self.end_link();
            let begins = self.words.is_empty() && self.done.is_empty();
            if !begins && !self.words.ends_with('\n') {
                self.words.push('\n');
            }
            if tag.name == "li" && !tag.closes {
                self.words.push_str("- ");
            }
        }
    }

    fn end_link(&mut self) {
        let Some((label, address)) = self.link.take() else {
            return;
        };
        self.flush();
        let label = if label.trim().is_empty() {
            address.clone()
        } else {
            label
        };
        self.done.push(Piece::Link { label, address });
    }

    /// Puts the words away, addresses among them as links.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut rest = words.as_str();
        while let Some((before, after)) = rest.split_once(SCHEME) {
            let end = after.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
            let (address, beyond) = after
                .split_at_checked(end.unwrap_or(after.len()))
                .unwrap_or((after, ""));
            // A full stop at the end of a sentence is not part of the address.
            let bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
            let tail = address.strip_prefix(bare).unwrap_or_default();
            if bare.is_empty() {
                self.put(format!("{before}{SCHEME}{tail}"));
            } else {
                self.put(before.to_owned());
                let address = format!("{SCHEME}{bare}");
                self.done.push(Piece::Link {
                    label: address.clone(),
                    address,
                });
                self.put(tail.to_owned());
            }
            rest = beyond;
        }
        self.put(rest.to_owned());
    }

    fn put(&mut self, words: String) {
        match (self.done.last_mut(), words.is_empty()) {
            (_, true) => {}
            (Some(Piece::Words(last)), false) => last.push_str(&words),
            (Some(Piece::Link { .. }) | None, false) => self.done.push(Piece::Words(words)),
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.end_link();
        self.flush();
        if let (true, Some(Piece::Words(last))) = (self.marked_up, self.done.last_mut()) {
            last.truncate(last.trim_end().len());
        }
        self.done
    }
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
            "<script>alert(1)</script>",
            "&lt;b&gt;",
            "**bold** [Name] {x} $1",
            "<",
            "<<<",
            "<img src=x onerror=alert(1)>",
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
            "One & two\nThree"
        );
        assert_eq!(plain("<ul><li>One</li><li>Two</li></ul>"), "- One\n- Two");
        assert_eq!(plain("<strong>So</strong> it &lt;is&gt;"), "So it <is>");
        assert_eq!(plain("<b>&amp;lt;</b>"), "&lt;");
    }

    #[test]
    fn only_secure_links_become_links() {
        assert_eq!(
            pieces("See <a href=\"https://a.example/?x=1&amp;y=2\">the notes</a>."),
            [
                words("See "),
                link("the notes", "https://a.example/?x=1&y=2"),
                words(".")
            ]
        );
        assert_eq!(
            pieces("Go to https://status.example.com. Thanks"),
            [
                words("Go to "),
                link("https://status.example.com", "https://status.example.com"),
                words(". Thanks")
            ]
        );
        for text in [
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href='http://a.example'>x</a>",
            "<a>x</a>",
        ] {
            assert_eq!(pieces(text), [words("x")], "{text}");
        }
        assert_eq!(pieces("https:// alone"), [words("https:// alone")]);
    }

    #[test]
    fn a_megabyte_of_brackets_is_read_in_time() {
        let text = "<".repeat(1_000_000);
        assert_eq!(plain(&text).len(), text.len());
    }
}
