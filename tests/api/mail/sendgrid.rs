//! SendGrid.

use allclear::api::error::ApiError;
use allclear::api::mail::sendgrid::{AFTER_LOSS, LIMITS, Part, key_for, results, sending};
use allclear::api::mail::{Batch, Mail};
use allclear::domain::after_loss::AfterLoss;
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
        json!([{ "name": "Lovelace, \"Ada\"", "email": "ada@example.com" }])
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
