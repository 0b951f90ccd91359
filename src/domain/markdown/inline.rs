//! The words of a block: which of them are strong, stressed, code or a link. Each sign is looked at once or twice,
//! whatever was typed.

use std::sync::Arc;

use crate::domain::web_link::{self, is_on_the_web, may_be_alphanumeric};

/// Words of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    pub words: String,
    /// Of weight.
    pub strong: bool,
    /// With stress.
    pub stressed: bool,
    pub code: bool,
    /// Where they lead; always `https:`, with a host and without a user.
    pub address: Option<Arc<str>>,
}

/// A piece of a block before it is known what its signs mean.
enum Token {
    Words(String),
    Code(String),
    /// Emphasis that may begin or end; `Some` once it is known which.
    Sign(&'static str, Option<bool>),
    /// A bracket that may begin a label, and the address once it is known.
    Bracket(Option<Arc<str>>),
    EndOfLabel,
    /// An address that stands for itself.
    Bare(Arc<str>),
}

/// The signs of emphasis, the longer of two first.
const SIGNS: [&str; 4] = ["**", "__", "*", "_"];

/// The longest run of backticks that opens code.
const TICKS: usize = 3;

/// A longer address is words.
const ADDRESS: usize = 2_000;

#[derive(Default)]
struct Tokens {
    done: Vec<Token>,
    words: String,
    /// Where each sign of `SIGNS` was opened last.
    opened: [Option<usize>; SIGNS.len()],
    /// Brackets that may still begin a label.
    brackets: Vec<usize>,
    /// Runs of backticks of which none follows any more.
    no_more: [bool; TICKS + 1],
}

/// The spans of a block's words.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut tokens = Tokens::default();
    let mut rest = text;
    let mut before = ' ';
    while let Some(sign) = rest.chars().next() {
        let used = tokens.take(rest, sign, before);
        let (taken, beyond) = rest.split_at_checked(used).unwrap_or((rest, ""));
        before = taken.chars().next_back().unwrap_or(' ');
        rest = beyond;
    }
    tokens.flush();
    told(tokens.done)
}

impl Tokens {
    /// Takes the next sign, with what belongs to it; how many bytes that is.
    fn take(&mut self, rest: &str, sign: char, before: char) -> usize {
        let known = match sign {
            '\\' => self.escaped(rest),
            '`' => self.code(rest),
            '*' | '_' => self.emphasis(rest, sign, before),
            '[' => {
                self.flush();
                self.brackets.push(self.done.len());
                self.done.push(Token::Bracket(None));
                Some(1)
            }
            ']' => self.label(rest),
            'h' if !may_be_alphanumeric(before) => self.bare(rest),
            _ => None,
        };
        known.unwrap_or_else(|| {
            self.words.push(sign);
            sign.len_utf8()
        })
    }

