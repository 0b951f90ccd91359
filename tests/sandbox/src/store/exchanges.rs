//! The record of every request and its answer, so that what an app really sent can be judged by others.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Store;
use crate::call::{Call, Reply, Stop};

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// When it came, milliseconds since 1970, by the sandbox's clock.
    pub at: i64,
    /// Whose path it is.
    pub vendor: String,
    /// In capitals.
    pub method: String,
    /// The path as it came.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// What came.
    pub request: Message,
    /// What went out; none when the connection was closed instead.
    pub response: Option<Message>,
    /// What went wrong on purpose.
    pub faults: Vec<String>,
}

/// Headers and a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The status of an answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// As text.
    pub body: String,
}

impl Exchange {
    /// Of a request and what became of it.
    pub fn of(at: i64, call: &Call, reply: Option<&Reply>, faults: Vec<String>) -> Self {
        Self {
            at,
            vendor: call.vendor().name().into(),
            method: call.method.clone(),
            path: call.raw_path.clone(),
            query: call.query.clone(),
            request: Message {
                status: None,
                headers: call.headers.clone(),
                body: call.body.clone(),
            },
            response: reply.map(|reply| Message {
                status: Some(reply.status),
                headers: reply.headers.clone(),
                body: reply.body.clone(),
            }),
            faults,
        }
    }
}

impl Store {
    /// Keeps an exchange.
    pub fn record(&self, exchange: &Exchange) -> Result<(), Stop> {
        let kept = serde_json::to_value(exchange)?;
        let vendor = exchange.vendor.clone();
        self.exchanges.borrow_mut().push((vendor, kept));
        Ok(())
    }

    /// The exchanges after the so-maniest, with their numbers, in their order.
    pub fn exchanges(&self, after: usize, vendor: Option<&str>) -> Vec<Value> {
        let kept = self.exchanges.borrow();
        (1_usize..)
            .zip(kept.iter())
            .skip(after)
            .filter(|(_, (of, _))| vendor.is_none_or(|wanted| wanted == of))
            .map(|(n, (_, exchange))| {
                let mut exchange = exchange.clone();
                if let Some(fields) = exchange.as_object_mut() {
                    fields.insert("n".into(), n.into());
                }
                exchange
            })
            .collect()
    }
}
