//! Where a receipt's link may lead (P5): to the web over `https:`, or to a path of our own.

use allclear::sop::event::Receipt;

#[test]
fn p5_a_link_leads_to_the_web_or_to_us_and_anything_else_is_text() {
    let leads = |link: &str| Receipt { vendor_id: None, link: Some(link.to_owned()) }.web_link().is_some();
    for link in ["https://x.example/a?b=c#d", "https://xn--e1afmkfd.xn--p1ai/", "/console/outbox", " https://x.example "] {
        assert!(leads(link), "{link}");
    }
    for link in [
        "//evil.example/a", "/\\evil.example", "http://x.example", "https://", "https:///x", "javascript:alert(1)",
        "data:text/html,x", "https://x.example/\u{202e}a b", "HTTPS://", "x.example", "", "ftp://x.example", "https:// x",
    ] {
        assert!(!leads(link), "{link}");
    }
    assert_eq!(Receipt::default().web_link(), None);
}
