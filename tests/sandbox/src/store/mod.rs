//! What the sandbox knows: documents (components, incidents, post-mortems, …), mails, remembered answers, and the
//! record of exchanges. All of it in memory: a sandbox begins anew each time.

mod exchanges;
mod mails;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use exchanges::Exchange;
pub use mails::{Mail, Search, State};

use crate::call::{Stop, Vendor};

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// What a team was told.
    Notice,
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

    fn of<T>(self, all: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        all.skip(number(self.offset)).take(number(self.limit))
    }
}

/// An answer that is known by its key.
#[derive(Debug, Clone)]
struct Answer {
    hash: String,
    at: i64,
    body: String,
}

/// Documents by kind and id: each with its place among those of its kind, and its text.
type Docs = BTreeMap<(Kind, String), (i64, Arc<str>)>;

/// What a change may take back. Shared until it is changed, so that beginning one costs nothing.
#[derive(Debug, Clone, Default)]
struct Kept {
    docs: Arc<Docs>,
    mails: Arc<Vec<(Vendor, Arc<Mail>)>>,
    answers: Arc<BTreeMap<String, Answer>>,
    given: u64,
}

/// The store.
#[derive(Debug, Default)]
pub struct Store {
    kept: RefCell<Kept>,
    before: RefCell<Option<Kept>>,
    exchanges: RefCell<Vec<(String, Value)>>,
}

impl Store {
    /// Forgets everything.
    pub fn clear(&self) {
        *self.kept.borrow_mut() = Kept::default();
        self.before.take();
        self.exchanges.borrow_mut().clear();
    }

    /// Begins a change that holds as a whole or not at all.
    pub fn begin(&self) {
        let now = self.kept.borrow().clone();
        self.before.replace(Some(now));
    }

    /// Ends a change: keeps it, or takes it back.
    pub fn end(&self, keep: bool) {
        if let Some(before) = self.before.take().filter(|_| !keep) {
            *self.kept.borrow_mut() = before;
        }
    }

    /// A number that was never given before, from 1.
    pub fn next(&self) -> u64 {
        let mut kept = self.kept.borrow_mut();
        kept.given += 1;
        kept.given
    }

    /// Puts a document in place; lists are in the order of `sort`.
    pub fn put(&self, kind: Kind, id: &str, sort: i64, doc: &impl Serialize) -> Result<(), Stop> {
        let text = Arc::from(serde_json::to_string(doc)?);
        let mut kept = self.kept.borrow_mut();
        Arc::make_mut(&mut kept.docs).insert((kind, id.to_owned()), (sort, text));
        Ok(())
    }

    /// A document.
    pub fn get<T: DeserializeOwned>(&self, kind: Kind, id: &str) -> Result<Option<T>, Stop> {
        let kept = self.kept.borrow();
        let found = kept.docs.get(&(kind, id.to_owned()));
        Ok(found
            .map(|(_, text)| serde_json::from_str(text))
            .transpose()?)
    }

    /// Documents by ascending `sort`.
    pub fn list<T: DeserializeOwned>(&self, kind: Kind, slice: Slice) -> Result<Vec<T>, Stop> {
        let kept = self.kept.borrow();
        let first = (kind, String::new());
        let of_kind = kept.docs.range(first..);
        let mut found: Vec<(i64, &Arc<str>)> = of_kind
            .take_while(|((known, _), _)| *known == kind)
            .map(|(_, (sort, text))| (*sort, text))
            .collect();
        // Those of one place stay in the order of their ids.
        found.sort_by_key(|(sort, _)| *sort);
        slice
            .of(found.into_iter())
            .map(|(_, text)| Ok(serde_json::from_str(text)?))
            .collect()
    }

    /// Removes a document.
    pub fn remove(&self, kind: Kind, id: &str) {
        let mut kept = self.kept.borrow_mut();
        Arc::make_mut(&mut kept.docs).remove(&(kind, id.to_owned()));
    }

    /// Removes all documents of a kind.
    pub fn remove_all(&self, kind: Kind) {
        let mut kept = self.kept.borrow_mut();
        Arc::make_mut(&mut kept.docs).retain(|(known, _), _| *known != kind);
    }

    /// Remembers an answer for a key.
    pub fn remember(&self, key: &str, hash: &str, at: i64, body: &str) {
        let answer = Answer {
            hash: hash.to_owned(),
            at,
            body: body.to_owned(),
        };
        let mut kept = self.kept.borrow_mut();
        Arc::make_mut(&mut kept.answers).insert(key.to_owned(), answer);
    }

    /// The answer for a key, if it is not older: the request's hash, and the body.
    pub fn remembered(&self, key: &str, since: i64) -> Option<(String, String)> {
        let kept = self.kept.borrow();
        let known = kept.answers.get(key).filter(|known| known.at >= since)?;
        Some((known.hash.clone(), known.body.clone()))
    }
}
