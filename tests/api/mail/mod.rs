//! The three email services: what is asked of each, and what each answer means.

mod postmark;
mod resend;
mod sendgrid;

use allclear::api::http::{Request, Response};
use allclear::api::mail::{Batch, Mail, MailResult};
use serde_json::Value;

/// A batch with everything in it that people put into names and texts.
fn batch(people: &[(&str, Option<&str>)]) -> Batch {
    let mails = people
        .iter()
        .map(|(address, name)| Mail {
            to: (*address).to_owned(),
            name: name.map(str::to_owned),
            subject: "[URGENT] Störung\r\nBcc: all@example.com".to_owned(),
            text: format!("Hi {},\n\n\"quoted\" & <kept> 🚨", name.unwrap_or("there")),
            html: format!("<p>Hi {},</p>", name.unwrap_or("there")),
        })
        .collect();
    Batch {
        op: "op-1".to_owned(),
        number: 3,
        from: "AIAS Platform <status@aias.example>".to_owned(),
        reply_to: "support@aias.example".to_owned(),
        mails,
        now: chrono::DateTime::default(),
    }
}

const PEOPLE: [(&str, Option<&str>); 3] = [
    ("ada@example.com", Some("Lovelace, \"Ada\"")),
    ("bo@example.com", None),
    ("zoe@example.com", Some("Zoë")),
];

fn body(request: &Request) -> Value {
    serde_json::from_str(request.body.as_ref().unwrap()).unwrap()
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let mut values = request.headers.iter().filter(|(known, _)| known == name);
    let value = values.next().map(|(_, value)| value.as_str());
    assert_eq!(values.next(), None);
    value
}

/// What every request of ours carries.
fn is_ours(request: &Request, url: &str) {
    assert_eq!(request.url, url);
    assert!(request.to_edge);
    assert_eq!(header(request, "X-Allclear"), Some("1"));
    assert_eq!(header(request, "Authorization"), None);
}

fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.to_owned(),
    }
}

fn accepted(ids: &[&str]) -> Vec<MailResult> {
    ids.iter()
        .map(|id| MailResult::Accepted((*id).to_owned()))
        .collect()
}