    fn flush(&mut self) {
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            self.done.push(Token::Words(words));
        }
    }

    /// A backslash before a sign: the sign is meant as such.
    fn escaped(&mut self, rest: &str) -> Option<usize> {
        let sign = rest.chars().nth(1)?;
        let means = sign.is_ascii_punctuation();
        means.then(|| {
            self.words.push(sign);
            1 + sign.len_utf8()
        })
    }

    /// Code between two runs of as many backticks.
    fn code(&mut self, rest: &str) -> Option<usize> {
        let run = ticks(rest);
        if run <= TICKS && !*self.no_more.get(run)? {
            let mut at = run;
            while let Some(next) = rest
                .get(at..)
                .and_then(|rest| rest.bytes().position(|b| b == b'`'))
            {
                let other = ticks(rest.get(at + next..).unwrap_or_default());
                if other == run {
                    let inside = rest.get(run..at + next)?;
                    // One space at each side lets code begin with a backtick.
                    let bare = inside
                        .strip_prefix(' ')
                        .and_then(|inside| inside.strip_suffix(' '));
                    let inside = bare
                        .filter(|bare| !bare.trim().is_empty())
                        .unwrap_or(inside);
                    self.flush();
                    self.done.push(Token::Code(inside.replace('\n', " ")));
                    return Some(at + next + run);
                }
                at += next + other;
            }
            if let Some(none) = self.no_more.get_mut(run) {
                *none = true;
            }
        }
        self.words.push_str(rest.get(..run)?);
        Some(run)
    }

    /// Emphasis begins before a word and ends behind one; `_` does neither within one.
    fn emphasis(&mut self, rest: &str, sign: char, before: char) -> Option<usize> {
        let run = rest
            .bytes()
            .take_while(|byte| char::from(*byte) == sign)
            .count();
        let after = rest.get(run..)?.chars().next().unwrap_or(' ');
        let within = sign == '_' && may_be_alphanumeric(before) && may_be_alphanumeric(after);
        if run > 3 || within {
            self.words.push_str(rest.get(..run)?);
            return Some(run);
        }
        self.flush();
        let (opens, closes) = (!after.is_whitespace(), !before.is_whitespace());
        let mut left = run;
        for (kind, written) in SIGNS.iter().enumerate() {
            if left < written.len() || !written.starts_with(sign) {
                continue;
            }
            left -= written.len();
            let opened = self.opened.get_mut(kind)?;
            let mut known = None;
            if let (true, Some(at)) = (closes, *opened) {
                // Nothing stands between them: they are signs.
                if at + 1 < self.done.len() {
                    if let Some(Token::Sign(_, begins)) = self.done.get_mut(at) {
                        *begins = Some(true);
                    }
                    known = Some(false);
                }
                *opened = None;
            }
            if known.is_none() && opens {
                *opened = Some(self.done.len());
            }
            self.done.push(Token::Sign(written, known));
        }
        Some(run)
    }

    /// A bracket closes: with an address behind it, what stands in it is the label of a link.
    fn label(&mut self, rest: &str) -> Option<usize> {
        let opened = self.brackets.pop()?;
        let address = rest.strip_prefix("](").and_then(closed)?;
        let Some(Token::Bracket(bracket)) = self
            .done
            .get_mut(opened)
            .filter(|_| may_be_followed(address))
        else {
            return None;
        };
        *bracket = Some(address.into());
        self.flush();
        self.done.push(Token::EndOfLabel);
        // No link stands in another.
        self.brackets.clear();
        Some(address.len() + 3)
    }

    /// An address that stands for itself.
    fn bare(&mut self, rest: &str) -> Option<usize> {
        if !rest.starts_with("https://") {
            return None;
        }
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']' | '`' | '\\');
        let whole = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
        // A sign in it is meant as such: it is not the whole address.
        let cut = rest
            .get(whole.len()..)
            .is_some_and(|beyond| beyond.starts_with('\\'));
        let bare = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        // A bracket that is not opened in it closes what the address stands in.
        let bare = match (bare.contains('('), bare.strip_suffix(')')) {
            (false, Some(without)) => without,
            _ => bare,
        };
        if cut || !may_be_followed(bare) {
            self.words.push_str(whole);
            return Some(whole.len());
        }
        self.flush();
        self.done.push(Token::Bare(bare.into()));
        Some(bare.len())
    }
}

fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// What stands before the bracket that closes an address.
fn closed(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if at > ADDRESS => return None,
            '(' if open == 8 => return None,
            '(' => open += 1,
            ')' if open == 0 => return text.get(..at),
            ')' => open -= 1,
            '[' | ']' | '<' | '>' | '"' | '\\' => return None,
            other if other.is_whitespace() => return None,
            _ => {}
        }
    }
    None
}

/// Whether an address leads to the web, to the host that it seems to: a name before an `@` looks like one.
fn may_be_followed(address: &str) -> bool {
    address.len() <= ADDRESS && is_on_the_web(address)
}

/// The spans, once every sign is known.
fn told(tokens: Vec<Token>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let (mut strong, mut stressed) = (0_usize, 0_usize);
    let mut address: Option<Arc<str>> = None;
    let mut label = String::new();
    for token in tokens {
        let mut span = Span {
            strong: strong > 0,
            stressed: stressed > 0,
            address: address.clone(),
            ..Span::default()
        };
        match token {
            Token::Words(words) => span.words = words,
            Token::Code(words) => {
                span.words = words;
                span.code = true;
            }
            Token::Sign(written, None) => written.clone_into(&mut span.words),
            Token::Sign(written, Some(begins)) => {
                let depth = if written.len() > 1 {
                    &mut strong
                } else {
                    &mut stressed
                };
                *depth = if begins {
                    *depth + 1
                } else {
                    depth.saturating_sub(1)
                };
                continue;
            }
            Token::Bracket(None) => "[".clone_into(&mut span.words),
            Token::Bracket(to) => {
                address = to;
                label.clear();
                continue;
            }
            Token::EndOfLabel => {
                let Some(to) = address.take() else { continue };
                span.words = behind(&label, &to);
                span.address = label.trim().is_empty().then_some(to);
            }
            Token::Bare(to) => {
                to.as_ref().clone_into(&mut span.words);
                span.address = address.clone().or(Some(to));
            }
        }
        if address.is_some() {
            label.push_str(&span.words);
        }
        put(&mut spans, span);
    }
    spans
}

/// What stands behind a label; without one the address stands for itself.
fn behind(label: &str, to: &str) -> String {
    if label.trim().is_empty() {
        to.to_owned()
    } else {
        web_link::behind(label, to).unwrap_or_default()
    }
}

/// Puts a span behind the others; words of the same kind are one.
fn put(spans: &mut Vec<Span>, span: Span) {
    if span.words.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(last)
            if (last.strong, last.stressed, last.code)
                == (span.strong, span.stressed, span.code)
                && last.address == span.address =>
        {
            last.words.push_str(&span.words);
        }
        _ => spans.push(span),
    }
}
