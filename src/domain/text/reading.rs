//! A text while it is read: what has been said, and in which tone.

use super::entity::decode;
use super::tag::{COMMENT, Tag, leads_out, tag};
use super::{Piece, clean};
use crate::domain::find::{around, find, holds};
use crate::domain::web_link::{self, names_a_user};

/// How words are said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Strong,
    Stressed,
}

/// A text that is being read.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five things that are so or not, each by itself: no state machine"
)]
pub struct Reading {
    marked_up: bool,
    done: Vec<Piece>,
    words: String,
    link: Option<(String, String)>,
    strong: usize,
    stressed: usize,
    /// How many line ends stand at the end of what was said.
    line_ends: usize,
    /// Whether something was said.
    begun: bool,
    /// Whether an item of a list has begun, and nothing of it was said.
    item: bool,
    /// Whether a script was met that does not end: none is looked for again.
    endless: bool,
    /// The same of comments.
    unended: bool,
    /// How many bytes were looked through for the ends of tags that have none.
    in_vain: usize,
}

impl Reading {
    /// The reading of a text, before its first word; it may go on a text that is `marked_up`.
    pub fn of(text: &str, marked_up: bool) -> Self {
        let mut in_vain = 0;
        let mut parts = text.split('<').skip(1);
        Self {
            marked_up: marked_up || parts.any(|after| tag(after, false, &mut in_vain).is_some()),
            in_vain,
            ..Self::default()
        }
    }

