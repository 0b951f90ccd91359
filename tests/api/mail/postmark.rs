//! Postmark.

use allclear::api::error::ApiError;
use allclear::api::http::Method;
use allclear::api::mail::postmark::{
    AFTER_LOSS, LIMITS, Page, found, key_taken, results, search, sending, trial_of_key,
};
use allclear::api::mail::{Found, MailResult};
use allclear::domain::after_loss::AfterLoss;
use serde_json::json;

use super::{PEOPLE, batch, body, header, is_ours, response};

#[test]
fn a_batch_says_whose_each_mail_is() {
    let request = sending("/", Some("broadcast"), &batch(&PEOPLE), false);
    is_ours(&request, "/api/postmark/email/batch");
    assert_eq!(header(&request, "Content-Type"), Some("application/json"));
    let mails = body(&request);
    assert_eq!(
        mails[0],
        json!({
            "From": "\"AIAS Platform\" <status@aias.example>",
            "To": "\"Lovelace, \\\"Ada\\\"\" <ada@example.com>",
            "ReplyTo": "support@aias.example",
            "Subject": "[URGENT] Störung  Bcc: all@example.com",
            "TextBody": "Hi Lovelace, \"Ada\",\n\n\"quoted\" & <kept> 🚨",
            "HtmlBody": "<p>Hi Lovelace, \"Ada\",</p>",
            "MessageStream": "broadcast",
            "Metadata": { "op": "op-1", "chunk": "3", "item": "0" },
        })
    );
    assert_eq!(mails[1]["To"], "bo@example.com");
    assert_eq!(mails[2]["Metadata"]["item"], "2");
    assert_eq!(
        body(&sending("/", None, &batch(&PEOPLE), false))[0].get("MessageStream"),
        None
    );
    is_ours(
        &sending("/status/", None, &batch(&PEOPLE), true),
        "/status/api/postmark-test/email/batch",
    );
    assert_eq!(
        (LIMITS.mails, AFTER_LOSS),
        (
            500,
            AfterLoss::ReadBack {
                after_seconds: &[30, 120]
            }
        )
    );
}

#[test]
fn failures_stand_inside_an_answer_that_says_ok() {
    let answer = r#"[
        {"To":"ada@example.com","SubmittedAt":"2026-03-10T14:00:05Z","MessageID":"id-a","ErrorCode":0,"Message":"OK"},
        {"To":"bo@example.com","ErrorCode":406,"Message":"You tried to send to a recipient that has been marked as inactive."},
        {"ErrorCode":300,"Message":"Invalid 'To' address: 'zoe'."}
    ]"#;
    let read = results(&response(200, answer), 3).unwrap();
    assert_eq!(read[0], MailResult::Accepted("id-a".to_owned()));
    assert!(matches!(&read[1], MailResult::Refused(why) if why.contains("inactive at Postmark")));
    assert!(matches!(&read[2], MailResult::Refused(why) if why.contains("Invalid 'To' address")));
    for wrong in [answer, "[]", "{}", "", "[{\"ErrorCode\":0}]"] {
        assert!(
            matches!(results(&response(200, wrong), 4), Err(ApiError::Garbled(_))),
            "{wrong}"
        );
    }
}

#[test]
fn a_whole_batch_fails_in_plain_words() {
    let of = |status, body| results(&response(status, body), 1).unwrap_err();
    assert_eq!(
        of(
            422,
            r#"{"ErrorCode":410,"Message":"Maximum size of a batch is 500."}"#
        ),
        ApiError::Refused(
            "Postmark refuses it: Maximum size of a batch is 500. (code 410)".to_owned()
        )
    );
    assert!(
        matches!(of(401, r#"{"ErrorCode":10,"Message":"Bad token"}"#), ApiError::Refused(why) if why.contains("key"))
    );
    assert_eq!(
        of(429, "{}"),
        ApiError::Busy {
            after_seconds: None
        }
    );
    assert!(matches!(of(500, "{}"), ApiError::Unanswered(_)));
    assert!(matches!(
        of(503, r#"{"ErrorCode":1000,"Message":"x"}"#),
        ApiError::Unanswered(_)
    ));
    assert_eq!(of(200, "<!doctype html>"), ApiError::LoginNeeded);
}

#[test]
fn a_wrong_key_is_found_by_a_reading_that_needs_it() {
    let request = trial_of_key("/");
    is_ours(&request, "/api/postmark/messages/outbound?count=1&offset=0");
    assert_eq!((request.method, request.body), (Method::Get, None));
    let good = r#"{"TotalCount":7,"Messages":[{"MessageID":"a"}]}"#;
    assert_eq!(key_taken(&response(200, good)), Ok(()));
    let body = r#"{"ErrorCode":10,"Message":"Request does not contain a valid Server token."}"#;
    let Err(ApiError::Refused(why)) = key_taken(&response(401, body)) else {
        panic!("it was taken")
    };
    for words in [
        "does not accept the key",
        "whoever runs the edge has to set a good one",
    ] {
        assert!(why.contains(words), "{why}");
    }
    // Whoever only asked has sent nothing anyway; whoever sent is told so.
    assert!(!why.contains("nothing was sent"), "{why}");
    let Err(ApiError::Refused(why)) = results(&response(401, body), 1) else {
        panic!("it was sent")
    };
    assert!(why.contains("nothing was sent"), "{why}");
    assert_eq!(
        key_taken(&response(200, "<!doctype html>")),
        Err(ApiError::LoginNeeded)
    );
}

#[test]
fn what_was_sent_is_found_by_its_operation() {
    let request = search("/", Some("broadcast"), "op-1", 500);
    is_ours(
        &request,
        "/api/postmark/messages/outbound?count=500&offset=500&metadata_op=op-1&messagestream=broadcast",
    );
    assert_eq!((request.method, request.body), (Method::Get, None));
    let kept = |op: &str, chunk: &str, item: &str, id: &str| json!({ "MessageID": id, "Metadata": { "op": op, "chunk": chunk, "item": item } });
    let page = json!({ "TotalCount": 1200, "Messages": [
        kept("op-1", "3", "0", "a"), kept("op-1", "4", "1", "b"), kept("op-2", "3", "1", "c"),
        kept("op-1", "3", "7", "d"), { "MessageID": "e" }, kept("op-1", "3", "x", "f"),
    ] });
    let read = |offset| found(&response(200, &page.to_string()), "op-1", 3, offset).unwrap();
    let ours = vec![
        Found {
            item: 0,
            id: "a".to_owned(),
        },
        Found {
            item: 7,
            id: "d".to_owned(),
        },
    ];
    assert_eq!(
        read(0),
        Page {
            found: ours.clone(),
            next: Some(500)
        }
    );
    assert_eq!(
        read(1000),
        Page {
            found: ours,
            next: None
        }
    );
    // A search that fails has done nothing.
    assert!(matches!(
        found(&response(500, ""), "op-1", 3, 0),
        Err(ApiError::NotSent(_))
    ));
    assert!(matches!(
        found(&response(200, "{}"), "op-1", 3, 0),
        Err(ApiError::NotSent(_))
    ));
}
