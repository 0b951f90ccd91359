//! Before you send: every rule with a message that breaks it and one, next to it, that does not.

use allclear::config::ChatService;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::ComponentChange;
use allclear::sop::facts::Fact;
use allclear::sop::lint::after;
use allclear::sop::message::PageOptions;
use allclear::sop::playbook::Variant;
use allclear::sop::severity::Severity;
use chrono::TimeDelta;

use super::checked::{Case, only};
use super::common::{at, shipped};

#[test]
fn a_plain_message_of_every_kind_has_no_findings() {
    let playbook = shipped();
    for message in &playbook.messages {
        let case = Case::new(message.purpose.channel, message.purpose.kind)
            .with(|case| case.purpose = message.purpose);
        assert_eq!(case.findings(), [], "{}", message.id);
    }
}

#[test]
fn a_gap_blocks_and_names_the_fact() {
    let case = Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, " ");
    let finding = only(&case);
    assert!(finding.blocks);
    assert_eq!(finding.text, "“Symptom” is missing: fill it in.");
    assert_eq!(finding.fact, Some(Fact::Symptom));
    let case = Case::new(Channel::Page, DutyKind::First).fact(Fact::Service, "");
    assert_eq!(
        only(&case).fact,
        Some(Fact::Service),
        "said once, though it stands there twice"
    );
    let case = Case::new(Channel::Page, DutyKind::Resolved).with(|case| case.filling.ended = None);
    assert_eq!(
        case.blocks(),
        ["It is not known when the impact ended: say when, under “Impact ended”."]
    );
}

#[test]
fn a_message_that_the_playbook_does_not_have_blocks() {
    let case = Case::new(Channel::Page, DutyKind::First)
        .with(|case| case.purpose.variant = Variant::Short);
    assert!(only(&case).blocks);
}

#[test]
fn all_systems_operational_is_said_only_when_it_is_true() {
    let case = Case::new(Channel::X, DutyKind::Resolved)
        .state("billing", ComponentState::DegradedPerformance);
    let finding = only(&case);
    assert!(finding.blocks);
    assert_eq!(finding.offer, Some(Variant::True));
    assert!(
        finding.text.contains("but Billing is degraded."),
        "{}",
        finding.text
    );
    let offered = case.with(|case| case.purpose.variant = Variant::True);
    assert_eq!(offered.findings(), []);

    for state in [
        ComponentState::UnderMaintenance,
        ComponentState::Unknown("on_fire".to_owned()),
        ComponentState::PartialOutage,
        ComponentState::MajorOutage,
    ] {
        let case = Case::new(Channel::LinkedIn, DutyKind::Resolved).state("web", state.clone());
        assert!(only(&case).blocks, "{state:?}");
    }
    let nothing_known =
        Case::new(Channel::X, DutyKind::Resolved).with(|case| case.components.clear());
    assert!(
        only(&nothing_known)
            .text
            .contains("it is not known how the components are")
    );

    let typed = Case::new(Channel::Page, DutyKind::Update)
        .fact(Fact::Progress, "All  systems\nare OPERATIONAL again")
        .state("web", ComponentState::MajorOutage);
    let finding = only(&typed);
    assert_eq!((finding.blocks, finding.fact), (true, Some(Fact::Progress)));
    assert_eq!(finding.offer, None);
    assert_eq!(
        typed.state("web", ComponentState::Operational).findings(),
        []
    );
}

#[test]
fn resolved_needs_working_components() {
    for channel in [Channel::Page, Channel::Email] {
        let case =
            Case::new(channel, DutyKind::Resolved).state("api", ComponentState::PartialOutage);
        let finding = only(&case);
        assert!(finding.blocks);
        assert!(
            finding.text.contains("API is in partial outage"),
            "{}",
            finding.text
        );
        let elsewhere =
            Case::new(channel, DutyKind::Resolved).state("web", ComponentState::PartialOutage);
        assert_eq!(elsewhere.findings(), [], "another incident's component");
    }
    let update = Case::new(Channel::Page, DutyKind::Update)
        .state("api", ComponentState::MajorOutage)
        .with(|case| case.filling.status = IncidentStatus::Monitoring);
    assert_eq!(update.findings(), []);
}

#[test]
fn components_are_judged_as_they_will_be_after_the_post() {
    let case =
        Case::new(Channel::Page, DutyKind::Resolved).state("api", ComponentState::MajorOutage);
    let change = ComponentChange {
        id: ComponentId("api".to_owned()),
        state: ComponentState::Operational,
    };
    let options = PageOptions {
        components: vec![change],
        ..PageOptions::default()
    };
    let components = after(&case.components, &options);
    assert_eq!(case.blocks().len(), 1);
    assert_eq!(
        case.with(|case| case.components = components)
            .blocks()
            .len(),
        0
    );
}