    /// The tag that a text right behind a `<` begins with, and what comes after it.
    pub fn tag<'a>(&mut self, after: &'a str) -> Option<(Tag, &'a str)> {
        tag(after, self.marked_up, &mut self.in_vain)
    }

    /// Whether the text holds markup.
    pub fn is_marked_up(&self) -> bool {
        self.marked_up
    }

    /// Whether a link has begun and not ended.
    pub fn is_in_link(&self) -> bool {
        self.link.is_some()
    }

    /// Words as they came.
    pub fn say(&mut self, text: &str) {
        let text = if self.marked_up {
            clean(&decode(text))
        } else {
            clean(text)
        };
        // In markup the line ends are what the tags say; those of the file after them count for nothing.
        let at_start = self.marked_up && (self.line_ends > 0 || !self.begun);
        self.put_down(if at_start { text.trim_start() } else { &text });
    }

    fn put_down(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.begun = true;
        self.item = false;
        let bare = text.trim_end_matches('\n').len();
        let line_ends = text.len() - bare;
        self.line_ends = if bare == 0 {
            self.line_ends + line_ends
        } else {
            line_ends
        };
        match &mut self.link {
            Some((label, _)) => label.push_str(text),
            None => self.words.push_str(text),
        }
    }

    /// A tag; gives what is to be read after it.
    pub fn meet<'a>(&mut self, tag: &Tag, beyond: &'a str) -> &'a str {
        match tag.name.as_str() {
            "a" => {
                self.end_link();
                if let (false, Some(address)) = (tag.closes, &tag.href) {
                    self.link = Some((String::new(), address.clone()));
                }
            }
            "br" if self.begun => self.put_down("\n"),
            "strong" | "b" => self.turn(tag.closes, |reading| &mut reading.strong),
            "em" | "i" => self.turn(tag.closes, |reading| &mut reading.stressed),
            "td" | "th" if tag.closes => self.put_down(" "),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.part(2);
                self.turn(tag.closes, |reading| &mut reading.strong);
            }
            "p" | "ul" | "ol" | "dl" | "blockquote" | "pre" | "table" | "hr" => self.part(2),
            "div" | "li" | "dt" | "dd" | "tr" | "address" | "article" | "aside" | "figcaption"
            | "figure" | "footer" | "header" | "main" | "section" => {
                self.part(1);
                if tag.name == "li" && !tag.closes {
                    self.put_down("- ");
                    self.item = true;
                }
            }
            COMMENT => return self.pass(beyond),
            "script" | "style" if !tag.closes => return self.skip(&tag.name, beyond),
            _ => {}
        }
        beyond
    }

    /// What comes after a comment that begins with these two signs; where it does not end, after them.
    fn pass<'a>(&mut self, beyond: &'a str) -> &'a str {
        let ended = if self.unended {
            None
        } else {
            around(beyond, "-->")
        };
        self.unended = ended.is_none();
        ended.map_or_else(|| beyond.trim_start_matches('-'), |(_, after)| after)
    }

    /// What comes after the end of an element whose inside is not for readers.
    fn skip<'a>(&mut self, name: &str, beyond: &'a str) -> &'a str {
        if self.endless {
            return beyond;
        }
        let mut from = 0;
        while let Some(at) = beyond.get(from..).and_then(|rest| find(rest, "</")) {
            from += at + 2;
            let behind = beyond.get(from..).unwrap_or_default();
            let begins = behind.get(..name.len()).unwrap_or_default();
            if begins.eq_ignore_ascii_case(name) {
                match behind.split_once('>') {
                    Some((_, after)) => return after,
                    None => break,
                }
            }
        }
        self.endless = true;
        beyond
    }

    /// Begins or ends a tone.
    fn turn(&mut self, ends: bool, depth: impl Fn(&mut Self) -> &mut usize) {
        if self.link.is_none() {
            self.flush();
        }
        let depth = depth(self);
        *depth = if ends {
            depth.saturating_sub(1)
        } else {
            *depth + 1
        };
    }

    /// Sees to it that what comes next stands on a line of its own, after `lines` line ends.
    fn part(&mut self, lines: usize) {
        self.end_link();
        if self.begun && !self.item {
            let missing = lines.saturating_sub(self.line_ends);
            self.put_down(&"\n".repeat(missing));
        }
    }

    fn tone(&self) -> Tone {
        if self.strong > 0 {
            Tone::Strong
        } else if self.stressed > 0 {
            Tone::Stressed
        } else {
            Tone::Plain
        }
    }

    fn end_link(&mut self) {
        let Some((label, address)) = self.link.take() else {
            return;
        };
        self.flush();
        self.lead(label, address);
    }

    fn lead(&mut self, label: String, address: String) {
        let label = if label.trim().is_empty() {
            address.clone()
        } else {
            label
        };
        let behind = web_link::behind(&label, &address);
        self.done.push(Piece::Link { label, address });
        if let Some(behind) = behind {
            self.put(&behind, self.tone());
        }
    }

    /// Puts the words away, what stands between `**` with weight.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let tone = self.tone();
        let mut rest = words.as_str();
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|text| find(text, "**")) {
            let open = from + at;
            let behind = rest.get(open + 2..).unwrap_or_default();
            let inner = around(behind, "**")
                .map(|(inner, _)| inner)
                .filter(|inner| inner.trim() == *inner && !inner.is_empty() && !holds(inner, '\n'));
            let Some(inner) = inner else {
                from = open + 2;
                continue;
            };
            self.linked(rest.get(..open).unwrap_or_default(), tone);
            self.linked(inner, Tone::Strong);
            rest = behind.get(inner.len() + 2..).unwrap_or_default();
            from = 0;
        }
        self.linked(rest, tone);
    }

    /// Puts words away, addresses among them as links.
    fn linked(&mut self, words: &str, tone: Tone) {
        let mut rest = words;
        let mut from = 0;
        // Where the word that was looked at last ends, from the end of the text: many addresses may stand in one.
        let mut word_ends = usize::MAX;
        while let Some(at) = rest.get(from..).and_then(|text| find(text, "http")) {
            let (before, after) = rest.split_at_checked(from + at).unwrap_or((rest, ""));
            // Most of what begins so is no address; only one that is, is looked at as a whole.
            if !leads_out(after) {
                from += at + 4;
                continue;
            }
            // The label of a link may be an address, too.
            let label = labels(after).filter(|_| before.ends_with('['));
            if let Some(label) = label {
                from += at + label;
                continue;
            }
            let marked = before
                .strip_suffix("](")
                .and_then(labelled)
                .filter(|(_, label)| !label.trim().is_empty() && !holds(label, '\n'));
            if after.len() <= word_ends {
                let end = after.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
                word_ends = end.map_or(0, |end| after.len() - end);
            }
            let whole = after.get(..after.len() - word_ends).unwrap_or_default();
            let bare = match marked {
                Some(_) => until_closed(whole),
                None => ended(whole),
            };
            if !leads_out(bare) {
                from += at + 4;
                continue;
            }
            if names_a_user(bare) {
                from += at + whole.len();
                continue;
            }
            let beyond = after.get(bare.len()..).unwrap_or_default();
            if let Some((text, label)) = marked {
                self.put(text, tone);
                self.lead(label.to_owned(), bare.to_owned());
                rest = beyond.strip_prefix(')').unwrap_or(beyond);
            } else {
                self.put(before, tone);
                self.lead(String::new(), bare.to_owned());
                rest = beyond;
            }
            from = 0;
        }
        self.put(rest, tone);
    }

    fn put(&mut self, words: &str, tone: Tone) {
        if words.is_empty() {
            return;
        }
        match (self.done.last_mut(), tone) {
            (Some(Piece::Words(last)), Tone::Plain)
            | (Some(Piece::Strong(last)), Tone::Strong)
            | (Some(Piece::Stressed(last)), Tone::Stressed) => last.push_str(words),
            (_, tone) => {
                let words = words.to_owned();
                self.done.push(match tone {
                    Tone::Plain => Piece::Words(words),
                    Tone::Strong => Piece::Strong(words),
                    Tone::Stressed => Piece::Stressed(words),
                });
            }
        }
    }

    pub fn finish(mut self) -> Vec<Piece> {
        self.end_link();
        self.flush();
        if self.marked_up
            && let Some(Piece::Words(last) | Piece::Strong(last) | Piece::Stressed(last)) =
                self.done.last_mut()
        {
            last.truncate(last.trim_end().len());
        }
        self.done
    }
}

/// Where a link's label that is one word ends, and its address begins.
fn labels(text: &str) -> Option<usize> {
    const LONGEST: usize = 1_000;
    let mut letters = text.bytes().take(LONGEST);
    let end = letters.position(|byte| byte == b']' || byte.is_ascii_whitespace())?;
    text.get(end..)?.starts_with("](").then_some(end + 2)
}

/// What stands before the label that ends here, and the label: looked for as far back as one may be long.
fn labelled(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 1_000;
    let from = text.len().saturating_sub(LONGEST);
    let bracket = text
        .as_bytes()
        .get(from..)?
        .iter()
        .rposition(|byte| *byte == b'[')?;
    Some((text.get(..from + bracket)?, text.get(from + bracket + 1..)?))
}

/// An address without what ends the sentence around it: a full stop is not part of it, nor is a bracket that is not opened
/// in it.
fn ended(address: &str) -> &str {
    let count = |bracket| address.bytes().filter(|byte| *byte == bracket).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    address.trim_end_matches(|c| {
        if c == ')' && unopened > 0 {
            unopened -= 1;
            return true;
        }
        holds(".,;:!?'*]", c)
    })
}

/// An address up to the bracket that closes the one it stands in.
fn until_closed(text: &str) -> &str {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return text.get(..at).unwrap_or_default(),
            ')' => open -= 1,
            _ => {}
        }
    }
    text
}
