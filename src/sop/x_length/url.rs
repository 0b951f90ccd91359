//! Addresses, as X's published rules find them: with `http` or `https` in front or without, by the
//! top-level domains that the rules list.

use std::collections::VecDeque;

use super::top_level::top_level;

/// The longest label that a domain may have.
const LABEL: usize = 63;

/// The longest address.
const LONGEST: usize = 4096;

/// The most labels that a domain may have.
const LABELS: usize = 127;

/// No label and no domain is followed for longer than this many letters: no host is as long, and a text of nothing but
/// beginnings is weighed in time.
const FOLLOWED: usize = 1024;

/// The addresses of a text, found as the reader comes to them.
pub(super) struct Addresses<'t> {
    letters: &'t [char],
    /// Those that were found and not yet come to, in order.
    found: VecDeque<(usize, usize)>,
    /// Up to where was searched.
    searched: usize,
    /// Whether there can be any: each has a dot in it.
    any: bool,
}

impl<'t> Addresses<'t> {
    pub(super) fn of(letters: &'t [char]) -> Self {
        Self {
            letters,
            found: VecDeque::new(),
            searched: 0,
            any: letters.contains(&'.'),
        }
    }

    /// Where the address ends that begins at this position. Positions are asked for in order.
    pub(super) fn at(&mut self, position: usize) -> Option<usize> {
        // An address begins at most one letter behind the one that may stand before it.
        while self.any && self.searched <= position && self.searched < self.letters.len() {
            self.searched = match candidate(self.letters, self.searched) {
                Some((before, candidate)) => {
                    candidate.accept(self.letters, before, &mut self.found);
                    candidate.end
                }
                None => self.searched + 1,
            };
        }
        while self
            .found
            .pop_front_if(|(start, _)| *start < position)
            .is_some()
        {}
        let (_, end) = self.found.pop_front_if(|(start, _)| *start == position)?;
        Some(end)
    }
}

/// Something shaped like an address.
struct Candidate {
    start: usize,
    scheme: bool,
    domain: (usize, usize),
    path: bool,
    end: usize,
}

/// The candidate that begins at a position, after a character that may stand before one.
fn candidate(letters: &[char], at: usize) -> Option<(Option<char>, Candidate)> {
    let here = letters.get(at).copied()?;
    let may_precede = !(here.is_ascii_alphanumeric()
        || matches!(
            here,
            '@' | '＠' | '$' | '#' | '＃' | '\u{fffe}' | '\u{feff}' | '\u{ffff}'
        ));
    if may_precede && let Some(candidate) = shape(letters, at + 1) {
        return Some((Some(here), candidate));
    }
    if at == 0 {
        shape(letters, 0).map(|candidate| (None, candidate))
    } else {
        None
    }
}

fn shape(letters: &[char], start: usize) -> Option<Candidate> {
    let scheme = scheme(letters, start);
    let domain = scheme.unwrap_or(start);
    let domain_end = domain_end(letters, domain)?;
    let mut end = domain_end;
    if letters.get(end) == Some(&':') {
        let digits = run(letters, end + 1, |c| c.is_ascii_digit());
        end = if digits > end + 1 { digits } else { end };
    }
    let path = letters.get(end) == Some(&'/');
    if path {
        end = path_end(letters, end + 1);
    }
    end = query_end(letters, end);
    Some(Candidate {
        start,
        scheme: scheme.is_some(),
        domain: (domain, domain_end),
        path,
        end,
    })
}

impl Candidate {
    fn accept(&self, letters: &[char], before: Option<char>, found: &mut VecDeque<(usize, usize)>) {
        let (from, to) = self.domain;
        let domain = letters.get(from..to).unwrap_or_default();
        let labels = domain.split(|letter| *letter == '.');
        if self.end - self.start > LONGEST || labels.clone().any(|label| label.len() > LABEL) {
            return;
        }
        if self.scheme {
            if let Some(end) = self.short_link_end(letters) {
                found.push_back((self.start, end));
            }
            return;
        }
        if before.is_some_and(|before| matches!(before, '-' | '_' | '.' | '/')) {
            return;
        }
        let first = found.len();
        found.extend(
            plain_domains(domain)
                .into_iter()
                .map(|(start, end)| (from + start, from + end)),
        );
        if self.path
            && found.len() > first
            && let Some(last) = found.back_mut()
        {
            last.1 = self.end;
        }
    }

    /// Where it ends: links of X's own shortener have one part, of at most 40 letters.
    fn short_link_end(&self, letters: &[char]) -> Option<usize> {
        let (from, to) = self.domain;
        let domain: String = letters.get(from..to).unwrap_or_default().iter().collect();
        if !domain.eq_ignore_ascii_case("t.co") || letters.get(to) != Some(&'/') {
            return Some(self.end);
        }
        let slug = run(letters, to + 1, |c| c.is_ascii_alphanumeric());
        match slug - (to + 1) {
            0 => Some(self.end),
            1..=40 => Some(query_end(letters, slug)),
            _ => None,
        }
    }
}

/// Where the scheme ends, if any.
fn scheme(letters: &[char], start: usize) -> Option<usize> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let here = letters.get(start..start + scheme.len())?;
        let same = here
            .iter()
            .zip(scheme.chars())
            .all(|(a, b)| a.eq_ignore_ascii_case(&b));
        same.then_some(start + scheme.len())
    })
}