#[test]
fn a_promise_that_is_not_the_clocks_blocks() {
    let promise = Some(at("2024-01-15T15:35:00Z"));
    let case = |progress: &str| {
        Case::new(Channel::Page, DutyKind::Update)
            .fact(Fact::Progress, progress)
            .with(|case| case.filling.promise = promise)
    };
    assert_eq!(case("We found it.").findings(), []);
    assert_eq!(
        case("Next update by 15:35 UTC.").findings(),
        [],
        "the same minute"
    );
    let other = only(&case("next update  by 15:50 UTC, at the latest."));
    assert!(other.blocks);
    assert_eq!(other.fact, Some(Fact::Progress));
    assert!(
        other
            .text
            .contains("promises another time than the clock, which promises 15:35 UTC"),
        "{}",
        other.text
    );
    assert!(only(&case("Next update by 6 pm")).blocks);
    let silent = case("Next update by 15:35 UTC.").with(|case| case.filling.promise = None);
    assert!(only(&silent).text.contains("no clock runs for that"));
}

#[test]
fn a_pace_that_is_not_the_severitys_blocks() {
    let case = |progress: &str, severity| {
        Case::new(Channel::Page, DutyKind::Update)
            .fact(Fact::Progress, progress)
            .with(|case| case.filling.severity = severity)
    };
    let said = "We will post updates every 30 minutes.";
    assert!(only(&case(said, Severity::P0)).blocks);
    assert_eq!(only(&case(said, Severity::P2)).fact, Some(Fact::Progress));
    let right = "We will post updates every fifteen minutes.";
    assert_eq!(case(right, Severity::P0).findings(), []);
    assert!(only(&case(right, Severity::P1)).blocks);
    let jobs = "Jobs that run every 30 minutes were late. This is an update.";
    assert_eq!(
        case(jobs, Severity::P0).findings(),
        [],
        "not about our updates"
    );
}

#[test]
fn x_takes_280_and_the_short_text_is_offered() {
    let case = |length| {
        Case::new(Channel::X, DutyKind::First)
            .fact(Fact::Service, "x")
            .fact(Fact::Symptom, &"s".repeat(length))
    };
    assert_eq!(case(83).findings(), []);
    let finding = only(&case(84));
    assert!(finding.blocks);
    assert_eq!(finding.offer, Some(Variant::Short));
    assert_eq!(finding.fact, Some(Fact::Symptom));
    assert!(
        finding
            .text
            .starts_with("The post is 1 too long for X (281 of 280).")
    );
    let short = case(84).with(|case| case.purpose.variant = Variant::Short);
    assert_eq!(short.findings(), []);
    let linkedin = case(84).with(|case| case.purpose.channel = Channel::LinkedIn);
    assert_eq!(linkedin.findings(), []);
}

#[test]
fn a_missing_approval_blocks_everything_public_and_nothing_else() {
    for channel in Channel::ALL {
        let mut case = Case::new(channel, DutyKind::First);
        assert_eq!(case.findings(), [], "{channel:?}");
        case.needs_approval = true;
        assert_eq!(
            case.blocks().len(),
            usize::from(channel.is_public()),
            "{channel:?}"
        );
    }
}

#[test]
fn titles_and_texts_have_their_lengths() {
    let title = " - Investigating Issue".len();
    let case = |length: usize| {
        Case::new(Channel::Page, DutyKind::First).fact(Fact::Service, &"s".repeat(length))
    };
    assert_eq!(case(255 - title).findings(), []);
    assert_eq!(case(256 - title).blocks().len(), 1);
    let broken =
        Case::new(Channel::Email, DutyKind::First).fact(Fact::Service, "A\nBcc: b@c.example");
    assert!(only(&broken).text.contains("line break"));

    let text = |length: usize| {
        Case::new(Channel::Page, DutyKind::Update).fact(Fact::Progress, &"p".repeat(length))
    };
    assert_eq!(text(2_500).findings(), []);
    assert_eq!(
        (text(4_000).blocks().len(), text(4_000).warns().len()),
        (0, 1)
    );
    assert_eq!(
        (text(26_000).blocks().len(), text(26_000).warns().len()),
        (1, 0)
    );
}

