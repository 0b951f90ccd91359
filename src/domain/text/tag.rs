//! The tags of a marked-up text: which are markup, and where the one of a link leads.

use super::clean;
use super::entity::decode;
use crate::domain::find::find;
use crate::domain::web_link::{may_be_alphanumeric, names_a_user};

/// The elements of the web's pages. A tag of one of them is markup wherever it stands.
const KNOWN: &str = " a abbr acronym address area article aside audio b base basefont bdi bdo bgsound big blink blockquote body \
br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset \
figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins kbd \
keygen label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup \
option output p param path picture plaintext portal pre progress q rp rt ruby s samp script search section select slot small \
source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul \
var video wbr xmp ";
/// No declaration is longer, in bytes: a text of nothing but beginnings is read in time.
const LONGEST: usize = 1024;
/// How many bytes of a text are looked through for the ends of tags that have none; after that no tag is longer than `SHORT`.
const IN_VAIN: usize = 500_000;
const SHORT: usize = 64;
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// What the inside of a comment begins with, and its name here.
pub const COMMENT: &str = "!--";

pub struct Tag {
    /// The element, in small letters; of a comment [`COMMENT`], of other declarations their mark.
    pub name: String,
    /// Whether it ends the element.
    pub closes: bool,
    /// Where it leads, where that is an address that may be followed.
    pub href: Option<String>,
}

/// The tag that a text right behind a `<` begins with, and what comes after its `>`; of a comment, what comes after
/// its `<!`. In a text that is not `marked_up` only what is certainly a tag is one: a `<word>` that is no element and
/// has no end is what somebody wrote, as in "/users/<id>". In one that is, a page would swallow that too. `in_vain` counts the
/// bytes of the text that were looked through for an end that did not come.
pub fn tag<'a>(after: &'a str, marked_up: bool, in_vain: &mut usize) -> Option<(Tag, &'a str)> {
    let mark = |name: &str| Tag {
        name: name.to_owned(),
        closes: false,
        href: None,
    };
    if after.starts_with(COMMENT) {
        return Some((mark(COMMENT), after.strip_prefix('!')?));
    }
    let declares = after.strip_prefix(['!', '?']);
    if declares.is_some_and(|what| what.starts_with(|c: char| c.is_ascii_alphabetic() || c == '['))
    {
        let end = after.bytes().take(LONGEST).position(|byte| byte == b'>')?;
        return Some((mark("!"), after.get(end + 1..)?));
    }
    let most = if *in_vain < IN_VAIN {
        after.len()
    } else {
        SHORT
    };
    let end = end(after, most).inspect_err(|looked| *in_vain += looked);
    let (inside, beyond) = after.split_at_checked(end.ok()?)?;
    let beyond = beyond.strip_prefix('>')?;
    let named = inside.trim_start_matches('/');
    let closes = named.len() < inside.len();
    let named = if closes { named.trim_start() } else { named };
    let is_named = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    let (name, rest) =
        named.split_at_checked(named.find(|c| !is_named(c)).unwrap_or(named.len()))?;
    // What follows a `<` at once is a name; "a < b and c > d" is not a tag, nor is an address.
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = name.ends_with(|c: char| c.is_ascii_alphanumeric());
    let parted = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/');
    if !(begins && ends && parted) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let is_certain = || {
        let value = |part: &str| part.find('=').is_some_and(|at| at > 0);
        find(KNOWN, &format!(" {name} ")).is_some()
            || closes && rest.trim().is_empty()
            || rest.ends_with('/')
            || rest.split_ascii_whitespace().any(value)
    };
    if !marked_up && !is_certain() {
        return None;
    }
    let href = if name == "a" { href(rest) } else { None };
    Some((Tag { name, closes, href }, beyond))
}

/// Where a tag ends: at the next bracket, those in the quotes of a value left out. A quote that nobody closes is
/// none.
///
/// # Errors
/// How many bytes were looked through where it does not end within `most`, or another begins before.
fn end(after: &str, most: usize) -> Result<usize, usize> {
    let mut from = 0;
    while from < most {
        let rest = after.get(from..).unwrap_or_default();
        let Some(at) = rest.find(['<', '>', '=']) else {
            return Err(after.len());
        };
        from += at + 1;
        let behind = after.get(from..).unwrap_or_default();
        match rest.as_bytes().get(at) {
            Some(b'>') => return Ok(from - 1),
            Some(b'<') => return Err(from),
            Some(_) | None => {}
        }
        let value = behind.trim_ascii_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let closed = value.get(1..).and_then(|value| value.find(quote));
        from += closed.map_or(0, |closed| behind.len() - value.len() + closed + 2);
    }
    Err(from)
}

/// Whether an address may be followed: with a host, or a mailbox, right behind its scheme. Browsers leave out further slashes
/// there, and nobody else would see which host is meant.
pub fn leads_out(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| {
        let (begins, rest) = address.split_at_checked(scheme.len()).unwrap_or_default();
        begins.eq_ignore_ascii_case(scheme) && rest.starts_with(may_be_alphanumeric)
    })
}

/// The first value of the attribute `href`, where it may be followed.
fn href(inside: &str) -> Option<String> {
    let mut rest = inside;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '='));
        if rest.is_empty() {
            return None;
        }
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        let (name, behind) = rest.split_at_checked(rest.find(ends).unwrap_or(rest.len()))?;
        let given = behind.trim_ascii_start().strip_prefix('=');
        let (value, beyond) = given.map_or(("", behind), |given| value(given.trim_ascii_start()));
        if name.eq_ignore_ascii_case("href") {
            let value = clean(&decode(value));
            let value = value.trim();
            return (leads_out(value) && !names_a_user(value)).then(|| value.to_owned());
        }
        rest = beyond;
    }
}

/// A value and what stands behind it.
fn value(given: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = given.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = given.find(|c: char| c.is_ascii_whitespace());
    given
        .split_at_checked(end.unwrap_or(given.len()))
        .unwrap_or((given, ""))
}
