//! Mails that a service took, refused, or took and dropped.

use rusqlite::{Row, params};
use serde::Serialize;
use serde_json::Value;

use super::{Slice, Store};
use crate::call::{Stop, Vendor};

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Taken: the recipient has it.
    Accepted,
    /// Refused in the answer.
    Refused,
    /// Taken in the answer and dropped afterwards: the recipient never sees it.
    Dropped,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "accepted" => Self::Accepted,
            "dropped" => Self::Dropped,
            _ => Self::Refused,
        }
    }
}

/// One mail to one address, as the recipient would read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mail {
    /// The service's id; the same for all recipients of one message.
    pub id: String,
    /// What became of it.
    pub state: State,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// The recipient's address, without a name.
    pub address: String,
    /// The operation's id, where the client gave one.
    pub op: Option<String>,
    /// The batch's number within the operation.
    pub chunk: Option<String>,
    /// The mail's place within the batch.
    pub item: Option<String>,
    /// The client's tag.
    pub tag: Option<String>,
    /// Postmark's message stream.
    pub stream: Option<String>,
    /// What the client had kept with it.
    pub metadata: Value,
    /// The sender, as given.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// What is looked for among the mails of a vendor. What is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The message's id.
    pub id: Option<String>,
    /// The recipient's address, whatever the case.
    pub address: Option<String>,
    /// The tag.
    pub tag: Option<String>,
    /// Only mails not younger than this.
    pub until: Option<i64>,
    /// Keys of the metadata and their values.
    pub metadata: Vec<(String, String)>,
    /// Only mails in this state.
    pub state: Option<State>,
}

const COLUMNS: &str = "id, state, at, address, op, chunk, item, tag, stream, metadata, sender, reply_to, \
                       subject, text, html, reason";

fn read(row: &Row) -> rusqlite::Result<Mail> {
    let (state, metadata): (String, String) = (row.get("state")?, row.get("metadata")?);
    Ok(Mail {
        id: row.get("id")?,
        state: State::read(&state),
        at: row.get("at")?,
        address: row.get("address")?,
        op: row.get("op")?,
        chunk: row.get("chunk")?,
        item: row.get("item")?,
        tag: row.get("tag")?,
        stream: row.get("stream")?,
        metadata: serde_json::from_str(&metadata).unwrap_or(Value::Null),
        from: row.get("sender")?,
        reply_to: row.get("reply_to")?,
        subject: row.get("subject")?,
        text: row.get("text")?,
        html: row.get("html")?,
        reason: row.get("reason")?,
    })
}

impl Store {
    /// Keeps a mail.
    pub fn add_mail(&self, vendor: Vendor, mail: &Mail) -> Result<(), Stop> {
        let mut insert = self.db.prepare_cached(&format!(
            "INSERT INTO mail(vendor, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
             ?12, ?13, ?14, ?15, ?16, ?17)"
        ))?;
        insert.execute(params![
            vendor.name(),
            mail.id,
            mail.state.name(),
            mail.at,
            mail.address,
            mail.op,
            mail.chunk,
            mail.item,
            mail.tag,
            mail.stream,
            mail.metadata.to_string(),
            mail.from,
            mail.reply_to,
            mail.subject,
            mail.text,
            mail.html,
            mail.reason,
        ])?;
        Ok(())
    }

    /// Mails of a vendor, newest first, and how many there are in all.
    pub fn mails(
        &self,
        vendor: Vendor,
        search: &Search,
        slice: Slice,
    ) -> Result<(Vec<Mail>, u32), Stop> {
        let mut wheres = vec!["vendor = ?".to_owned()];
        let mut values = vec![vendor.name().to_owned()];
        let state = search.state.map(|state| state.name().to_owned());
        for (column, value) in [
            ("id", &search.id),
            (
                "lower(address)",
                &search.address.as_ref().map(|a| a.to_lowercase()),
            ),
            ("tag", &search.tag),
            ("state", &state),
        ] {
            if let Some(value) = value {
                wheres.push(format!("{column} = ?"));
                values.push(value.clone());
            }
        }
        if let Some(until) = search.until {
            wheres.push("at <= CAST(? AS INTEGER)".into());
            values.push(until.to_string());
        }
        for (key, value) in &search.metadata {
            wheres.push("json_extract(metadata, ?) = ?".into());
            values.push(format!("$.\"{}\"", key.replace('"', "")));
            values.push(value.clone());
        }
        let wheres = wheres.join(" AND ");
        let count = self.db.query_row(
            &format!("SELECT count(*) FROM mail WHERE {wheres}"),
            rusqlite::params_from_iter(&values),
            |row| row.get(0),
        )?;
        let mut found = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM mail WHERE {wheres} ORDER BY n DESC LIMIT {} OFFSET {}",
            slice.limit, slice.offset
        ))?;
        let rows = found.query_map(rusqlite::params_from_iter(&values), read)?;
        Ok((rows.collect::<Result<_, _>>()?, count))
    }
}
