//! Addresses as they stand in mails: `Name <address>`, several by commas.

/// The addresses of a list, without names; a part that is no address is an error with that part.
pub fn list(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for sign in text.chars() {
        match sign {
            ',' if !quoted => parts.push(String::new()),
            _ => {
                quoted ^= sign == '"';
                if let Some(part) = parts.last_mut() {
                    part.push(sign);
                }
            }
        }
    }
    parts
        .iter()
        .map(|part| one(part).ok_or_else(|| part.trim().to_owned()))
        .collect()
}

/// The address of `Name <address>` or of a bare address, when it can be one.
pub fn one(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = match text.rsplit_once('<') {
        Some((_, rest)) => rest.strip_suffix('>')?.trim(),
        None => text,
    };
    let (local, domain) = bare.rsplit_once('@')?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|sign| sign.is_whitespace() || sign.is_control() || "<>,;\"@".contains(sign))
    };
    let good = plain(local) && plain(domain) && domain.contains('.') && !domain.ends_with('.');
    good.then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{list, one};

    #[test]
    fn names_quotes_and_wrong_ones() {
        assert_eq!(
            one("Ada <ada@example.com>").as_deref(),
            Some("ada@example.com")
        );
        assert_eq!(
            list("\"Lovelace, Ada\" <ada@example.com>, bo@example.com")
                .expect("two")
                .len(),
            2
        );
        for wrong in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "a da@example.com",
            "ada@localhost",
            "ada@example.",
        ] {
            assert_eq!(one(wrong), None, "{wrong:?}");
        }
    }
}
