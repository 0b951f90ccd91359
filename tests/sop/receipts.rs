//! Where a receipt's link may lead (P5): to the web over `https:`, or to a path of our own.

use allclear::api::statuspage::{LINK_HOSTS, wire};
use allclear::domain::web_link::service_link;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::Receipt;
use allclear::sop::run::{LedgerRow, LedgerState};
use serde_json::json;

use super::support::at;
use super::support::log::message;

/// The hosts that a console knows: the services' and its own.
fn hosts() -> Vec<String> {
    LINK_HOSTS.into_iter().chain(["status.our.example:8443"]).map(str::to_owned).collect()
}

#[test]
fn a_link_leads_to_the_web_or_to_us_and_anything_else_is_text() {
    let leads = |link: &str| Receipt { vendor_id: None, link: Some(link.to_owned()) }.web_link().is_some();
    for link in ["https://x.example/a?b=c#d", "https://xn--e1afmkfd.xn--p1ai/", "/console/outbox", " https://x.example ", "https://x.example/@ada"] {
        assert!(leads(link), "{link}");
    }
    for link in [
        "//evil.example/a", "/\\evil.example", "http://x.example", "https://", "https:///x", "javascript:alert(1)",
        "data:text/html,x", "https://x.example/\u{202e}a b", "HTTPS://", "x.example", "", "ftp://x.example", "https:// x",
        "https://x.com@evil.example/status/1", "https://x.com:443@evil.example", "https://a@b@evil.example",
    ] {
        assert!(!leads(link), "{link}");
    }
    assert_eq!(Receipt::default().web_link(), None);
}

#[test]
fn what_a_service_answered_leads_only_to_hosts_of_the_list() {
    let leads = |link: &str| service_link(link, &hosts()).is_some();
    for link in ["https://stspg.io/t4szpmm54wxx", "https://STSPG.io/x", "https://status.our.example:8443/incidents/1", "/console/outbox"] {
        assert!(leads(link), "{link}");
    }
    for link in [
        "http://stspg.io/x", "https://stspg.io.evil.example/x", "https://evil.example/stspg.io", "https://stspg.io@evil.example/x",
        "https://a.stspg.io/x", "https://stspg.io:444/x", "https://status.our.example/incidents/1", "https://evil.example/x", "//stspg.io/x",
        "https://evil.example\\@stspg.io/x", "https://ѕtspg.io/x", "javascript://stspg.io/%0aalert(1)", "",
    ] {
        assert!(!leads(link), "{link}");
    }
    assert!(service_link("https://x.example/a", &[String::new()]).is_none());
}

#[test]
fn only_what_a_person_gave_may_lead_anywhere_on_the_web() {
    let row = |link: &str, by_hand: bool| LedgerRow {
        op: None, message: message(Channel::Page, DutyKind::First), at: at("09:00"), who: "Ada".to_owned(), state: LedgerState::Queued,
        receipt: Receipt { vendor_id: None, link: Some(link.to_owned()) }, by_hand, not_reached: None, unknown: None,
    };
    assert!(row("https://x.com/a/status/1", true).link(&hosts()).is_some());
    assert!(row("http://x.com/a/status/1", true).link(&hosts()).is_none());
    assert!(row("https://x.com/a/status/1", false).link(&hosts()).is_none());
    // The vendor's own words stay in the log, as text.
    let answer = json!({ "id": "i1", "shortlink": "https://evil.example/i1", "status": "resolved", "incident_updates": [] });
    let live = wire::live(&answer).unwrap();
    assert_eq!(live.link.as_deref(), Some("https://evil.example/i1"));
    assert_eq!(service_link(&live.link.unwrap(), &hosts()), None);
}
