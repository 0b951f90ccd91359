//! SendGrid.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use allclear::api::error::ApiError;
use allclear::api::http::{Net, Request, Response};
use allclear::api::mail::sendgrid::{
    AFTER_LOSS, LIMITS, Part, Sendgrid, at_fault, key_for, results, sending,
};
use allclear::api::mail::{Batch, Mail, MailResult, SendMail};
use allclear::domain::after_loss::AfterLoss;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{PEOPLE, accepted, batch, body, header, is_ours, response};

/// What SendGrid makes of a request: every key is replaced wherever it stands.
fn delivered(request: &Value) -> Vec<(String, String, String)> {
    let content = |place: usize| {
        request["content"][place]["value"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    request["personalizations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let put_in = |mut text: String| {
                for (key, own) in one["substitutions"].as_object().into_iter().flatten() {
                    text = text.replace(key, own.as_str().unwrap());
                }
                text
            };
            let to = one["to"][0]["email"].as_str().unwrap().to_owned();
            (to, put_in(content(0)), put_in(content(1)))
        })
        .collect()
}

fn expected(batch: &Batch) -> Vec<(String, String, String)> {
    let mails = batch.mails.iter();
    mails
        .map(|mail| (mail.to.clone(), mail.text.clone(), mail.html.clone()))
        .collect()
}

#[test]
fn one_request_gives_everybody_their_own_mail() {
    let batch = batch(&PEOPLE);
    let request = sending("/", &batch, "c0ffee", false).unwrap();
    is_ours(&request, "/api/sendgrid/v3/mail/send");
    assert_eq!(header(&request, "Content-Type"), Some("application/json"));
    let body = body(&request);
    assert_eq!(delivered(&body), expected(&batch));
    assert_eq!(
        body["from"],
        json!({ "name": "AIAS Platform", "email": "status@aias.example" })
    );
    assert_eq!(body["reply_to"], json!({ "email": "support@aias.example" }));
    let first = &body["personalizations"][0];
    assert_eq!(
        first["to"],
        json!([{ "name": "\"Lovelace, \\\"Ada\\\"\"", "email": "ada@example.com" }])
    );
    assert_eq!(first["subject"], "[URGENT] Störung  Bcc: all@example.com");
    assert_eq!(
        first["custom_args"],
        json!({ "op": "op-1", "chunk": "3", "item": "0" })
    );
    assert_eq!(body["mail_settings"]["sandbox_mode"]["enable"], false);
    let test = sending("/", &batch, "c0ffee", true).unwrap();
    assert_eq!(
        super::body(&test)["mail_settings"]["sandbox_mode"]["enable"],
        true
    );
    assert_eq!((LIMITS.mails, AFTER_LOSS), (500, AfterLoss::Offer));
}

#[test]
fn a_recipients_name_stays_one_name() {
    let to = |name: &str| {
        let request = sending(
            "/",
            &batch(&[("ada@example.com", Some(name))]),
            "c0ffee",
            false,
        )
        .unwrap();
        body(&request)["personalizations"][0]["to"][0]["name"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(to("Ada Lovelace"), "Ada Lovelace");
    assert_eq!(to("Lovelace, Ada"), "\"Lovelace, Ada\"");
    assert_eq!(to("Hopper; Grace"), "\"Hopper; Grace\"");
    assert_eq!(
        to("A\", b@evil.example; \\"),
        "\"A\\\", b@evil.example; \\\\\""
    );
}

#[test]
fn all_or_none_of_it_was_taken() {
    let batch = batch(&PEOPLE);
    let mut answer = response(202, "");
    answer
        .headers
        .push(("x-message-id".to_owned(), "abc".to_owned()));
    assert_eq!(
        results(&answer, &batch).unwrap(),
        accepted(&["abc-0", "abc-1", "abc-2"])
    );
    assert_eq!(results(&response(202, ""), &batch).unwrap().len(), 3);
    for other in ["{\"error\":\"boom\"}", "{\"message\":\"log in\"}", "OK"] {
        let read = results(&response(200, other), &batch);
        assert!(
            matches!(read, Err(ApiError::Garbled(_))),
            "{other}: {read:?}"
        );
    }
    let wrong = r#"{"errors":[{"message":"Does not contain a valid address.","field":"personalizations.0.to","help":null},{"message":"Second."}],"id":"x"}"#;
    assert_eq!(
        results(&response(400, wrong), &batch).unwrap_err(),
        ApiError::Refused("SendGrid refuses it: Does not contain a valid address. (personalizations.0.to) Second.".to_owned())
    );
    let busy = r#"{"errors":[{"field":null,"message":"too many requests"}]}"#;
    assert_eq!(
        results(&response(429, busy), &batch).unwrap_err(),
        ApiError::Busy {
            after_seconds: None
        }
    );
    assert!(matches!(
        results(&response(502, ""), &batch),
        Err(ApiError::Unanswered(_))
    ));
}

/// A way out on which SendGrid refuses some addresses, one or all of them at a time, and takes what is left.
#[derive(Clone)]
struct Strict {
    bad: &'static [&'static str],
    at_once: bool,
    /// Whether the answer to what is left is lost.
    lost: bool,
    asked: Rc<RefCell<Vec<Vec<String>>>>,
}

impl Net for Strict {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    async fn sleep(&self, _ms: u32) {}

    async fn send(&self, request: &Request) -> Result<Response, ApiError> {
        let to: Vec<String> = delivered(&body(request))
            .into_iter()
            .map(|(to, ..)| to)
            .collect();
        let bad = to
            .iter()
            .enumerate()
            .filter(|(_, to)| self.bad.contains(&to.as_str()));
        let most = if self.at_once { usize::MAX } else { 1 };
        let errors: Vec<Value> = bad
            .take(most)
            .map(|(at, _)| json!({ "message": "Does not contain a valid address.", "field": format!("personalizations.{at}.to.0.email") }))
            .collect();
        self.asked.borrow_mut().push(to);
        Ok(if errors.is_empty() && self.lost {
            return Err(ApiError::Unanswered("no answer".to_owned()));
        } else if errors.is_empty() {
            response(202, "")
        } else {
            response(400, &json!({ "errors": errors }).to_string())
        })
    }

    fn site_path(&self) -> String {
        "/".to_owned()
    }

    fn random(&self) -> Result<String, ApiError> {
        Ok("c0ffee".to_owned())
    }
}

/// What comes of a batch, and who stood in each request. Nothing of it waits.
fn sent(
    bad: &'static [&'static str],
    at_once: bool,
) -> (Result<Vec<MailResult>, ApiError>, Vec<Vec<String>>) {
    sent_by(Strict {
        bad,
        at_once,
        lost: false,
        asked: Rc::default(),
    })
}

