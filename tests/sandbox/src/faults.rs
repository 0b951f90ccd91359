//! What goes wrong, by rules that name a request and count how often it came.

use serde::{Deserialize, Serialize};

use crate::call::{Call, Reply};

/// Which requests a rule speaks of; what is not named does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Match {
    /// "PATCH".
    pub method: Option<String>,
    /// A regular expression, found anywhere in the path and query.
    pub path: Option<String>,
    /// "statuspage", "public", "postmark", "resend", "sendgrid".
    pub vendor: Option<String>,
    /// A text in the request's body.
    pub body: Option<String>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The answer is late by `ms`: before the request takes effect, or with `after` after it did.
    Latency,
    /// Refused for its rate with 420; nothing took effect.
    #[serde(rename = "420")]
    Calm,
    /// Refused for its rate with 429; nothing took effect.
    #[serde(rename = "429")]
    TooMany,
    /// 500; nothing took effect, or with `after` it did.
    #[serde(rename = "500")]
    Failed,
    /// 502 with a gateway's page; nothing took effect, or with `after` it did.
    #[serde(rename = "502")]
    Gateway,
    /// The connection closes before anything took effect.
    DropBefore,
    /// It takes effect, and the connection closes without an answer.
    DropAfter,
    /// It takes effect, and the answer breaks off in the middle of its body.
    Truncate,
    /// It takes effect, and the answer's JSON is called `text/html`.
    ContentType,
    /// 200 with a page to log in; nothing took effect.
    HtmlLogin,
    /// 200 with what a login answers programs; nothing took effect.
    JsonLogin,
    /// It takes effect, and the answer is not what the vendor's document says: proves that a validator
    /// between client and sandbox is awake.
    BreakShape,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which requests.
    #[serde(default, rename = "match")]
    pub matches: Match,
    /// Only the so-maniest of them, from 1.
    #[serde(default)]
    pub nth: Option<u64>,
    /// Every so-maniest of them.
    #[serde(default)]
    pub every: Option<u64>,
    /// What goes wrong. Without `nth` and `every`: each time.
    pub kind: Kind,
    /// For `latency`: milliseconds.
    #[serde(default)]
    pub ms: u64,
    /// For `latency`, `500`, `502`: only once the request took effect.
    #[serde(default)]
    pub after: bool,
    /// For `420` and `429`: seconds, or "date:90" for a date so many seconds ahead; no header without it.
    #[serde(default)]
    pub retry_after: Option<String>,
    /// How many requests it has matched so far.
    #[serde(default)]
    pub seen: u64,
}

impl Rule {
    /// The pattern of the path.
    pub fn path(&self) -> Option<&String> {
        self.matches.path.as_ref()
    }

    fn speaks_of(&self, call: &Call) -> bool {
        let of = &self.matches;
        let query: Vec<String> = call
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut whole = call.path.clone();
        if !query.is_empty() {
            whole = format!("{whole}?{}", query.join("&"));
        }
        of.method
            .as_ref()
            .is_none_or(|method| method.eq_ignore_ascii_case(&call.method))
            && of
                .vendor
                .as_ref()
                .is_none_or(|vendor| vendor == call.vendor().name())
            && of
                .path
                .as_ref()
                .is_none_or(|path| regex::Regex::new(path).is_ok_and(|re| re.is_match(&whole)))
            && of
                .body
                .as_ref()
                .is_none_or(|body| call.body.contains(body.as_str()))
    }

    /// Counts the request, and says whether it is its turn.
    fn strikes(&mut self, call: &Call) -> bool {
        if !self.speaks_of(call) {
            return false;
        }
        self.seen += 1;
        match (self.nth, self.every) {
            (Some(nth), _) => self.seen == nth,
            (None, Some(every)) => every > 0 && self.seen.is_multiple_of(every),
            (None, None) => true,
        }
    }
}

/// The rules whose turn it is. Every rule counts, so that what one of them does to a request does not
/// change when the others come.
pub fn due(rules: &mut [Rule], call: &Call) -> Vec<Rule> {
    rules
        .iter_mut()
        .filter_map(|rule| rule.strikes(call).then(|| rule.clone()))
        .collect()
}

impl Kind {
    /// Its word in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::Calm => "420",
            Self::TooMany => "429",
            Self::Failed => "500",
            Self::Gateway => "502",
            Self::DropBefore => "drop-before",
            Self::DropAfter => "drop-after",
            Self::Truncate => "truncate",
            Self::ContentType => "content-type",
            Self::HtmlLogin => "html-login",
            Self::JsonLogin => "json-login",
            Self::BreakShape => "break-shape",
        }
    }
}

/// The page of a login that stands before everything.
pub fn login_page() -> Reply {
    Reply::html(
        200,
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method=\"post\" \
         action=\"/login\"><input name=\"user\"><input name=\"password\" type=\"password\"></form></body></html>",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(method: &str, path: &str) -> Call {
        Call {
            method: method.into(),
            path: path.into(),
            raw_path: path.into(),
            query: vec![("page".into(), "2".into())],
            headers: vec![],
            body: "{\"status\":\"resolved\"}".into(),
            params: vec![],
        }
    }

    fn turns(rule: serde_json::Value) -> Vec<bool> {
        let mut rules: Vec<Rule> = vec![serde_json::from_value(rule).expect("a rule")];
        (0..4)
            .map(|_| !due(&mut rules, &call("PATCH", "/v1/pages/p/incidents/i")).is_empty())
            .collect()
    }

    #[test]
    fn the_second_every_second_and_each() {
        assert_eq!(
            turns(json!({"kind": "500", "nth": 2})),
            [false, true, false, false]
        );
        assert_eq!(
            turns(json!({"kind": "drop-after", "every": 2})),
            [false, true, false, true]
        );
        assert_eq!(turns(json!({"kind": "latency", "ms": 5})), [true; 4]);
    }

    #[test]
    fn a_rule_names_its_requests() {
        let on = |of| turns(json!({"kind": "500", "match": of}))[0];
        assert!(on(
            json!({"method": "patch", "path": "incidents/[a-z]+", "vendor": "statuspage"})
        ));
        assert!(on(json!({"body": "resolved", "path": "page=2$"})));
        assert!(!on(json!({"method": "POST"})));
        assert!(!on(json!({"vendor": "resend"})));
        assert!(!on(json!({"body": "monitoring"})));
    }
}
