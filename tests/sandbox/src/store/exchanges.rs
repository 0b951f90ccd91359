//! The record of every request and its answer, so that what an app really sent can be judged by others.

use rusqlite::params;
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
        self.db.execute(
            "INSERT INTO exchange(vendor, body) VALUES (?1, ?2)",
            params![exchange.vendor, serde_json::to_string(exchange)?],
        )?;
        Ok(())
    }

    /// The exchanges after the so-maniest, with their numbers, in their order.
    pub fn exchanges(&self, after: i64, vendor: Option<&str>) -> Result<Vec<Value>, Stop> {
        let mut found = self.db.prepare_cached(
            "SELECT n, body FROM exchange WHERE n > ?1 AND (?2 IS NULL OR vendor = ?2) ORDER BY n",
        )?;
        let rows = found.query_map(params![after, vendor], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (n, body) = row?;
            let mut exchange: Value = serde_json::from_str(&body)?;
            if let Some(fields) = exchange.as_object_mut() {
                fields.insert("n".into(), n.into());
            }
            Ok(exchange)
        })
        .collect()
    }
}
