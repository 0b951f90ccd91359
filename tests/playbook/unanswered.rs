//! What the ledger says before the next send: that one is on its way, or that an answer was lost.

use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{Receipt, SentMessage};
use allclear::sop::lint::unanswered;
use allclear::sop::run::{LedgerRow, LedgerState};

use super::common::at;

#[test]
fn a_send_on_its_way_blocks_the_next_and_a_lost_answer_is_remembered() {
    let row = |channel, state, recipients| LedgerRow {
        op: Some("op".to_owned()),
        message: SentMessage {
            channel,
            kind: DutyKind::First,
            title: None,
            text: "text".to_owned(),
            html: None,
            page: None,
            recipients,
        },
        at: at("2026-03-09T14:05:00Z"),
        frozen_at: at("2026-03-09T14:05:00Z"),
        who: "Ada".to_owned(),
        state,
        receipt: Receipt::default(),
        by_hand: false,
        not_reached: None,
        unknown: None,
    };
    let unknown = || LedgerState::Unknown {
        reason: "no answer".to_owned(),
    };
    let ledger = [
        row(Channel::Page, unknown(), None),
        row(
            Channel::Page,
            LedgerState::Sent {
                at: at("2026-03-09T14:06:00Z"),
            },
            None,
        ),
        row(Channel::Email, unknown(), Some(2)),
        row(Channel::X, LedgerState::Queued, None),
        row(
            Channel::Team,
            LedgerState::Failed {
                reason: "refused".to_owned(),
            },
            None,
        ),
    ];
    let soon = at("2026-03-09T15:05:00Z");
    assert_eq!(
        unanswered(&ledger, Channel::Page, soon),
        None,
        "the newest counts"
    );
    assert_eq!(unanswered(&ledger, Channel::Team, soon), None);
    assert_eq!(unanswered(&ledger, Channel::LinkedIn, soon), None);
    assert!(unanswered(&ledger, Channel::X, soon).is_some_and(|finding| finding.blocks));
    let later = at("2026-03-09T15:05:01Z");
    assert!(
        unanswered(&ledger, Channel::X, later).is_some_and(|finding| !finding.blocks),
        "its console may be gone for good"
    );
    let email = unanswered(&ledger, Channel::Email, soon).unwrap();
    assert!(!email.blocks);
    assert!(
        email
            .text
            .contains("may already have been delivered to 2 people"),
        "{}",
        email.text
    );
}
