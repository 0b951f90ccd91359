//! What a test can turn: where the vendors' documents are silent, how fast they take requests, whom they
//! refuse, and what goes wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::faults::Rule;

/// What PATCH does with an incident's `metadata`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metadata {
    /// What was there before is gone.
    Replace,
    /// Top-level keys that are not named stay.
    Merge,
}

/// Whether the vendor takes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// It does.
    Allowed,
    /// It answers 422.
    Refused,
}

/// The forms in which the manage API says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorShape {
    /// `{"error":{"name":["can't be blank"]}}`.
    Field,
    /// `{"error":["Name can't be blank"]}`.
    List,
    /// `{"error":"Name can't be blank"}`.
    Text,
    /// `{"message":"Name can't be blank"}`, as the document has it.
    Message,
}

/// How many requests a key may make in how many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Whether it holds.
    pub on: bool,
    /// Requests.
    pub requests: u32,
    /// Seconds of the rolling window.
    pub seconds: u32,
}

/// Addresses that a mail service refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deny {
    /// A regular expression, found anywhere in the address; every address where it is empty.
    #[serde(default)]
    pub pattern: String,
    /// Of those, so many in a hundred, chosen by the address itself: always the same ones.
    #[serde(default = "all")]
    pub percent: u8,
}

fn all() -> u8 {
    100
}

/// Every switch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// What PATCH does with `metadata`.
    pub metadata: Metadata,
    /// Whether PATCH can take a resolved incident back.
    pub reopen: Taken,
    /// Whether a post-mortem can be written before the incident is resolved.
    pub early_postmortem: Taken,
    /// The form of the manage API's 422 and 404.
    pub error_shape: ErrorShape,
    /// The public page is behind a login: no CORS header, 401, a page instead of JSON.
    pub private_page: bool,
    /// Requests a key, by vendor's name.
    pub limits: BTreeMap<String, Limit>,
    /// Seconds until Postmark's search finds a message.
    pub index_delay_seconds: u32,
    /// The message streams that the Postmark server has.
    pub postmark_streams: Vec<String>,
    /// Addresses that the mail services refuse.
    pub deny: Vec<Deny>,
    /// Vendors whose keys are no longer good, by name.
    pub revoked: Vec<String>,
    /// How far the server's clock is off, seconds; beside what `/_sandbox/clock` says.
    pub skew_seconds: i64,
    /// What goes wrong, and when.
    pub faults: Vec<Rule>,
}

impl Default for Switches {
    fn default() -> Self {
        let limit = |on, requests, seconds| Limit {
            on,
            requests,
            seconds,
        };
        Self {
            metadata: Metadata::Replace,
            reopen: Taken::Allowed,
            early_postmortem: Taken::Refused,
            error_shape: ErrorShape::Field,
            private_page: false,
            limits: BTreeMap::from([
                ("statuspage".into(), limit(true, 60, 60)),
                ("postmark".into(), limit(false, 100, 1)),
                ("resend".into(), limit(true, 5, 1)),
                ("sendgrid".into(), limit(true, 600, 60)),
            ]),
            index_delay_seconds: 0,
            postmark_streams: vec!["outbound".into(), "broadcast".into()],
            deny: Vec::new(),
            revoked: Vec::new(),
            skew_seconds: 0,
            faults: Vec::new(),
        }
    }
}

impl Switches {
    /// These with the named ones changed; `limits` are changed one vendor at a time.
    pub fn changed(&self, change: &Value) -> Result<Self, String> {
        let Value::Object(change) = change else {
            return Err("switches are a JSON object".into());
        };
        let mut whole = serde_json::to_value(self).map_err(|error| error.to_string())?;
        for (name, value) in change {
            let into = whole.get_mut("limits").and_then(Value::as_object_mut);
            match (name.as_str(), value, into) {
                ("limits", Value::Object(limits), Some(into)) => {
                    into.extend(limits.clone());
                }
                // Everything else is put in place whole, and an unknown name is refused below.
                _ => {
                    if let Some(whole) = whole.as_object_mut() {
                        whole.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        let changed: Self = serde_json::from_value(whole).map_err(|error| error.to_string())?;
        let patterns = changed.deny.iter().map(|deny| &deny.pattern);
        for pattern in patterns.chain(changed.faults.iter().filter_map(|rule| rule.path())) {
            regex::Regex::new(pattern).map_err(|error| error.to_string())?;
        }
        Ok(changed)
    }

    /// Whether a mail service refuses this address.
    pub fn denies(&self, address: &str) -> bool {
        self.deny.iter().any(|deny| {
            let named = regex::Regex::new(&deny.pattern).is_ok_and(|re| re.is_match(address));
            named && hundredth(address) < u64::from(deny.percent)
        })
    }
}

/// From 0 to 99, by the text itself (FNV-1a, stirred, so that addresses in a row do not fall together).
fn hundredth(text: &str) -> u64 {
    let mut hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 40) % 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn three_in_a_hundred_are_always_the_same() {
        let switches = Switches::default()
            .changed(&json!({"deny": [{"percent": 3}]}))
            .expect("switches");
        let denied = |n: u32| switches.denies(&format!("person{n}@example.com"));
        let count = (0..5000).filter(|n| denied(*n)).count();
        assert!((110..190).contains(&count), "{count} of 5000");
        assert_eq!(count, (0..5000).filter(|n| denied(*n)).count());
    }

    #[test]
    fn a_limit_changes_alone_and_a_strange_switch_is_refused() {
        let changed = Switches::default()
            .changed(&json!({"limits": {"resend": {"on": false, "requests": 2, "seconds": 1}}}))
            .expect("switches");
        assert!(changed.limits.get("statuspage").is_some_and(|l| l.on));
        assert!(changed.limits.get("resend").is_some_and(|l| !l.on));
        assert!(
            Switches::default()
                .changed(&json!({"metdata": "merge"}))
                .is_err()
        );
        assert!(
            Switches::default()
                .changed(&json!({"deny": [{"pattern": "("}]}))
                .is_err()
        );
    }
}
