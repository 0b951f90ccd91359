//! Markdown as post-mortems are written in it: a small subset, read into blocks that either app draws. It never yields
//! markup, only words and what they are, so that nothing typed can become anything else.
//!
//! What is understood: headings (`# ` to `###### `), paragraphs, lists (`- `, `* `, `+ `, `1. `, `1) `, one in another
//! by two spaces), quotes (`> `), code in fences and in backticks, a rule (`---`), `**strong**` and `__strong__`,
//! `*stressed*` and `_stressed_`, `[label](https://…)`, bare `https://` addresses, and a backslash before a sign that
//! is meant as such. A line break is a line break. Everything else, tables and HTML among it, is shown as it was typed.

mod inline;

use super::text::clean;

pub use inline::Span;

/// Lists and quotes that stand in each other deeper than this are read as words: what is typed cannot make us descend
/// for ever.
const DEPTH: usize = 6;

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, of a level from 1 to 6.
    Heading(u8, Vec<Span>),
    /// A paragraph, with its line breaks.
    Paragraph(Vec<Span>),
    /// A list; the number that it begins with, where it has numbers.
    List(Option<u32>, Vec<Vec<Self>>),
    /// Somebody else's words.
    Quote(Vec<Self>),
    /// Code, as it stands.
    Code(String),
    /// A rule between parts.
    Rule,
}

pub fn blocks(text: &str) -> Vec<Block> {
    let text = clean(text);
    let lines: Vec<&str> = text.lines().collect();
    read(&lines, 0)
}

/// The words of a text as readers see them, a block a line: without its signs, and without where links lead.
pub fn plain(text: &str) -> String {
    fn say(blocks: Vec<Block>, into: &mut String) {
        for block in blocks {
            match block {
                Block::Heading(_, spans) | Block::Paragraph(spans) => {
                    into.extend(spans.into_iter().map(|span| span.words));
                    into.push('\n');
                }
                Block::List(_, items) => items.into_iter().for_each(|item| say(item, into)),
                Block::Quote(inside) => say(inside, into),
                Block::Code(words) => {
                    into.push_str(&words);
                    into.push('\n');
                }
                Block::Rule => {}
            }
        }
    }
    let mut words = String::new();
    say(blocks(text), &mut words);
    words
}

/// The levels that headings get on a page on which the outermost of them stands at `top`: none is left out in between,
/// whatever was typed.
pub fn outline(levels: &[u8], top: u8) -> Vec<u8> {
    let mut open: Vec<u8> = Vec::new();
    let place = |level: &u8| {
        while open.last().is_some_and(|last| last >= level) {
            open.pop();
        }
        open.push(*level);
        let depth = u8::try_from(open.len()).unwrap_or(u8::MAX);
        top.saturating_add(depth - 1).min(6)
    };
    levels.iter().map(place).collect()
}

fn read(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut done = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some((block, used)) = begins(lines.get(at..).unwrap_or_default(), depth) else {
            if line.trim().is_empty() {
                end(&mut open, &mut done);
            } else {
                open.push(line.trim());
            }
            at += 1;
            continue;
        };
        end(&mut open, &mut done);
        done.push(block);
        at += used.max(1);
    }
    end(&mut open, &mut done);
    done
}

/// Ends the paragraph that is open.
fn end(open: &mut Vec<&str>, done: &mut Vec<Block>) {
    if !open.is_empty() {
        done.push(Block::Paragraph(inline::spans(&open.join("\n"))));
        open.clear();
    }
}

/// The block that begins with these lines, and how many of them it takes; `None` for a paragraph.
fn begins(lines: &[&str], depth: usize) -> Option<(Block, usize)> {
    let line = lines.first()?.trim_start();
    if let Some(heading) = heading(line) {
        return Some((heading, 1));
    }
    if is_rule(line) {
        return Some((Block::Rule, 1));
    }
    if let Some(rest) = line.strip_prefix("```") {
        // In a line of its own it begins a fence; "```x```" is code within a line.
        return (!rest.contains('`')).then(|| fence(lines));
    }
    if depth >= DEPTH {
        return None;
    }
    if line.starts_with('>') {
        let quoted: Vec<&str> = lines
            .iter()
            .map_while(|line| line.trim_start().strip_prefix('>'))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        return Some((Block::Quote(read(&quoted, depth + 1)), quoted.len()));
    }
    let first = marker(line)?;
    Some(list(lines, first.kind, depth))
}

fn heading(line: &str) -> Option<Block> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok()?;
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let words = rest.trim();
    // Signs at its end close it, where a space stands before them.
    let closed = words.trim_end_matches('#');
    let words = if closed.ends_with(' ') {
        closed.trim()
    } else {
        words
    };
    (!words.is_empty()).then(|| Block::Heading(level, inline::spans(words)))
}

/// Three or more of one sign, and nothing else.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let sign = line.bytes().next().filter(|sign| b"-*_".contains(sign));
    sign.is_some_and(|sign| line.len() >= 3 && line.bytes().all(|other| other == sign))
}

/// Code up to the line that closes it, or to the end.
fn fence(lines: &[&str]) -> (Block, usize) {
    let inside: Vec<&str> = lines
        .iter()
        .skip(1)
        .take_while(|line| line.trim() != "```")
        .copied()
        .collect();
    let used = inside.len() + 2;
    (Block::Code(inside.join("\n")), used.min(lines.len()))
}

/// What an item of a list begins with.
struct Marker<'l> {
    /// The number, where it has one; bullets are all alike.
    kind: Option<u32>,
    /// What stands behind it.
    rest: &'l str,
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let bullet = line.strip_prefix(['-', '*', '+']);
    let (kind, rest) = if let Some(rest) = bullet {
        (None, rest)
    } else {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.get(..line.len() - rest.len())?;
        // A longer number is no place in a list.
        let number = (digits.len() <= 9).then(|| digits.parse().ok())??;
        (Some(number), rest.strip_prefix(['.', ')'])?)
    };
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    (!rest.is_empty()).then_some(Marker { kind, rest })
}

/// A list and its items: a line that is set in belongs to the item above it.
fn list(lines: &[&str], first: Option<u32>, depth: usize) -> (Block, usize) {
    let mut items: Vec<Vec<&str>> = Vec::new();
    let set_in = |line: &str| line.len() - line.trim_start().len();
    let own = lines.first().map_or(0, |line| set_in(line));
    let mut used = 0;
    for (at, line) in lines.iter().enumerate() {
        let further = set_in(line) > own + 1 && !items.is_empty();
        let found = if further {
            None
        } else {
            marker(line.trim_start())
        };
        match (found, items.last_mut()) {
            (Some(found), _) if found.kind.is_some() == first.is_some() => {
                items.push(vec![found.rest]);
            }
            (None, Some(item)) if further => {
                item.push(line.get(own + 2..).unwrap_or_else(|| line.trim_start()));
            }
            // An empty line belongs to it where it goes on behind.
            (None, Some(item)) if line.trim().is_empty() => {
                item.push("");
                continue;
            }
            _ => break,
        }
        used = at + 1;
    }
    let items = items.iter().map(|item| read(item, depth + 1)).collect();
    (Block::List(first, items), used)
}
