//! `SendGrid`'s substitution: every key of a personalization, wherever it stands, one key after the other.
//! A value that holds another key is therefore itself replaced; a client guards against that.

use serde_json::{Map, Value};

/// The text that a recipient reads.
pub fn filled(text: &str, substitutions: &Map<String, Value>) -> String {
    substitutions
        .iter()
        .fold(text.to_owned(), |text, (key, value)| {
            text.replace(key, value.as_str().unwrap_or_default())
        })
}

#[cfg(test)]
mod tests {
    use super::filled;
    use serde_json::json;

    #[test]
    fn a_value_that_holds_a_key_is_replaced_too() {
        let keys = json!({"-a-": "Ada -b-", "-b-": "Bo"});
        let keys = keys.as_object().expect("an object");
        assert_eq!(filled("Hi -a-, -b-, -c-", keys), "Hi Ada Bo, Bo, -c-");
    }
}
