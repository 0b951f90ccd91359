//! The embedded mail service.

use allclear::api::embedded::{FailureMode, FailureSwitch, Outbox};
use allclear::api::error::ApiError;
use allclear::api::mail::{Batch, Mail, MailResult, SendMail};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::embedded::{at, fresh, raw};

fn mail(to: &str) -> Mail {
    Mail {
        to: to.into(),
        name: Some("Ada".into()),
        subject: "[URGENT] Service Incident - API".into(),
        text: "Hi Ada,\n\nWe're experiencing".into(),
        html: "<p>Hi Ada,</p>".into(),
    }
}

fn batch(op: &str, number: u32, mails: Vec<Mail>) -> Batch {
    Batch {
        op: op.into(),
        number,
        from: "AIAS Platform <status@aias-platform.com>".into(),
        reply_to: "support@aias-platform.com".into(),
        mails,
        now: at("2026-03-09T14:09:00Z"),
    }
}

#[wasm_bindgen_test]
async fn mails_land_in_the_outbox_once_with_both_parts() {
    fresh().await;
    let outbox = Outbox::new();
    let batch = batch(
        "op-1",
        0,
        vec![mail("ada@example.com"), mail("bob@example.com")],
    );
    let results = outbox.send(&batch).await.unwrap();
    assert!(
        results
            .iter()
            .all(|result| matches!(result, MailResult::Accepted(_)))
    );
    assert_eq!(Outbox::new().send(&batch).await.unwrap(), results);
    assert_eq!(outbox.count().await.unwrap(), 2);

    let (mails, corrupt) = outbox.list(10).await.unwrap();
    assert_eq!(corrupt, []);
    assert_eq!(
        mails
            .iter()
            .map(|one| one.mail.to.as_str())
            .collect::<Vec<_>>(),
        ["bob@example.com", "ada@example.com"]
    );
    assert_eq!(mails[1].mail, batch.mails[0]);
    assert_eq!(results[0], MailResult::Accepted(mails[1].id.clone()));
    assert_eq!(
        outbox.read(&mails[0].id).await.unwrap().as_ref(),
        Some(&mails[0])
    );
    assert_eq!(outbox.read("nothing").await.unwrap(), None);

    outbox.clear().await.unwrap();
    assert_eq!(outbox.count().await.unwrap(), 0);
    assert_eq!(
        outbox.send(&batch).await.unwrap(),
        results,
        "and nothing is sent again"
    );
    assert_eq!(outbox.count().await.unwrap(), 0);
}

#[wasm_bindgen_test]
async fn what_no_mail_service_takes_is_refused_one_by_one() {
    fresh().await;
    let outbox = Outbox::new();
    let mut forged = mail("eve@example.com");
    forged.subject = "One\nBcc: everybody@example.com".into();
    let mails = vec![
        mail("ada@example.com"),
        mail("not an address"),
        mail("full@refused.example"),
        forged,
    ];
    let results = outbox.send(&batch("op-1", 0, mails)).await.unwrap();
    assert!(matches!(results[0], MailResult::Accepted(_)));
    assert_eq!(results[1], MailResult::Refused("this is no address".into()));
    assert_eq!(
        results[2],
        MailResult::Refused("the recipient's server refused it".into())
    );
    assert_eq!(
        results[3],
        MailResult::Refused("the subject has more than one line".into())
    );
    assert_eq!(outbox.count().await.unwrap(), 1);
    let too_many = vec![mail("ada@example.com"); outbox.limits().mails + 1];
    assert!(matches!(
        outbox.send(&batch("op-2", 0, too_many)).await,
        Err(ApiError::Refused(_))
    ));
}

#[wasm_bindgen_test]
async fn failure_switches_work_on_mail_and_a_lost_batch_is_not_sent_twice() {
    fresh().await;
    let outbox = Outbox::new();
    let first = batch("op-1", 0, vec![mail("ada@example.com")]);
    for chaos in [
        FailureMode::Refuse,
        FailureMode::Offline,
        FailureMode::StorageFull,
    ] {
        FailureSwitch::new().set(chaos).await.unwrap();
        assert!(outbox.send(&first).await.is_err());
        assert_eq!(outbox.count().await.unwrap(), 0);
    }
    FailureSwitch::new()
        .set(FailureMode::LoseAnswer)
        .await
        .unwrap();
    assert!(matches!(
        outbox.send(&first).await,
        Err(ApiError::Unanswered(_))
    ));
    FailureSwitch::new().set(FailureMode::None).await.unwrap();
    outbox.send(&first).await.unwrap();
    assert_eq!(outbox.count().await.unwrap(), 1);
    outbox
        .send(&batch("op-1", 1, vec![mail("ada@example.com")]))
        .await
        .unwrap();
    assert_eq!(outbox.count().await.unwrap(), 2);
}

#[wasm_bindgen_test]
async fn a_broken_mail_does_not_hide_the_others() {
    fresh().await;
    let outbox = Outbox::new();
    outbox
        .send(&batch("op-1", 0, vec![mail("ada@example.com")]))
        .await
        .unwrap();
    raw().put("outbox", "9999", "broken").await.unwrap();
    let (mails, corrupt) = outbox.list(10).await.unwrap();
    assert_eq!((mails.len(), corrupt.len()), (1, 1));
    assert!(matches!(
        outbox.read("9999").await,
        Err(ApiError::Garbled(_))
    ));
}