#[test]
fn detail_on_an_attack_is_warned_about_where_approval_is_needed() {
    let case = |kind, progress: &str| {
        Case::new(Channel::Page, DutyKind::Update)
            .fact(Fact::Progress, progress)
            .with(|case| case.kind = kind)
    };
    for kind in ["breach", "security", "unheard-of"] {
        let finding = only(&case(kind, "The hole was Exploited on Friday."));
        assert_eq!(
            (finding.blocks, finding.fact),
            (false, Some(Fact::Progress)),
            "{kind}"
        );
    }
    assert_eq!(
        case("outage", "The hole was exploited on Friday.").findings(),
        []
    );
    assert_eq!(
        case("breach", "We have secured the accounts.").findings(),
        []
    );
    assert_eq!(
        case("breach", "An unexploited idea.").findings(),
        [],
        "within a word"
    );
}

#[test]
fn sweeping_claims_and_blame_are_warned_about() {
    let case = |impact: &str| Case::new(Channel::Page, DutyKind::First).fact(Fact::Impact, impact);
    assert!(
        only(&case("All users"))
            .text
            .contains("a claim about everyone")
    );
    assert_eq!(case("Some users").findings(), []);
    assert!(only(&case("Caused by human error")).text.contains("blame"));
    let team = Case::new(Channel::Team, DutyKind::First).fact(Fact::Impact, "All users");
    assert_eq!(team.findings(), [], "the team may hear it");
}

#[test]
fn times_that_cannot_be_are_said() {
    let case = |minutes: i64| {
        Case::new(Channel::Page, DutyKind::First)
            .with(|case| case.filling.started = case.filling.now + TimeDelta::minutes(minutes))
    };
    assert_eq!(case(0).findings(), []);
    let future = only(&case(1));
    assert!(
        !future.blocks && future.text.contains("2024-01-15 15:21 UTC"),
        "{}",
        future.text
    );
    let ended = |minutes: i64| {
        Case::new(Channel::Page, DutyKind::Resolved).with(|case| {
            case.filling.ended = Some(case.filling.started + TimeDelta::minutes(minutes));
        })
    };
    assert_eq!(ended(0).findings(), []);
    assert!(only(&ended(-1)).blocks);
    assert!(!only(&ended(24 * 60)).blocks);
}

#[test]
fn a_length_beyond_the_calendar_is_asked_about_and_stops_nothing() {
    let case = Case::new(Channel::Page, DutyKind::Update).fact(
        Fact::Progress,
        "We will send the next update in 99999999999 hours",
    );
    let finding = only(&case);
    assert_eq!((finding.blocks, finding.fact), (true, Some(Fact::Progress)));
    assert!(finding.asks.is_some(), "{}", finding.text);
}

#[test]
fn what_was_typed_by_mistake_is_pointed_out() {
    let case =
        |symptom: &str| Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, symptom);
    assert_eq!(case("errors").findings(), []);
    assert!(
        only(&case("errors in [Service Name]"))
            .text
            .starts_with("“[Service Name]” looks like a placeholder")
    );
    assert_eq!(case("errors [502]").findings(), []);
    assert!(only(&case("errors.")).text.contains("two full stops"));
}

#[test]
fn a_notice_that_the_team_s_webhook_would_not_take_is_refused_and_nothing_of_it_is_cut() {
    let told = |team: Option<ChatService>, symptom: &str| {
        let case = Case::new(Channel::Team, DutyKind::First).fact(Fact::Symptom, symptom);
        let blocks = case.with(|case| case.team = team).blocks();
        blocks.first().cloned()
    };
    let long = "x".repeat(5_000);
    let discord = told(Some(ChatService::Discord), &long).unwrap();
    assert!(
        discord.starts_with("The text has 5")
            && discord.ends_with("Discord takes 2000. Shorten it."),
        "{discord}"
    );
    for team in [None, Some(ChatService::Slack), Some(ChatService::Teams)] {
        assert_eq!(told(team, &long), None, "{team:?}");
    }
    // What has to be taken apart counts with that: the edge takes 16 kB.
    for sign in ["&", "<", "\u{1F6A8}", "@"] {
        let found = told(Some(ChatService::Slack), &sign.repeat(4_000));
        let words = "The text is longer than a notice may be on its way to Slack. Shorten it.";
        assert_eq!(found.as_deref(), Some(words), "{sign}");
    }
    // Other channels know nothing of it.
    let page = Case::new(Channel::Page, DutyKind::First).fact(Fact::Symptom, &long);
    let page = page.with(|case| case.team = Some(ChatService::Discord));
    assert!(!page.blocks().iter().any(|text| text.contains("Discord")));
}
