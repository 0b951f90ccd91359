//! Resend.

use allclear::api::error::ApiError;
use allclear::api::mail::MailResult;
use allclear::api::mail::resend::{AFTER_LOSS, LIMITS, rehearsal, results, sending};
use allclear::domain::after_loss::AfterLoss;
use serde_json::json;

use super::{PEOPLE, accepted, batch, body, header, is_ours, response};

#[test]
fn a_batch_goes_under_its_key_with_the_same_bytes_each_time() {
    let request = sending("/", &batch(&PEOPLE));
    is_ours(&request, "/api/resend/emails/batch");
    assert_eq!(header(&request, "Idempotency-Key"), Some("allclear-op-1-3"));
    assert_eq!(header(&request, "x-batch-validation"), Some("permissive"));
    assert_eq!(
        body(&request)[0],
        json!({
            "from": "\"AIAS Platform\" <status@aias.example>",
            "to": ["\"Lovelace, \\\"Ada\\\"\" <ada@example.com>"],
            "reply_to": "support@aias.example",
            "subject": "[URGENT] Störung  Bcc: all@example.com",
            "text": "Hi Lovelace, \"Ada\",\n\n\"quoted\" & <kept> 🚨",
            "html": "<p>Hi Lovelace, \"Ada\",</p>",
        })
    );
    let mut later = batch(&PEOPLE);
    later.now += chrono::TimeDelta::hours(1);
    assert!(sending("/", &later) == request, "the time is no part of it");
    assert_eq!((LIMITS.mails, AFTER_LOSS), (100, AfterLoss::SendAgain));
}

#[test]
fn a_rehearsal_reaches_nobody_and_uses_no_key_of_the_sending() {
    let request = rehearsal("/", &batch(&PEOPLE));
    assert_eq!(
        header(&request, "Idempotency-Key"),
        Some("allclear-test-op-1-3")
    );
    for mail in body(&request).as_array().unwrap() {
        assert!(
            mail["to"][0]
                .as_str()
                .unwrap()
                .contains("delivered@resend.dev")
        );
    }
    assert!(!request.body.unwrap().contains("@example.com>"));
}

#[test]
fn one_bad_address_leaves_the_others_their_ids() {
    let answer =
        r#"{"data":[{"id":"a"},{"id":"c"}],"errors":[{"index":1,"message":"Invalid `to` field"}]}"#;
    let read = results(&response(200, answer), 3).unwrap();
    assert_eq!(read[0], MailResult::Accepted("a".to_owned()));
    assert!(matches!(&read[1], MailResult::Refused(why) if why.contains("Invalid `to` field")));
    assert_eq!(read[2], MailResult::Accepted("c".to_owned()));
    let strict = r#"{"data":[{"id":"a"},{"id":"b"}]}"#;
    assert_eq!(
        results(&response(200, strict), 2).unwrap(),
        accepted(&["a", "b"])
    );
    for (wrong, mails) in [
        (answer, 2),
        (answer, 4),
        (strict, 1),
        (strict, 3),
        ("{}", 1),
        ("", 1),
    ] {
        assert!(
            matches!(
                results(&response(200, wrong), mails),
                Err(ApiError::Garbled(_))
            ),
            "{wrong} {mails}"
        );
    }
}

#[test]
fn errors_are_told_apart_by_their_names() {
    let of = |status: u16, name: &str| {
        let body = json!({ "statusCode": status, "name": name, "message": "its words" });
        results(&response(status, &body.to_string()), 1).unwrap_err()
    };
    assert_eq!(
        of(409, "concurrent_idempotent_requests"),
        ApiError::Busy {
            after_seconds: Some(5)
        }
    );
    assert!(
        matches!(of(409, "invalid_idempotent_request"), ApiError::Refused(why) if why.contains("same key"))
    );
    assert_eq!(
        of(429, "rate_limit_exceeded"),
        ApiError::Busy {
            after_seconds: None
        }
    );
    assert_eq!(
        of(429, "daily_quota_exceeded"),
        ApiError::Refused("Resend refuses it: its words".to_owned())
    );
    assert_eq!(
        of(422, "validation_error"),
        ApiError::Refused("Resend refuses it: its words".to_owned())
    );
    assert_eq!(
        of(403, "invalid_from_address"),
        ApiError::Refused("Resend refuses it: its words".to_owned())
    );
    assert!(matches!(of(401, "missing_api_key"), ApiError::Refused(why) if why.contains("key")));
    assert!(matches!(
        of(500, "application_error"),
        ApiError::Unanswered(_)
    ));
}