fn sent_by(way: Strict) -> (Result<Vec<MailResult>, ApiError>, Vec<Vec<String>>) {
    let service = Sendgrid(way);
    let batch = batch(&PEOPLE);
    let mut sending = pin!(service.send(&batch));
    let Poll::Ready(results) = sending
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits");
    };
    (results, service.0.asked.take())
}

#[test]
fn an_address_that_it_refuses_keeps_the_mail_from_nobody_else() {
    let all: Vec<&str> = PEOPLE.iter().map(|(address, _)| *address).collect();
    let refused =
        || MailResult::Refused("SendGrid refuses it: Does not contain a valid address.".to_owned());
    let taken = |item: usize| MailResult::Accepted(format!("accepted-{item}"));
    for at_once in [true, false] {
        let (results, asked) = sent(&["bo@example.com"], at_once);
        assert_eq!(results.unwrap(), [taken(0), refused(), taken(1)]);
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[1], [all[0], all[2]]);
    }
    let (results, asked) = sent(&["ada@example.com", "zoe@example.com"], true);
    assert_eq!(
        (results.unwrap(), asked.len()),
        (vec![refused(), taken(0), refused()], 2)
    );
    let (results, asked) = sent(
        &["ada@example.com", "bo@example.com", "zoe@example.com"],
        false,
    );
    assert_eq!(
        (results.unwrap(), asked.len()),
        (vec![refused(), refused(), refused()], 3)
    );
    // Something that is wrong with the whole is not blamed on one.
    let whole = response(
        400,
        r#"{"errors":[{"message":"Bad","field":"personalizations.0.to"},{"message":"No content","field":"content"}]}"#,
    );
    assert_eq!(at_fault(&whole, &batch(&PEOPLE)), []);
    let elsewhere = response(
        400,
        r#"{"errors":[{"message":"Bad","field":"personalizations.9.to"}]}"#,
    );
    assert_eq!(at_fault(&elsewhere, &batch(&PEOPLE)), []);
}

#[test]
fn a_loss_in_a_later_round_leaves_those_refused_who_were_named_before() {
    let way = |bad| Strict {
        bad,
        at_once: false,
        lost: true,
        asked: Rc::default(),
    };
    let refused =
        || MailResult::Refused("SendGrid refuses it: Does not contain a valid address.".to_owned());
    let lost = || MailResult::Lost("no answer".to_owned());
    let (results, asked) = sent_by(way(&["bo@example.com"]));
    assert_eq!(
        (results.unwrap(), asked.len()),
        (vec![lost(), refused(), lost()], 2)
    );
    // Of nobody anything is known: the batch is lost.
    let (results, _) = sent_by(way(&[]));
    assert_eq!(
        results.unwrap_err(),
        ApiError::Unanswered("no answer".to_owned())
    );
}

#[test]
fn a_key_stands_in_no_text() {
    let taken = "a allclearfeed b allclearfeedx1x c";
    let key = key_for("fe-ed", &[taken, "allclearfeedx2"]);
    assert!(!taken.contains(&key));
    assert_eq!(key, "allclearfeedx2x");
    assert_eq!(key_for("fe-ed", &[]), "allclearfeed");
}

fn words() -> impl Strategy<Value = String> {
    "(allclear|abt|abh|x1x|[aé🚨 ]){0,6}"
}

proptest! {
    #[test]
    fn whatever_names_and_texts_say_everybody_gets_their_own(
        before in words(), after in words(),
        names in prop::collection::vec(words(), 1..6),
    ) {
        let mut batch = batch(&[]);
        batch.mails = names.iter().enumerate().map(|(number, name)| Mail {
            to: format!("p{number}@example.com"),
            name: Some(name.clone()),
            subject: "s".to_owned(),
            text: format!("{before}{name}{after}"),
            html: format!("<p>{name}{after}{name}</p>"),
        }).collect();
        let request = sending("/", &batch, "ab", false).unwrap();
        prop_assert_eq!(delivered(&body(&request)), expected(&batch));
    }

    #[test]
    fn parts_make_up_their_texts(texts in prop::collection::vec(words(), 0..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let part = Part::of(&texts);
        for (text, own) in texts.iter().zip(&part.own) {
            prop_assert_eq!(&format!("{}{own}{}", part.before, part.after), text);
        }
        prop_assert_eq!(part.own.len(), texts.len());
    }
}
