//! What would be unwise to say, however it is spelled, and where it is to be changed.

use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::Fact;

use super::checked::{Case, only};

fn breach(progress: &str) -> Case {
    Case::new(Channel::Page, DutyKind::Update)
        .fact(Fact::Progress, progress)
        .with(|case| case.kind = "security")
}

#[test]
fn detail_on_an_attack_is_warned_about_however_it_is_spelled() {
    for (progress, word) in [
        ("We found vulnerabilities in the login", "vulnerabilities"),
        ("We found a VULNERABILITY", "vulnerability"),
        ("We found a vulner\u{ad}ability", "vulnerability"),
        ("We stopped a brute force attack", "brute force"),
        ("We stopped a brute-force attack", "brute force"),
        ("We stopped a brute\u{2011}force attack", "brute force"),
        ("We stopped a brute\u{2010}forced login", "brute force"),
        ("We stopped a brute\u{a0}force attack", "brute force"),
        ("We stopped a brute\u{202f}force attack", "brute force"),
        ("We stopped a bruteforce attack", "bruteforce"),
        ("It was a zero-day", "zero-day"),
        ("It was a zero day", "zero-day"),
        ("It was a zero\u{2013}day", "zero-day"),
        ("It was cross site scripting", "cross-site scripting"),
        ("It was cross\u{2011}site\u{2011}scripting", "cross-site scripting"),
        ("It is CVE\u{2011}2026\u{2011}1", "CVE-"),
        ("It is CVE 2026-1", "CVE-"),
        ("An ex\u{200b}ploit", "exploit"),
    ] {
        let found = breach(progress).warns();
        assert_eq!(found.len(), 1, "{progress}: {found:#?}");
        assert!(found[0].starts_with(&format!("“{word}” ")), "{progress}: {found:#?}");
    }
    for progress in ["We stopped brute efforts", "The unexploited idea", "The zeroth day", "A cross on the site"] {
        assert_eq!(breach(progress).warns(), [""; 0], "{progress}");
    }
    for claim in ["All\u{a0}users are safe", "All-users are safe"] {
        assert_eq!(breach(claim).warns().len(), 1, "{claim}");
    }
}

/// The symptom stands in the first message alone.
#[test]
fn what_is_to_be_changed_is_a_fact_of_the_message() {
    let case = breach("The exploit is blocked").fact(Fact::Symptom, "exploit attempts on the login");
    assert_eq!(only(&case).fact, Some(Fact::Progress));
    let first = Case::new(Channel::Page, DutyKind::First)
        .fact(Fact::Symptom, "exploit attempts on the login")
        .with(|case| case.kind = "security");
    assert_eq!(only(&first).fact, Some(Fact::Symptom));
    let typed = breach("See [Service Name]").fact(Fact::Symptom, "errors in [Service Name]");
    assert_eq!(only(&typed).fact, Some(Fact::Progress), "said once");
}
