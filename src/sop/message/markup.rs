//! The markup of the SOP's emails: `**x**` is strong, lines that begin with `- ` are lists, addresses are
//! links. It is recognised in the template's own words only: a value `**a**` stays as it is.

use email_address::EmailAddress;

use crate::sop::template::{Origin, Stretch};

use super::letter::Segment;

/// A bit of a line.
#[derive(Debug, Clone, PartialEq)]
enum Bit {
    /// The template's own words.
    Own(String),
    /// Strong begins or ends.
    Strong,
    /// What was put in, as it is.
    Put(Stretch),
}

/// The lines of the template; line breaks within values do not count.
fn lines(stretches: &[Stretch]) -> Vec<Vec<Bit>> {
    let mut lines = vec![Vec::new()];
    for stretch in stretches {
        if stretch.origin != Origin::Template {
            push(&mut lines, Bit::Put(stretch.clone()));
            continue;
        }
        for (number, line) in stretch.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            for (number, words) in line.split("**").enumerate() {
                if number > 0 {
                    push(&mut lines, Bit::Strong);
                }
                if !words.is_empty() {
                    push(&mut lines, Bit::Own(words.to_owned()));
                }
            }
        }
    }
    for line in &mut lines {
        // Without a partner it is no markup.
        let marks = line.iter().filter(|bit| **bit == Bit::Strong).count();
        if marks % 2 == 1
            && let Some(last) = line.iter_mut().rev().find(|bit| **bit == Bit::Strong)
        {
            *last = Bit::Own("**".to_owned());
        }
    }
    lines
}

fn push(lines: &mut [Vec<Bit>], bit: Bit) {
    if let Some(line) = lines.last_mut() {
        line.push(bit);
    }
}

/// The text without its markup.
pub(super) fn plain(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut plain: Vec<Stretch> = Vec::new();
    for (number, line) in lines(stretches).into_iter().enumerate() {
        if number > 0 {
            own(&mut plain, "\n");
        }
        for bit in line {
            match bit {
                Bit::Own(words) => own(&mut plain, &words),
                Bit::Strong => {}
                Bit::Put(stretch) => plain.push(stretch),
            }
        }
    }
    plain
}

fn own(plain: &mut Vec<Stretch>, words: &str) {
    match plain.last_mut() {
        Some(last) if last.origin == Origin::Template => last.text.push_str(words),
        Some(_) | None => {
            plain.push(Stretch {
                text: words.to_owned(),
                origin: Origin::Template,
            });
        }
    }
}

/// The text part of an email.
pub(super) fn text(letter: &[Stretch]) -> Vec<Segment> {
    plain(letter)
        .into_iter()
        .map(|stretch| match stretch.origin {
            Origin::Recipient => Segment::Name(stretch.text),
            Origin::Template | Origin::Fact(_) | Origin::Value | Origin::Default | Origin::Gap => {
                Segment::Fixed(stretch.text)
            }
        })
        .collect()
}

/// The HTML part of an email.
pub(super) fn html(subject: &str, letter: &[Stretch]) -> Vec<Segment> {
    let mut page = Page::default();
    page.put("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    page.put(&escape(subject));
    page.put("</title>\n</head>\n<body>\n");
    let mut block = Block::None;
    for line in lines(letter) {
        let item = list_item(&line);
        let wanted = match (&item, line.is_empty()) {
            (_, true) => Block::None,
            (Some(_), false) => Block::List,
            (None, false) => Block::Paragraph,
        };
        if wanted == block {
            page.put(match block {
                Block::None => "",
                Block::Paragraph => "<br>\n",
                Block::List => "</li>\n<li>",
            });
        } else {
            page.put(block.end());
            page.put(wanted.begin());
            block = wanted;
        }
        page.line(item.as_ref().unwrap_or(&line));
    }
    page.put(block.end());
    page.put("</body>\n</html>\n");
    page.finish()
}

/// What the lines so far are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    None,
    Paragraph,
    List,
}

impl Block {
    fn begin(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Paragraph => "<p>",
            Self::List => "<ul>\n<li>",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Paragraph => "</p>\n",
            Self::List => "</li>\n</ul>\n",
        }
    }
}

/// The line without its "- ", where it has one of its own.
fn list_item(line: &[Bit]) -> Option<Vec<Bit>> {
    let (first, rest) = line.split_first()?;
    let Bit::Own(words) = first else { return None };
    let words = words.strip_prefix("- ")?;
    Some(
        std::iter::once(Bit::Own(words.to_owned()))
            .chain(rest.iter().cloned())
            .collect(),
    )
}

/// HTML as it grows.
#[derive(Default)]
struct Page {
    segments: Vec<Segment>,
    fixed: String,
}

impl Page {
    fn put(&mut self, html: &str) {
        self.fixed.push_str(html);
    }

    fn finish(mut self) -> Vec<Segment> {
        self.segments.push(Segment::Fixed(self.fixed));
        self.segments
    }

    fn line(&mut self, line: &[Bit]) {
        let mut strong = false;
        for (at, bit) in line.iter().enumerate() {
            match bit {
                Bit::Strong => {
                    self.put(if strong { "</strong>" } else { "<strong>" });
                    strong = !strong;
                }
                Bit::Own(words) => {
                    let put = |at: Option<usize>| {
                        matches!(at.and_then(|at| line.get(at)), Some(Bit::Put(_)))
                    };
                    let linked = linked(words, put(at.checked_sub(1)), put(Some(at + 1)));
                    self.put(&linked);
                }
                Bit::Put(stretch) => match stretch.origin {
                    Origin::Recipient => {
                        let before = std::mem::take(&mut self.fixed);
                        self.segments.push(Segment::Fixed(before));
                        self.segments.push(Segment::Name(escape(&stretch.text)));
                    }
                    Origin::Template
                    | Origin::Fact(_)
                    | Origin::Value
                    | Origin::Default
                    | Origin::Gap => {
                        self.put(&escape(&stretch.text));
                    }
                },
            }
        }
    }
}

/// The words with their addresses as links. A word that a value touches is no address: nobody knows
/// where it would lead.
fn linked(words: &str, value_before: bool, value_after: bool) -> String {
    let pieces: Vec<&str> = words.split_inclusive(char::is_whitespace).collect();
    let last = pieces.len().saturating_sub(1);
    let mut html = String::new();
    for (number, piece) in pieces.iter().enumerate() {
        let word = piece.trim_end();
        let touched = (number == 0 && value_before)
            || (number == last && value_after && word.len() == piece.len());
        let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        match target(address).filter(|_| !touched) {
            Some(target) => {
                let rest = piece.get(address.len()..).unwrap_or_default();
                html.push_str("<a href=\"");
                html.push_str(&escape(&target));
                html.push_str("\">");
                html.push_str(&escape(address));
                html.push_str("</a>");
                html.push_str(&escape(rest));
            }
            None => html.push_str(&escape(piece)),
        }
    }
    html
}

/// Where an address leads, where it is one.
fn target(address: &str) -> Option<String> {
    let web = ["https://", "http://"].iter().any(|scheme| {
        address
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    });
    if web {
        return Some(address.to_owned());
    }
    let mail = address.contains('.') && EmailAddress::is_valid(address);
    mail.then(|| format!("mailto:{address}"))
}

/// Text as HTML: nothing in it is markup; its line breaks stay.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>\n"),
            other => html.push(other),
        }
    }
    html
}
