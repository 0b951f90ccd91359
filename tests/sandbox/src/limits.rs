//! How often a key may ask: a rolling window a key, by the sandbox's clock. The vendors' documents leave
//! open whether a refusal says 420 or 429, and whether and how it says when to come back: each refusal is
//! of the next kind.

use std::collections::{HashMap, VecDeque};

use serde_json::json;

use crate::call::{Call, Reply, Vendor};
use crate::clock::Author;
use crate::email;
use crate::switches::{Limit, Switches};
use crate::team;

/// Who asked when, and how many were refused so far.
#[derive(Debug, Default)]
pub struct Windows {
    asked: HashMap<(Vendor, String), VecDeque<Author>>,
    refused: u64,
}

/// Whether a request may go on.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    /// It may; so many more could follow at once, and the window is over in so many seconds.
    Taken {
        /// The limit, where there is one.
        limit: Option<(Limit, u32, i64)>,
    },
    /// It may not.
    Refused(Reply),
}

impl Windows {
    /// Counts a request of a key, and says whether it may go on. A refused one does not count.
    pub fn turn(&mut self, switches: &Switches, call: &Call, key: &str, now: Author) -> Turn {
        let vendor = call.vendor();
        let Some(limit) = switches.limits.get(vendor.name()).filter(|limit| limit.on) else {
            return Turn::Taken { limit: None };
        };
        let window = i64::from(limit.seconds);
        let asked = self.asked.entry((vendor, key.to_owned())).or_default();
        // A clock that was turned back leaves marks in the future: they count no more.
        asked.retain(|at| *at <= now && at.plus(window) > now);
        let used = u32::try_from(asked.len()).unwrap_or(u32::MAX);
        let wait = asked.front().map_or(window, |first| {
            (first.plus(window).0 - now.0).max(1).div_euclid(1000) + 1
        });
        if used >= limit.requests {
            let kind = self.refused;
            self.refused += 1;
            return Turn::Refused(refusal(vendor, kind, wait, now));
        }
        asked.push_back(now);
        let left = limit.requests - used - 1;
        Turn::Taken {
            limit: Some((*limit, left, wait)),
        }
    }
}

/// A refusal of the so-maniest kind.
fn refusal(vendor: Vendor, kind: u64, wait: i64, now: Author) -> Reply {
    match vendor {
        Vendor::Resend => email::resend::too_many().with("retry-after", wait.to_string()),
        Vendor::SendGrid => email::sendgrid::too_many()
            .with("x-ratelimit-remaining", "0")
            .with(
                "x-ratelimit-reset",
                now.plus(wait).0.div_euclid(1000).to_string(),
            ),
        Vendor::Postmark => email::postmark::too_many(),
        Vendor::Team => team::too_many().with("retry-after", wait.to_string()),
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Sandbox => {
            let status = if kind.is_multiple_of(2) { 420 } else { 429 };
            let reply = Reply::json(status, &json!({"error": "Rate limit exceeded"}));
            match kind % 3 {
                0 => reply,
                1 => reply.with("retry-after", wait.to_string()),
                _ => reply.with("retry-after", now.plus(wait).http()),
            }
        }
    }
}

/// The headers by which a vendor tells how much is left.
pub fn headers(vendor: Vendor, turn: (Limit, u32, i64), now: Author) -> Vec<(String, String)> {
    let (limit, left, wait) = turn;
    let named = |names: [&str; 3], reset: i64| {
        let values = [
            limit.requests.to_string(),
            left.to_string(),
            reset.to_string(),
        ];
        names.map(str::to_owned).into_iter().zip(values).collect()
    };
    match vendor {
        Vendor::Resend => named(
            ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"],
            wait,
        ),
        Vendor::SendGrid => named(
            [
                "x-ratelimit-limit",
                "x-ratelimit-remaining",
                "x-ratelimit-reset",
            ],
            now.plus(wait).0.div_euclid(1000),
        ),
        Vendor::Statuspage
        | Vendor::PublicPage
        | Vendor::Postmark
        | Vendor::Team
        | Vendor::Sandbox => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call {
            method: "GET".into(),
            path: "/v1/pages/p/incidents".into(),
            raw_path: "/v1/pages/p/incidents".into(),
            query: vec![],
            headers: vec![],
            body: String::new(),
            params: vec![],
        }
    }

    #[test]
    fn sixty_a_minute_then_every_kind_of_refusal_then_again() {
        let (mut windows, switches) = (Windows::default(), Switches::default());
        let start = Author(1_000_000);
        let mut ask =
            |key: &str, after: i64| windows.turn(&switches, &call(), key, start.plus(after));
        for n in 0..60 {
            assert!(matches!(ask("a", n / 10), Turn::Taken { .. }), "{n}");
        }
        let kinds: Vec<(u16, Option<String>)> = (0..6)
            .map(|_| match ask("a", 10) {
                Turn::Refused(reply) => {
                    let after = reply.headers.iter().find(|(name, _)| name == "retry-after");
                    (reply.status, after.map(|(_, value)| value.clone()))
                }
                Turn::Taken { .. } => panic!("taken"),
            })
            .collect();
        let statuses: Vec<u16> = kinds.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [420, 429, 420, 429, 420, 429]);
        assert_eq!(kinds[0].1, None);
        assert_eq!(kinds[1].1.as_deref(), Some("51"));
        assert!(
            kinds[2]
                .1
                .as_ref()
                .is_some_and(|date| date.ends_with("GMT"))
        );
        assert_eq!(kinds[3].1, None);
        assert!(
            matches!(ask("b", 10), Turn::Taken { .. }),
            "another key has its own window"
        );
        assert!(
            matches!(ask("a", 60), Turn::Taken { .. }),
            "the first ten left the window"
        );
    }
}
