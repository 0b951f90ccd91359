//! Where a link that a vendor, a file or a person gave may lead.

/// The link without the spaces around it, where it may be followed: `https:` with a host, or a path of our own. `None` is
/// for anything else, which is shown as text.
pub fn web_link(link: &str) -> Option<&str> {
    let link = link.trim();
    let ours = link
        .strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with(['/', '\\']));
    (is_on_the_web(link) || (ours && is_plain(link))).then_some(link)
}

/// Whether an address is `https:` with a host, and nothing in it is a space or cannot be seen.
pub fn is_on_the_web(address: &str) -> bool {
    is_plain(address)
        && address
            .strip_prefix("https://")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
}

fn is_plain(address: &str) -> bool {
    !address.contains(|c: char| c.is_control() || c.is_whitespace())
}
