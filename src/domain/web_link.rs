//! Where a link that a vendor, a file or a person gave may lead.

use super::find::{around, find, holds};

/// The link without the spaces around it, where it may be followed: `https:` with a host, or a path of our own. `None` is
/// for anything else, which is shown as text.
pub fn web_link(link: &str) -> Option<&str> {
    let link = link.trim();
    let ours = link
        .strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with(['/', '\\']));
    (is_on_the_web(link) || (ours && is_plain(link))).then_some(link)
}

/// The link that a service answered with, where it may be followed: as [`web_link`], and on the web only on one of these
/// hosts, each as it is written with its port. An answer leads nowhere that nobody has named beforehand.
pub fn service_link<'l>(link: &'l str, hosts: &[String]) -> Option<&'l str> {
    let link = web_link(link)?;
    let is_known = |known: &String| host(link).eq_ignore_ascii_case(known);
    (link.starts_with('/') || hosts.iter().any(is_known)).then_some(link)
}

/// Whether an address is `https:` with a host and no user before it, and nothing in it is a space or cannot be seen.
pub fn is_on_the_web(address: &str) -> bool {
    is_plain(address)
        && !names_a_user(address)
        && address
            .strip_prefix("https://")
            .is_some_and(|rest| rest.starts_with(may_be_alphanumeric))
}

/// Whether a text is the address of a web page, encrypted or not: with a host, and without spaces.
pub fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with('[') || rest.starts_with(may_be_alphanumeric))
        && is_plain(text)
}

/// The host of an address, as it is written; of a mailbox the whole of it.
pub fn host(address: &str) -> &str {
    let rest = around(address, "://").map_or_else(
        || address.strip_prefix("mailto:").unwrap_or(address),
        |(_, rest)| rest,
    );
    rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest)
}

/// Whether an address on the web names a user before its host: that looks like the host, and is none.
pub fn names_a_user(address: &str) -> bool {
    find(address, "://").is_some() && holds(host(address), '@')
}

/// What is to stand behind a label, so that nobody is led elsewhere unawares: the host of an address `to` which it
/// leads, where the label looks like another.
pub fn behind(label: &str, to: &str) -> Option<String> {
    let real = host(to);
    let mut words = label.split_whitespace();
    let elsewhere = words.any(|word| {
        let word = word.trim_matches(|c: char| !may_be_alphanumeric(c));
        looks_like_an_address(word) && !host(word).eq_ignore_ascii_case(real)
    });
    elsewhere.then(|| [" (", real, ")"].concat())
}

fn looks_like_an_address(word: &str) -> bool {
    let name = host(word).split(':').next().unwrap_or_default();
    let last = name.rsplit_once('.').map_or(
        "",
        |(before, last)| if before.is_empty() { "" } else { last },
    );
    let is_number = name.split('.').count() == 4 && !name.contains(may_be_a_letter);
    let is_name = last.len() > 1 && last.starts_with(may_be_a_letter);
    find(word, "://").is_some() || is_number || is_name
}

/// Whether a sign may be a letter or a digit of some script: beyond ASCII every one but punctuation and pictures. Which
/// are for certain takes tables of Unicode that readers would download.
pub fn may_be_alphanumeric(sign: char) -> bool {
    match sign {
        '\u{80}'..='\u{bf}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f000}'..='\u{1faff}' => false,
        _ => !sign.is_ascii() || sign.is_ascii_alphanumeric(),
    }
}

fn may_be_a_letter(sign: char) -> bool {
    !sign.is_ascii_digit() && may_be_alphanumeric(sign)
}

fn is_plain(address: &str) -> bool {
    !address.contains(|c: char| c.is_control() || c.is_whitespace())
}
