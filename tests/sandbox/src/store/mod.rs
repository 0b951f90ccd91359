//! What the sandbox knows, in one `SQLite` database: documents (components, incidents, post-mortems, …),
//! mails, remembered answers, and the record of exchanges.

mod exchanges;
mod mails;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use exchanges::Exchange;
pub use mails::{Mail, Search, State};

use crate::call::Stop;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS doc(kind TEXT, id TEXT, sort INTEGER, body TEXT, PRIMARY KEY(kind, id));
CREATE INDEX IF NOT EXISTS doc_sort ON doc(kind, sort);
CREATE TABLE IF NOT EXISTS mail(
  n INTEGER PRIMARY KEY, vendor TEXT, id TEXT, state TEXT, at INTEGER, address TEXT, op TEXT, chunk TEXT,
  item TEXT, tag TEXT, stream TEXT, metadata TEXT, sender TEXT, reply_to TEXT, subject TEXT, text TEXT,
  html TEXT, reason TEXT);
CREATE INDEX IF NOT EXISTS mail_op ON mail(vendor, op);
CREATE INDEX IF NOT EXISTS mail_id ON mail(vendor, id);
CREATE TABLE IF NOT EXISTS answer(key TEXT PRIMARY KEY, hash TEXT, at INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS exchange(n INTEGER PRIMARY KEY, vendor TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS counter(n INTEGER);
";

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The page itself; one.
    Page,
    /// Components.
    Component,
    /// Groups of components.
    Group,
    /// Incidents, with updates and post-mortem.
    Incident,
    /// Incident templates.
    Template,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Component => "component",
            Self::Group => "group",
            Self::Incident => "incident",
            Self::Template => "template",
        }
    }
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

impl Slice {
    /// Everything.
    pub const ALL: Self = Self {
        limit: u32::MAX,
        offset: 0,
    };
}

/// The database.
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens a file, or a database in memory.
    pub fn open(path: Option<&str>) -> Result<Self, rusqlite::Error> {
        let db = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // A test peer: a crash of the machine may lose its data.
        db.execute_batch("PRAGMA synchronous = OFF;")?;
        db.execute_batch(TABLES)?;
        Ok(Self { db })
    }

    /// Forgets everything.
    pub fn clear(&self) -> Result<(), rusqlite::Error> {
        self.db.execute_batch(
            "DELETE FROM doc; DELETE FROM mail; DELETE FROM answer; DELETE FROM exchange; DELETE FROM counter;",
        )
    }

    /// Begins a change that holds as a whole or not at all.
    pub fn begin(&self) -> Result<(), rusqlite::Error> {
        self.db.execute_batch("BEGIN")
    }

    /// Ends a change: keeps it, or takes it back.
    pub fn end(&self, keep: bool) -> Result<(), rusqlite::Error> {
        self.db
            .execute_batch(if keep { "COMMIT" } else { "ROLLBACK" })
    }

    /// A number that was never given before, from 1.
    pub fn next(&self) -> Result<u64, rusqlite::Error> {
        if self.db.execute("UPDATE counter SET n = n + 1", [])? == 0 {
            self.db.execute("INSERT INTO counter VALUES (1)", [])?;
        }
        let n: i64 = self
            .db
            .query_row("SELECT n FROM counter", [], |row| row.get(0))?;
        Ok(n.unsigned_abs())
    }

    /// Puts a document in place; lists are in the order of `sort`.
    pub fn put(&self, kind: Kind, id: &str, sort: i64, doc: &impl Serialize) -> Result<(), Stop> {
        self.db.execute(
            "INSERT INTO doc VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT(kind, id) DO UPDATE SET sort = ?3, body = ?4",
            params![kind.name(), id, sort, serde_json::to_string(doc)?],
        )?;
        Ok(())
    }

    /// A document.
    pub fn get<T: DeserializeOwned>(&self, kind: Kind, id: &str) -> Result<Option<T>, Stop> {
        let body: Option<String> = self
            .db
            .query_row(
                "SELECT body FROM doc WHERE kind = ?1 AND id = ?2",
                [kind.name(), id],
                |row| row.get(0),
            )
            .optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    /// Documents by ascending `sort`.
    pub fn list<T: DeserializeOwned>(&self, kind: Kind, slice: Slice) -> Result<Vec<T>, Stop> {
        let mut found = self.db.prepare_cached(
            "SELECT body FROM doc WHERE kind = ?1 ORDER BY sort, id LIMIT ?2 OFFSET ?3",
        )?;
        let rows = found.query_map(params![kind.name(), slice.limit, slice.offset], |row| {
            row.get::<_, String>(0)
        })?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    /// Removes a document.
    pub fn remove(&self, kind: Kind, id: &str) -> Result<(), Stop> {
        self.db.execute(
            "DELETE FROM doc WHERE kind = ?1 AND id = ?2",
            [kind.name(), id],
        )?;
        Ok(())
    }

    /// Removes all documents of a kind.
    pub fn remove_all(&self, kind: Kind) -> Result<(), Stop> {
        self.db
            .execute("DELETE FROM doc WHERE kind = ?1", [kind.name()])?;
        Ok(())
    }

    /// Remembers an answer for a key.
    pub fn remember(&self, key: &str, hash: &str, at: i64, body: &str) -> Result<(), Stop> {
        self.db.execute(
            "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4)",
            params![key, hash, at, body],
        )?;
        Ok(())
    }

    /// The answer for a key, if it is not older: the request's hash, and the body.
    pub fn remembered(&self, key: &str, since: i64) -> Result<Option<(String, String)>, Stop> {
        Ok(self
            .db
            .query_row(
                "SELECT hash, body FROM answer WHERE key = ?1 AND at >= ?2",
                params![key, since],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?)
    }
}