/// Where the domain that begins here ends: at the last label that begins with a top-level domain.
fn domain_end(letters: &[char], start: usize) -> Option<usize> {
    let letters = letters
        .get(..letters.len().min(start + FOLLOWED))
        .unwrap_or_default();
    let mut starts = vec![start];
    let mut at = start;
    let mut end = None;
    loop {
        let next = run(letters, at, |c| is_label(c) || matches!(c, '-' | '_'));
        if starts.len() > 1 && labels_allow(letters, &starts) {
            end = top_level(letters, at).or(end);
        }
        let label = letters.get(at..next).unwrap_or_default();
        let whole = label.first().is_some_and(|c| is_label(*c))
            && label.last().is_some_and(|c| is_label(*c));
        if !whole || letters.get(next) != Some(&'.') || starts.len() == LABELS {
            return end;
        }
        at = next + 1;
        starts.push(at);
    }
}

/// Whether the label before the last may be followed by a top-level domain: it has no underscore.
fn labels_allow(letters: &[char], starts: &[usize]) -> bool {
    let [.., name, top] = starts else {
        return false;
    };
    letters
        .get(*name..top - 1)
        .is_some_and(|label| !label.contains(&'_'))
}

/// The domains of plain letters within a domain, which may hold letters of other scripts.
fn plain_domains(domain: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < domain.len() {
        at = match plain_domain_end(domain, at) {
            Some(end) => {
                found.push((at, end));
                end
            }
            None => at + 1,
        };
    }
    found
}

fn plain_domain_end(domain: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    let mut end = None;
    loop {
        let next = run(domain, at, |c| {
            c.is_ascii_alphanumeric() || c == '-' || is_latin_accent(c)
        });
        if at > start {
            end = top_level(domain, at).or(end);
        }
        if next == at || domain.get(next) != Some(&'.') {
            return end;
        }
        at = next + 1;
    }
}

/// Where the path ends that begins after a slash: at the last character that may end one.
fn path_end(letters: &[char], start: usize) -> usize {
    let (mut at, mut end) = (start, start);
    while let Some(letter) = letters.get(at).copied() {
        if letter == '(' {
            let Some(closed) = balanced(letters, at) else {
                return end;
            };
            at = closed;
            end = closed;
        } else if is_path(letter) {
            at += 1;
            if ends_path(letter) {
                end = at;
            }
        } else {
            return end;
        }
    }
    end
}

/// Where parentheses that begin here close: one pair within them is allowed.
fn balanced(letters: &[char], open: usize) -> Option<usize> {
    let first = run(letters, open + 1, is_path);
    match letters.get(first)? {
        ')' if first > open + 1 => Some(first + 1),
        '(' => {
            let inner = run(letters, first + 1, is_path);
            let closed = inner > first + 1 && letters.get(inner) == Some(&')');
            let last = run(letters, inner + 1, is_path);
            (closed && letters.get(last) == Some(&')')).then_some(last + 1)
        }
        _ => None,
    }
}

/// Where a query ends that begins here; where there is none, here.
fn query_end(letters: &[char], start: usize) -> usize {
    if letters.get(start) != Some(&'?') {
        return start;
    }
    let stop = run(letters, start + 1, |c| {
        c.is_ascii_alphanumeric() || "!?*'@();:&=+$/%#[]-_.,~|".contains(c)
    });
    let query = letters.get(start + 1..stop).unwrap_or_default();
    let ends = |c: &char| c.is_ascii_alphanumeric() || "-_&=#/".contains(*c);
    query
        .iter()
        .rposition(ends)
        .map_or(start, |last| start + 1 + last + 1)
}

/// Where a run of characters ends.
pub(super) fn run(letters: &[char], start: usize, is: impl Fn(char) -> bool) -> usize {
    let rest = letters.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|letter| is(**letter)).count()
}

/// Whether a character may stand in a domain: no punctuation, no space, nothing unseen.
fn is_label(c: char) -> bool {
    !("!'#%&()*+,\\-./:;<=>?@[]^_{|}~$".contains(c)
        || matches!(
            c,
            '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{180e}'
        )
        || matches!(
            c,
            '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
        )
        || matches!(
            c,
            '\u{205f}' | '\u{3000}' | '\u{fffe}' | '\u{feff}' | '\u{ffff}'
        )
        || matches!(
            c,
            '\u{202a}'..='\u{202e}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        )
        || matches!(c, '\u{2066}'..='\u{2069}'))
}

fn is_path(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!*';:=+,.$/%#[]-–_~@|&".contains(c)
        || is_cyrillic(c)
        || is_latin_accent(c)
}

fn ends_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+-=_#/".contains(c) || is_cyrillic(c) || is_latin_accent(c)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

fn is_latin_accent(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{253}' | '\u{254}'
        | '\u{256}' | '\u{257}' | '\u{259}' | '\u{25b}' | '\u{263}' | '\u{268}' | '\u{26f}'
        | '\u{272}' | '\u{289}' | '\u{28b}' | '\u{2bb}' | '\u{300}'..='\u{36f}'
        | '\u{1e00}'..='\u{1eff}')
}
