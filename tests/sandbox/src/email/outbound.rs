//! Postmark's search among what was sent: how a client finds out what became of a lost answer. It lags
//! behind by as many seconds as the switch says.

use serde_json::{Value, json};

use super::postmark::problem;
use crate::call::{Call, Reply, SendOutcome, Vendor};
use crate::clock::Author;
use crate::store::{Mail, Search, Slice, State};
use crate::world::World;

const MOST: u32 = 500;
const DEEPEST: u32 = 10_000;

/// `GET /messages/outbound`: by recipient, tag and metadata; newest first.
pub fn search(world: &mut World, call: &Call) -> SendOutcome {
    let number = |name: &str| call.query(name).and_then(|text| text.parse::<u32>().ok());
    let (Some(limit), Some(offset)) = (number("count"), number("offset")) else {
        return Ok(problem(422, 600, "'count' and 'offset' are required."));
    };
    if !(1..=MOST).contains(&limit) || limit.saturating_add(offset) > DEEPEST {
        return Ok(problem(
            422,
            600,
            "'count' is 1 to 500, and 'count' and 'offset' together at most 10,000.",
        ));
    }
    let metadata = call.query.iter().filter_map(|(name, value)| {
        Some((name.strip_prefix("metadata_")?.to_owned(), value.clone()))
    });
    let search = Search {
        id: None,
        address: call.query("recipient").map(str::to_owned),
        tag: call.query("tag").map(str::to_owned),
        until: Some(indexed(world)),
        metadata: metadata.collect(),
        state: Some(State::Accepted),
    };
    let (found, total) = world
        .store
        .mails(Vendor::Postmark, &search, Slice { limit, offset });
    let messages: Vec<Value> = found.iter().map(|mail| shown(mail)).collect();
    Ok(Reply::json(
        200,
        &json!({"TotalCount": total, "Messages": messages}),
    ))
}

/// What is younger cannot be found yet.
fn indexed(world: &World) -> i64 {
    world
        .now()
        .plus(-i64::from(world.switches.index_delay_seconds))
        .0
}

fn shown(mail: &Mail) -> Value {
    json!({
        "Tag": mail.tag.clone().unwrap_or_default(),
        "MessageID": mail.id,
        "To": [{"Email": mail.address, "Name": ""}],
        "Cc": [],
        "Bcc": [],
        "Recipients": [mail.address],
        "ReceivedAt": Author(mail.at).local(-300),
        "From": mail.from,
        "Subject": mail.subject,
        "Attachments": [],
        "Status": "Sent",
        "TrackOpens": false,
        "TrackLinks": "None",
        "Metadata": mail.metadata,
        "MessageStream": mail.stream,
        "Sandboxed": false,
    })
}

/// `GET /messages/outbound/{id}/details`: with the texts.
pub fn details(world: &mut World, call: &Call) -> SendOutcome {
    let search = Search {
        id: Some(call.param("id").to_owned()),
        until: Some(indexed(world)),
        state: Some(State::Accepted),
        ..Search::default()
    };
    let (found, _) = world.store.mails(Vendor::Postmark, &search, Slice::ALL);
    let Some(mail) = found.first() else {
        return Ok(problem(422, 701, "This message was not found."));
    };
    let mut whole = shown(mail);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("TextBody".into(), mail.text.clone().into());
        fields.insert("HtmlBody".into(), mail.html.clone().into());
        fields.insert(
            "Body".into(),
            format!("{}\r\n\r\n{}", mail.subject, mail.text).into(),
        );
        let event = json!({
            "Recipient": mail.address,
            "Type": "Delivered",
            "ReceivedAt": Author(mail.at).local(-300),
            "Details": {"DeliveryMessage": "smtp;250 OK"},
        });
        fields.insert("MessageEvents".into(), json!([event]));
    }
    Ok(Reply::json(200, &whole))
}
